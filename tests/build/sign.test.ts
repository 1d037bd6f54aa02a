import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { parseSecretKey } from '../../src/kit/node/minisign/secret-key.ts';
import { signData } from '../../src/kit/node/minisign/sign.ts';
import { serveFolder } from '../../scripts/build/serve.ts';
import { makeFolder } from '../helpers/build.ts';
import { isLong } from '../helpers/depth.ts';
import { makeEditionClone, type EditionClone } from '../helpers/edition-clone.ts';
import { runNode } from '../helpers/run-node.ts';
import { verifyAsJson } from '../helpers/run-verify.ts';
import { withPlainSpaces } from '../helpers/site.ts';

/**
 * The whole way of an edition, by the commands that its people use, in a clone of this project:
 * keys, a first edition of one holder, a second one of two, of which one signs with minisign on
 * another machine, and a rebuild attestation. Each step needs those before it.
 */
const campaign = 'tests/fixtures/garden';
const hasWget = spawnSync('wget', ['--version']).error === undefined;
const hasMinisign = spawnSync('minisign', ['-v']).error === undefined;
let clone: EditionClone;
let keys = '';
let [first, second] = ['', ''];

/** Signs as the second holder does: with minisign, where this machine has it. */
async function signElsewhere(list: string, comment: string): Promise<string> {
  const signature = join(makeFolder('elsewhere-'), 'SHA256SUMS.minisig');
  if (hasMinisign)
    execFileSync('minisign', [
      '-S',
      '-s',
      join(keys, 'boris.key'),
      '-m',
      list,
      '-x',
      signature,
      '-t',
      comment,
    ]);
  else
    writeFileSync(
      signature,
      await signData(
        await parseSecretKey(readFileSync(join(keys, 'boris.key'), 'utf8')),
        readFileSync(list),
        { trusted: comment },
      ),
    );
  return signature;
}

/** As the README says it, of a folder two folders below a host. */
async function fetchWithWget(site: string, copy: string): Promise<number | null> {
  const server = await serveFolder(site, 0, '/deep/path');
  const address = `http://localhost:${(server.address() as AddressInfo).port}/deep/path/files.html`;
  const child = spawn(
    'wget',
    [
      '--quiet',
      '--mirror',
      '--no-parent',
      '--no-host-directories',
      '--cut-dirs=2',
      '--execute',
      'robots=off',
      address,
    ],
    { cwd: copy, env: { ...process.env, http_proxy: '' } },
  );
  const [code] = (await once(child, 'close')) as [number | null];
  server.close();
  server.closeAllConnections();
  return code;
}

beforeAll(() => {
  clone = makeEditionClone(campaign);
  keys = makeFolder('keys-');
});

