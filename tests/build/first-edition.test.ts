import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { finishSite } from '../../scripts/build/finish-site.ts';
import { keepManifest, signList } from '../../scripts/build/keep-signature.ts';
import { rebuildEdition } from '../../scripts/build/rebuild-edition.ts';
import { showChanges } from '../../scripts/build/show-changes.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { recordsOf, textsOf } from '../../src/campaign/schema/entries.ts';
import { addDays } from '../../src/kit/core/text/dates.ts';
import { parseSecretKey } from '../../src/kit/node/minisign/secret-key.ts';
import { budgets, emptyFrame, measureGzip } from '../../src/lib/page-size.ts';
import { longTest } from '../helpers/depth.ts';
import { makeEditionClone, type EditionClone } from '../helpers/edition-clone.ts';
import { makeFolder } from '../helpers/build.ts';
import { runNode } from '../helpers/run-node.ts';
import { writeSignature } from '../helpers/signed-sites.ts';
import { verifyAsJson } from '../helpers/run-verify.ts';
import { readSite } from '../helpers/site.ts';

/**
 * The whole way of the default campaign's first editions, by the commands that its people use:
 * three keys, two of which have to sign, a copy that somebody mirrors, a changed text, and a key
 * that is replaced. Each step needs those before it.
 */
const campaign = 'src/content';
const holders = ['anna', 'boris', 'clara', 'dora'] as const;
type Holder = (typeof holders)[number];

/** Only the main language has to be there; the others of the campaign are, too. */
const notices = {
  en: 'One of our keys is no longer trusted.',
  fr: 'Nous ne faisons plus confiance à l’une de nos clés.',
  be: 'Аднаму з нашых ключоў мы больш не давяраем.',
  ru: 'Одному из наших ключей мы больше не доверяем.',
};

/**
 * One entry more in the menu, with the longest words that today's menus have. Notices are words of
 * the page; edition lines at their longest are tried with the default site.
 */
const oneEntryMore = ' <a href="guide/neighbours-abroad.html">Знаёмыя за мяжой</a>';
const addEntry = (html: string): string => html.replace('</nav>', `${oneEntryMore}</nav>`);

let clone: EditionClone;
/** The newest day on which something of the campaign was checked: no edition can be older. */
let day = '';
let keys = '';
let [first, mirror] = ['', ''];

const lineOf = (holder: Holder): string =>
  readFileSync(join(keys, `${holder}.pub`), 'utf8').split('\n')[1] ?? '';
const idOf = (holder: Holder): string =>
  /([0-9A-F]{16})\s*$/.exec(
    readFileSync(join(keys, `${holder}.pub`), 'utf8').split('\n')[0] ?? '',
  )?.[1] ?? '';
const list = (...names: Holder[]): string => `[${names.map(lineOf).join(', ')}]`;
const verify = (place: string) =>
  verifyAsJson([place], { CONTENT_DIR: join(clone.folder, campaign) });
const updateMirror = (source: string) =>
  runNode(['scripts/mirror.ts', source, mirror], {
    CONTENT_DIR: join(clone.folder, campaign),
    VYRAI_STATE: join(makeFolder('state-'), 'seen.json'),
  });

/** A holder signs by the command, which builds the edition again. Gives what she reads. */
async function signByCommand(name: Holder): Promise<string> {
  const outcome = await clone.run('sign', ['--yes', '--key', join(keys, `${name}.key`)]);
  expect(outcome, outcome.output).toMatchObject({ code: 0 });
  clone.commit(`Sign as ${name}`);
  return outcome.output;
}

/** Another one signs the list that is kept, on a machine without this program. */
async function signElsewhere(name: Holder, number: number): Promise<void> {
  await writeSignature(clone.keep(number), await readKey(name));
  clone.commit(`Sign as ${name}`);
}

/**
 * The same by what the command calls, with one rebuild for both holders, which then gets their
 * signatures as a build gives them: that a build has the same bytes is seen with the first edition.
 * A stranger's key is refused.
 * @returns the lines that they read first, what the build says, and its folder
 */
async function signTogether(
  against: string,
  names: readonly Holder[],
  stranger?: Holder,
): Promise<{ shown: string; output: string; folder: string }> {
  const sources = { project: clone.folder, campaignFolder: join(clone.folder, campaign) };
  const scratch = makeFolder('rebuilt-');
  const rebuilt = await rebuildEdition(sources, join(scratch, 'new'), () => undefined);
  const { lines } = await showChanges(
    sources,
    rebuilt,
    against,
    join(scratch, 'old'),
    () => undefined,
  );
  keepManifest(rebuilt);
  if (stranger) {
    const attempt = signList(rebuilt, await readKey(stranger));
    await expect(attempt).rejects.toThrow(`is no key of edition ${rebuilt.kept.edition.number}`);
  }
  const secrets = await Promise.all(names.map((name) => readKey(name)));
  for (const secret of secrets) await signList(rebuilt, secret);
  clone.commit(`Sign as ${names.join(' and ')}`);
  const { kept, folder } = rebuilt;
  const output = await finishSite(folder, { kind: 'edition', kept });
  return { shown: lines.join('\n'), output: output.join('\n'), folder };
}