describe('making an edition', () => {
  it('a key needs a passphrase of twelve characters, or is said loudly to have none, and never overwrites another', async () => {
    expect(
      await clone.run('keygen', [join(keys, 'no-stick', 'anna'), '--no-passphrase']),
    ).toMatchObject({
      code: 2,
      output: expect.stringMatching(
        /There is no folder .*no-stick, expected the one that the key goes into/,
      ),
    });
    expect(await clone.run('keygen', [join(keys, 'short')], 'short\nshort\n')).toMatchObject({
      code: 2,
      output: expect.stringMatching(/has 5 characters, expected at least 12/),
    });
    expect(
      await clone.run(
        'keygen',
        [join(keys, 'differ')],
        'one long passphrase\nanother passphrase\n',
      ),
    ).toMatchObject({ code: 2, output: expect.stringMatching(/The two passphrases differ/) });
    expect(readdirSync(keys)).toEqual([]);
    expect(
      await clone.run(
        'keygen',
        [join(keys, 'anna')],
        'mint and sage and thyme\nmint and sage and thyme\n',
      ),
    ).toMatchObject({ code: 0, output: expect.not.stringMatching(/WITHOUT/) });
    expect(await clone.run('keygen', [join(keys, 'boris'), '--no-passphrase'])).toMatchObject({
      code: 0,
      output: expect.stringMatching(/WITHOUT A PASSPHRASE/),
    });
    expect(await clone.run('keygen', [join(keys, 'wanda'), '--no-passphrase'])).toMatchObject({
      code: 0,
    });
    expect(await clone.run('keygen', [join(keys, 'anna'), '--no-passphrase'])).toMatchObject({
      code: 2,
      output: expect.stringMatching(/anna\.key is there already/),
    });
    expect(
      execFileSync('stat', ['-c', '%a', join(keys, 'anna.key')], { encoding: 'utf8' }).trim(),
    ).toBe('600');
  });

  it('without keys in site.yaml there is no edition, and signing says how to begin', async () => {
    expect(await clone.run('new', ['edition'])).toMatchObject({
      code: 1,
      output: expect.stringMatching(/names no keys.*npm run keygen/s),
    });
    expect(await clone.run('sign', ['--yes'])).toMatchObject({
      code: 1,
      output: expect.stringMatching(/has no edition yet/),
    });
  });

  it('a first edition is written, and what is in no commit is not signed', async () => {
    const anna = readFileSync(join(keys, 'anna.pub'), 'utf8').split('\n')[1];
    clone.edit('site.yaml', (text) => `${text}keys: { threshold: 1, keys: [${anna}] }\n`);
    const outcome = await clone.run('new', ['edition', '--date', '2026-05-01', '--days', '365']);
    expect(outcome).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /edition 1 of garden, 2026-05-01, look for a newer one after 2027-05-01/,
      ),
    });
    expect(await clone.run('sign', ['--key', join(keys, 'anna.key'), '--yes'])).toMatchObject({
      code: 1,
      output: expect.stringMatching(/changes that are in no commit.*editions\/1\/EDITION\.txt/s),
    });
  });

  it('whoever does not type the number signs nothing', async () => {
    clone.commit('Begin edition 1');
    expect(await clone.run('sign', ['--key', join(keys, 'anna.key')], 'yes\n')).toMatchObject({
      code: 1,
      output: expect.stringMatching(/first edition: \d+ files.*Nothing was signed/s),
    });
    expect(readdirSync(clone.keep(1))).toEqual(['EDITION.txt']);
  });

  it('one holder of one signs once, and the build carries the signature', async () => {
    expect(
      await clone.run(
        'sign',
        ['--key', join(keys, 'anna.key'), '--yes'],
        'mint and sage and thyme\n',
      ),
    ).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /signed with [0-9A-F]{16}\nsigned by 1 of 1\n\nEdition 1 is complete/,
      ),
    });
    clone.commit('Sign edition 1');
    const { code, output, folder } = await clone.build('first');
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(/edition 1: signed by [0-9A-F]{16}\n {2}CID bafybei/),
    });
    first = folder;
    expect(
      await verifyAsJson([folder], { CONTENT_DIR: join(clone.folder, campaign) }),
    ).toMatchObject({ code: 0, report: { verdict: 'authentic', evidence: [] } });
    for (const ending of ['zip', 'car'])
      expect(
        await verifyAsJson([join(folder, `download/garden-1.${ending}`)], {
          CONTENT_DIR: join(clone.folder, campaign),
        }),
      ).toMatchObject({ code: 0, report: { verdict: 'authentic' } });
  });

  it.skipIf(!hasMinisign)('minisign and sha256sum say the same', () => {
    const [key] = readFileSync(join(keys, 'anna.pub'), 'utf8').split('\n').slice(1);
    const signature = readdirSync(first).find((name) => name.endsWith('.minisig')) ?? '';
    execFileSync('minisign', ['-V', '-q', '-m', 'SHA256SUMS', '-x', signature, '-P', key ?? ''], {
      cwd: first,
    });
    execFileSync('sha256sum', ['--quiet', '--check', 'SHA256SUMS'], { cwd: first });
  });

  it.skipIf(!hasWget).each([
    ['with', 0],
    ['without', 8],
  ])(
    '%s its archives, wget makes a mirror of a mirror of a mirror, each of them authentic',
    async (which, missing) => {
      let site = first;
      for (const generation of [1, 2, 3]) {
        const copy = makeFolder(`wget-${generation}-`);
        const code = await fetchWithWget(site, copy);
        // 8: the list of files names archives that this mirror does not have
        expect(code).toBe(generation === 1 ? 0 : missing);
        if (which === 'without') rmSync(join(copy, 'download'), { recursive: true, force: true });
        expect(existsSync(join(copy, 'download'))).toBe(which === 'with');
        expect(
          await verifyAsJson([copy], { CONTENT_DIR: join(clone.folder, campaign) }),
        ).toMatchObject({ code: 0, report: { verdict: 'authentic', evidence: [] } });
        site = copy;
      }
    },
  );
});

describe('after an edition', () => {
  it('a change makes a draft of the next one, in one line', async () => {
    clone.edit('guides/en/watering.mdx', (text) => text.replace(/12/, '13'));
    clone.edit('guides/ar/watering.mdx', (text) =>
      text.replace(/ 12 /, ' 13 ').replace(/checked: read-\w+/, 'checked: false'),
    );
    const { code, output, folder } = await clone.build('draft');
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(
        /unsigned draft of edition 2 \(the campaign has changed since edition 1 was signed\)/,
      ),
    });
    expect(readdirSync(folder).some((name) => name.endsWith('.minisig'))).toBe(false);
  });

  it('keys change one edition ahead only', async () => {
    const boris = readFileSync(join(keys, 'boris.pub'), 'utf8').split('\n')[1];
    clone.edit('site.yaml', (text) =>
      text.replace(
        /keys: \{ threshold: 1, keys: \[(.*)\] \}/,
        `keys: { threshold: 2, keys: [$1, ${boris}] }`,
      ),
    );
    expect(await clone.run('new', ['edition'])).toMatchObject({
      code: 1,
      output: expect.stringMatching(
        /Edition 1 says that edition 2 has the keys.*Keys change one edition ahead/s,
      ),
    });
    clone.edit('site.yaml', (text) =>
      text.replace(
        /keys: \{ threshold: 2, keys: \[(RW\S+), (RW\S+)\] \}/,
        'keys: { threshold: 1, keys: [$1], next: { threshold: 2, keys: [$1, $2] } }',
      ),
    );
    expect(
      await clone.run('new', ['edition', '--date', '2026-06-01', '--days', '365']),
    ).toMatchObject({ code: 0 });
    clone.commit('Begin edition 2');
  });

  it('what is new is told in words before anything is signed: the figure on top', async () => {
    const outcome = await clone.run(
      'sign',
      ['--key', join(keys, 'anna.key'), '--yes'],
      'mint and sage and thyme\n',
    );
    expect(outcome).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /LOOK CLOSELY[^]*en\/guide\/watering\.html and 1 more: a number differs: known "12", here "13"[^]*EDITION\.txt[^]* \+ edition: 2[^]*texts changed\n {2}404\.html and 1 more: its edition line reads "Edition 2, 1 June 2026\.[^]*Edition 2 is complete/,
      ),
    });
    clone.commit('Sign edition 2');
    const { output, folder } = await clone.build('second');
    expect(output).toMatch(/edition 2: signed by/);
    second = folder;
    expect(
      await verifyAsJson([folder], { CONTENT_DIR: join(clone.folder, campaign) }),
    ).toMatchObject({ code: 0, report: { verdict: 'authentic' } });
    expect(
      await verifyAsJson([first], { CONTENT_DIR: join(clone.folder, campaign) }),
    ).toMatchObject({ code: 1, report: { verdict: 'rolled back' } });
  });

  it('its release has checkers, archives, list, signatures and sums, ready to be signed', async () => {
    const outcome = await clone.run('release', [], '', { OUT_DIR: second });
    expect(outcome, outcome.output).toMatchObject({ code: 0 });
    const names = readdirSync(join(clone.folder, 'release'));
    expect(names).toEqual(
      expect.arrayContaining(['RELEASE-SHA256SUMS', 'check.html', 'garden-2.zip', 'verify.mjs']),
    );
    expect(names.filter((name) => name.endsWith('.minisig'))).toHaveLength(1);
  });
});