const readKey = (name: Holder) => parseSecretKey(readFileSync(join(keys, `${name}.key`), 'utf8'));

beforeAll(async () => {
  clone = makeEditionClone(campaign);
  const { entries } = await readCampaign(campaign, campaign);
  day = [...textsOf(entries), ...recordsOf(entries)]
    .map(({ data }) => ('checked' in data ? data.checked : ''))
    .reduce((newest, checked) => (checked > newest ? checked : newest));
  keys = makeFolder('keys-');
  mirror = join(makeFolder('mirror-'), 'copy');
  for (const name of holders) {
    expect(await clone.run('keygen', [join(keys, name), '--no-passphrase'])).toMatchObject({
      code: 0,
    });
  }
});

describe('the first edition of the default campaign', () => {
  it('is begun with three keys, of which two sign, and a notice in each language', async () => {
    const notice = Object.entries(notices)
      .map(([tag, text]) => `  ${tag}: ${text}\n`)
      .join('');
    clone.edit(
      'site.yaml',
      (text) =>
        `${text}keys:\n  threshold: 2\n  keys: ${list('anna', 'boris', 'clara')}\nnotice:\n${notice}`,
    );
    const outcome = await clone.run('new', ['edition', '--date', day, '--days', '365']);
    expect(outcome).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /edition 1 of .*to be signed by [0-9A-F]{16} and [0-9A-F]{16}/s,
      ),
    });
    clone.commit('Begin edition 1');
  });

  it('is signed by two holders, each once, and its build carries their signatures', async () => {
    expect(await signByCommand('anna')).toMatch(/signed by 1 of 2/);
    await signElsewhere('boris', 1);
    const { code, output, folder } = await clone.build('first');
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(/edition 1: signed by [0-9A-F]{16}, [0-9A-F]{16}\n/),
    });
    first = folder;
  });

  it('has room for a menu entry more in the frame of every page and sheet, in each language', () => {
    const frames = readSite(first).map(({ path, html }) => ({
      path,
      bytes: measureGzip(addEntry(emptyFrame(html))),
    }));
    expect(frames.filter(({ bytes }) => bytes > budgets.frame)).toEqual([]);
    expect(frames.length).toBeGreaterThan(200);
  });

  it('is authentic, and so is a mirror of it', async () => {
    expect(await verify(first)).toMatchObject({
      code: 0,
      report: { verdict: 'authentic', evidence: [] },
    });
    expect(await updateMirror(first)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/edition 1 of .*, authentic/),
    });
    expect(await verify(mirror)).toMatchObject({
      code: 0,
      report: { verdict: 'authentic', evidence: [] },
    });
  });
});

describe('the editions after it', () => {
  let second = '';

  it('a changed text makes a second one, which names the key that takes the place of another', async () => {
    clone.edit('guides/en/about.mdx', (text) => {
      const raised = text.replace(/^version: (\d+)$/m, (_, version) => `version: ${+version + 1}`);
      return `${raised}\nThis sentence came with the second edition.\n`;
    });
    const next = `  next: { threshold: 2, keys: ${list('anna', 'boris', 'dora')} }\n`;
    clone.edit(
      'site.yaml',
      (text) => text.replace(/notice:\n(?: {2}.*\n)*/, '').trimEnd() + `\n${next}`,
    );
    expect(
      await clone.run('new', [
        'edition',
        '--date',
        addDays(day, 1),
        '--days',
        '365',
        '--signers',
        `${idOf('anna')},${idOf('clara')}`,
      ]),
    ).toMatchObject({ code: 0 });
    clone.commit('Begin edition 2');
    const { shown, output, folder } = await signTogether(first, ['anna', 'clara']);
    expect(shown).toMatch(/LOOK CLOSELY[^]*next-key[^]*second edition/);
    expect(output).toMatch(/edition 2: signed by/);
    second = folder;
    expect(await verify(second)).toMatchObject({ code: 0, report: { verdict: 'authentic' } });
    expect(await updateMirror(second)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/edition 2 of .*, authentic \(before: edition 1\)/),
    });
  });

  // The way of a replaced key is tried with small copies, too (tests/kit/chain.test.ts).
  longTest(
    'the third is signed with the new key, and not with the one that was replaced',
    async () => {
      clone.edit('site.yaml', (text) =>
        text.replace(
          / {2}keys: \[.*\]\n {2}next: .*\n/,
          `  keys: ${list('anna', 'boris', 'dora')}\n`,
        ),
      );
      expect(
        await clone.run('new', [
          'edition',
          '--date',
          addDays(day, 2),
          '--days',
          '365',
          '--signers',
          `${idOf('boris')},${idOf('dora')}`,
        ]),
      ).toMatchObject({ code: 0 });
      clone.commit('Begin edition 3');
      const { folder } = await signTogether(second, ['boris', 'dora'], 'clara');
      expect(await verify(folder)).toMatchObject({
        code: 0,
        report: { verdict: 'authentic', evidence: [] },
      });
      expect(await updateMirror(folder)).toMatchObject({
        code: 0,
        output: expect.stringMatching(/edition 3 of .*, authentic \(before: edition 2\)/),
      });
      expect(await verify(first)).toMatchObject({ code: 1, report: { verdict: 'rolled back' } });
    },
  );
});