// In `npm test` the first editions of the default campaign have two holders.
describe.runIf(isLong)('an edition of two holders', () => {
  it('the first signature is not enough; the second is made on a machine without network, and then all is signed', async () => {
    clone.edit('site.yaml', (text) =>
      text.replace(/keys: \{ threshold: 1, keys: \[RW\S+\], next: (.*) \}/, 'keys: $1'),
    );
    expect(
      await clone.run('new', ['edition', '--date', '2026-07-01', '--days', '365']),
    ).toMatchObject({
      code: 0,
      output: expect.stringMatching(/signed by [0-9A-F]{16} and [0-9A-F]{16}/),
    });
    clone.commit('Begin edition 3');
    const words = ['--yes', '--against', second];
    const asAnna = [...words, '--key', join(keys, 'anna.key')];
    const asked = await clone.run('sign', asAnna, 'mint and sage and thyme\n');
    expect(asked).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /signed by 1 of 2\n[^]*minisign -S -s SECRET\.key -m \S+SHA256SUMS/,
      ),
    });
    const half = await clone.build('half');
    expect(half.output).toMatch(/edition 3: signed by [0-9A-F]{16}, 2 are needed/);
    expect(
      await verifyAsJson([half.folder], { CONTENT_DIR: join(clone.folder, campaign) }),
    ).toMatchObject({ code: 1, report: { verdict: 'unsigned' } });

    clone.commit('Sign as anna');
    const false1 = await signElsewhere(join(clone.keep(2), 'SHA256SUMS'), 'on another machine');
    expect(await clone.run('sign', ['--take', false1])).toMatchObject({
      code: 1,
      output: expect.stringMatching(/does not fit the list of edition 3/),
    });
    const bare = await signElsewhere(join(clone.keep(3), 'SHA256SUMS'), 'on another machine');
    expect(await clone.run('sign', ['--take', bare])).toMatchObject({
      code: 1,
      output: expect.stringMatching(/trusted comment .* is "on another machine", expected/),
    });
    const stick = join(makeFolder('offline-'), 'stick');
    expect(await clone.run('sign', ['--against', second, '--offline', stick])).toMatchObject({
      code: 0,
      output: expect.stringMatching(/SHA-256 of its CHECKSUMS\.txt:\n {2}[0-9a-f]{64}\n/),
    });
    const there = [join(stick, 'sign.mjs'), join(keys, 'boris.key')];
    expect(await runNode(there, {}, { cwd: keys, input: '3\n' })).toMatchObject({ code: 0 });
    expect(await clone.run('sign', ['--take', stick])).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /^took the signature of [0-9A-F]{16}\nsigned by 2 of 2\n\nEdition 3 is complete/,
      ),
    });
    // that its build is authentic, the first editions of the default campaign show
    clone.commit('Sign edition 3');
  });

  it('a build that differs stays unsigned, and says in which files', async () => {
    const list = join(clone.keep(3), 'SHA256SUMS');
    const kept = readFileSync(list, 'utf8');
    writeFileSync(list, kept.replace(/^[0-9a-f]{64}(?= {2}en\/home\.html)/m, 'a'.repeat(64)));
    for (const name of readdirSync(clone.keep(3)).filter((file) => file.endsWith('.minisig')))
      rmSync(join(clone.keep(3), name));
    const { code, output, folder } = await clone.build('other');
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(
        /edition 3: left UNSIGNED, since this build differs from the one that was signed:\n +~ en\/home\.html/,
      ),
    });
    expect(readdirSync(folder).some((name) => name.endsWith('.minisig'))).toBe(false);
    clone.git('checkout', '-q', '.');
  });

  it('a rebuilder attests it, and the mirrors page of the next edition counts who is known', async () => {
    expect(await clone.run('attest', ['--key', join(keys, 'boris.key')])).toMatchObject({
      code: 1,
      output: expect.stringMatching(/signs editions itself/),
    });
    expect(await clone.run('attest', ['--key', join(keys, 'wanda.key')])).toMatchObject({
      code: 0,
      output: expect.stringMatching(/Edition 3 was rebuilt with the same manifest/),
    });
    const wanda = printPublicKey(
      (await parseSecretKey(readFileSync(join(keys, 'wanda.key'), 'utf8'))).publicKey,
    );
    clone.edit('site.yaml', (text) =>
      text.replace(/(keys: \{.*) \}/, `$1, rebuilders: [${wanda}] }`),
    );
    const { folder } = await clone.build('attested');
    expect(withPlainSpaces(readFileSync(join(folder, 'en/mirrors.html'), 'utf8'))).toMatch(
      /Edition 3, 1 July 2026 · signed · 1 person has built it again/,
    );
    const attestations = join(clone.keep(3), 'attestations');
    const [file = ''] = readdirSync(attestations).filter((name) => name.endsWith('.txt'));
    clone.edit(`editions/3/attestations/${file}`, (text) =>
      text.replace('edition: 3', 'edition: 2'),
    );
    expect(await clone.build('false')).toMatchObject({
      code: 1,
      output: expect.stringMatching(/attestations\/[0-9A-F]{16}\.txt/),
    });
    expect(existsSync(attestations)).toBe(true);
  });
});
