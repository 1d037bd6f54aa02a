import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { printEdition } from '../../src/kit/core/edition/edition.ts';
import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { generateSecretKey } from '../../src/kit/node/minisign/secret-key.ts';
import { signData } from '../../src/kit/node/minisign/sign.ts';
import { printAttestation } from '../../src/kit/core/edition/rebuild-attestation.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { changeGarden, type Changes } from '../helpers/build.ts';
import {
  commentOf,
  following,
  holders,
  keyIds,
  makeEdition,
  makeEditions,
  publicLines,
  sha256,
  withKeys,
} from '../helpers/editions.ts';

const [first = '', second = ''] = publicLines;
const stranger = generateSecretKey();
const strangersLine = printPublicKey(stranger.publicKey);
const signOther = (key = stranger) => signData(key, Buffer.from('other bytes'), { trusted: 'x' });
const [strangers, ofOtherBytes] = [await signOther(), await signOther(holders[0])];

const refuse = async (changes: Changes): Promise<string> => {
  const folder = changeGarden(changes);
  return readCampaign(folder, 'the-campaign').then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );
};
const site = (lines: string) => ({ 'site.yaml': (yaml: string) => `${yaml}${lines}\n` });

describe('a site.yaml with', () => {
  test.each<[string, string, string[]]>([
    ['keys that are no group of fields', `keys: [${first}]`, ['field "keys"', 'a group of fields']],
    [
      'keys without a number of signatures',
      `keys: { keys: [${first}] }`,
      ['field "keys.threshold"', 'found     nothing', 'add the field'],
    ],
    ['no key', 'keys: { threshold: 1, keys: [] }', ['field "keys.keys"', 'at least one key']],
    [
      'a key that is none',
      `keys: { threshold: 1, keys: [${first.slice(0, -1)}] }`,
      ['field "keys.keys.0"', 'a public key of minisign', 'begins with RW'],
    ],
    [
      'a whole key file',
      `keys: { threshold: 1, keys: ["untrusted comment: x\\n${first}"] }`,
      ['field "keys.keys.0"', 'one line of 56 characters'],
    ],
    [
      'a key that anyone can forge with',
      `keys: { threshold: 1, keys: [${Buffer.concat([Buffer.from('Ed'), Buffer.alloc(40)]).toString('base64')}] }`,
      ['field "keys.keys.0"', 'safe to use'],
    ],
    [
      'a secret key',
      'keys: { threshold: 1, keys: [RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA] }',
      ['field "keys.keys.0"', 'a public key'],
    ],
    [
      'a key twice',
      `keys: { threshold: 1, keys: [${first}, ${second}, ${first}] }`,
      ['field "keys.keys.2"', 'a key that no line before has'],
    ],
    [
      'a key under another id',
      `keys: { threshold: 2, keys: [${first}, ${printPublicKey({ id: '0123456789ABCDEF', ed25519: holders[0]!.publicKey.ed25519 })}] }`,
      ['field "keys.keys.1"', 'neither its id nor the rest'],
    ],
    [
      'more signatures than keys',
      `keys: { threshold: 3, keys: [${first}, ${second}] }`,
      ['field "keys.threshold"', 'found     3', 'not larger than the number of keys'],
    ],
    [
      'no signature needed',
      `keys: { threshold: 0, keys: [${first}] }`,
      ['field "keys.threshold"', 'a number from 1'],
    ],
    [
      'half a signature',
      `keys: { threshold: 1.5, keys: [${first}] }`,
      ['field "keys.threshold"', 'whole number'],
    ],
    [
      'more keys than an edition can have',
      `keys: { threshold: 1, keys: [${Array.from({ length: 17 }, () => printPublicKey(generateSecretKey().publicKey)).join(', ')}] }`,
      ['field "keys.keys"', 'at most 16 keys'],
    ],
    [
      'keys of the next edition that cannot sign',
      `keys: { threshold: 1, keys: [${first}], next: { threshold: 2, keys: [${second}] } }`,
      ['field "keys.next.threshold"', 'not larger'],
    ],
    [
      'a rebuilder that is no key',
      `keys: { threshold: 1, keys: [${first}], rebuilders: [Somebody] }`,
      ['field "keys.rebuilders.0"', '"Somebody"'],
    ],
    [
      'the name of a key’s holder',
      `keys: { threshold: 1, keys: [${first}], holder: Somebody }`,
      ['field "keys.holder"', 'a field that nothing reads'],
    ],
    [
      'a notice without the main language',
      'notice: { ar: مغلق }',
      ['field "notice"', 'a text in the main language'],
    ],
    [
      'a notice that is too long',
      `notice: { en: ${'Closed. '.repeat(40)} }`,
      ['field "notice.en"', 'at most 300 characters'],
    ],
    [
      'a notice of two lines',
      'notice: { en: "The garden\\nis closed." }',
      ['field "notice.en"', 'one line of visible characters'],
    ],
    [
      'a notice with a sign that turns the text',
      'notice: { en: "The garden \\u202e is closed." }',
      ['field "notice.en"', 'one line of visible characters'],
    ],
  ])('%s is refused with field, finding and fix', async (_name, lines, expected) => {
    const message = await refuse(site(lines));
    for (const part of ['site.yaml', 'to fix', ...expected]) expect(message).toContain(part);
  });

  test.each([
    [
      'keys and nothing else',
      `keys: { threshold: 1, keys: [${first}, ${second}] }`,
      {
        threshold: 1,
        keys: [first, second],
        next: { threshold: 1, keys: [first, second] },
        rebuilders: [],
      },
    ],
    [
      'keys of the next edition, and rebuilders',
      `keys: { threshold: 1, keys: [${first}], next: { threshold: 1, keys: [${second}] }, rebuilders: [${strangersLine}] }`,
      {
        threshold: 1,
        keys: [first],
        next: { threshold: 1, keys: [second] },
        rebuilders: [strangersLine],
      },
    ],
  ])('%s is read', async (_name, lines, expected) => {
    const campaign = await readCampaign(changeGarden(site(lines)), 'the-campaign');
    expect(campaign.site.keys).toEqual(expected);
  });
});

/** Three editions, the newest without its list. What a row changes is taken from them. */
const three = await makeEditions(3);
const list = (number: number) => three[`editions/${number}/SHA256SUMS`] ?? '';
const [id = '', otherId = ''] = keyIds;
const ofOtherNumber = await signData(holders[0]!, Buffer.from(list(2)), {
  trusted: commentOf(1, three['editions/2/EDITION.txt'] ?? '', list(2)),
});

describe('an editions folder with', () => {
  test.each<[string, Record<string, string | null>, string[]]>([
    [
      'a gap',
      {
        ...Object.fromEntries(
          Object.keys(three)
            .filter((file) => file.startsWith('editions/2/'))
            .map((file) => [file, null]),
        ),
      },
      ['editions/2\n', 'no such folder, though there is editions/3', 'without a gap'],
    ],
    [
      'a folder that is no number',
      { 'editions/draft/EDITION.txt': 'x' },
      ['editions/draft/EDITION.txt', 'a file that nothing reads'],
    ],
    [
      'a number with a zero in front',
      { 'editions/04/EDITION.txt': 'x' },
      ['editions/04/EDITION.txt', 'a file that nothing reads'],
    ],
    [
      'a file next to the numbers',
      { 'editions/README.md': 'x' },
      ['editions/README.md', 'a file that nothing reads'],
    ],
    [
      'a file of another kind in an edition',
      { 'editions/2/index.html': 'x' },
      ['editions/2/index.html', 'a file that nothing reads', 'EDITION.txt, SHA256SUMS'],
    ],
    [
      'a secret key',
      { 'editions/2/minisign.key': 'x' },
      ['editions/2/minisign.key', 'a file that nothing reads'],
    ],
    [
      'states that no edition has written',
      { 'editions/2/states.txt': 'guides/en/watering 1 3 2/live 2/dangerous\n' },
      ['editions/2/states.txt:1', 'two numbers of editions', 'npm run sign'],
    ],
    [
      'no EDITION.txt',
      { 'editions/3/EDITION.txt': null, 'editions/3/sources.txt': 'x' },
      ['editions/3/EDITION.txt', 'no such file'],
    ],
    [
      'an EDITION.txt that is none',
      {
        'editions/3/EDITION.txt': three['editions/3/EDITION.txt']!.replace(
          '2025-05-05',
          '2025-02-30',
        ),
      },
      [
        'editions/3/EDITION.txt:4',
        'found     “date” is "2025-02-30"',
        'expected  a day as YYYY-MM-DD',
      ],
    ],
    [
      'the EDITION.txt of another number',
      {
        'editions/3/EDITION.txt': printEdition(
          makeEdition(4, following([1, 2].map((n) => sha256(list(n))))),
        ),
      },
      ['editions/3/EDITION.txt:3', 'edition 4', 'edition 3, as its folder is called'],
    ],
    [
      'the EDITION.txt of another campaign',
      {
        'editions/3/EDITION.txt': printEdition(
          makeEdition(3, {
            campaign: 'orchard',
            ...following([1, 2].map((n) => sha256(list(n)))),
          }),
        ),
      },
      ['editions/3/EDITION.txt:2', 'the campaign "orchard"', '"garden", the id in site.yaml'],
    ],
    [
      'a history that was written anew',
      {
        'editions/3/EDITION.txt': printEdition(
          makeEdition(3, following([sha256('another'), sha256(list(2))])),
        ),
      },
      ['editions/3/EDITION.txt  line "history"', 'the SHA-256 of the hashes of all lists before'],
    ],
    [
      'a list that is missing',
      {
        'editions/2/SHA256SUMS': null,
        [`editions/2/SHA256SUMS.${id}.minisig`]: null,
        [`editions/2/SHA256SUMS.${otherId}.minisig`]: null,
      },
      ['editions/2/SHA256SUMS', 'no such file, though there is editions/3', 'sign edition 2 first'],
    ],
    [
      'a list that was exchanged',
      { 'editions/2/SHA256SUMS': list(2).replace('index.html', 'start.html') },
      [
        'editions/3/EDITION.txt',
        'line "previous-list"',
        `found     ${sha256(list(2))}`,
        'the SHA-256 of editions/2/SHA256SUMS',
      ],
    ],
    [
      'a list that is none',
      { 'editions/3/SHA256SUMS': 'x  y\n' },
      ['editions/3/SHA256SUMS:1', 'a hash of 0 hexadecimal digits', 'expected  64'],
    ],
    [
      'a list of downloads, which nobody signs any more',
      { 'editions/2/download/SHA256SUMS': `${sha256('x')}  CID.txt\n` },
      ['editions/2/download/SHA256SUMS', 'a file that nothing reads'],
    ],
    [
      'a signature that is none',
      { [`editions/2/SHA256SUMS.${id}.minisig`]: 'signed' },
      [`SHA256SUMS.${id}.minisig`, 'it has 1 lines', 'expected  4'],
    ],
    [
      'a signature by another name',
      {
        [`editions/2/SHA256SUMS.${id}.minisig`]: three[`editions/2/SHA256SUMS.${otherId}.minisig`]!,
      },
      [`a signature of the key ${otherId}`, `one of ${id}, as the file is called`],
    ],
    [
      'a signature of a stranger',
      { [`editions/2/SHA256SUMS.${stranger.publicKey.id}.minisig`]: strangers },
      [
        `a signature of the key ${stranger.publicKey.id}`,
        'one of those that EDITION.txt says sign',
      ],
    ],
    [
      'a signature of other bytes',
      { [`editions/2/SHA256SUMS.${id}.minisig`]: ofOtherBytes },
      [
        `editions/2/SHA256SUMS.${id}.minisig`,
        'a signature that does not fit editions/2/SHA256SUMS',
      ],
    ],
    [
      'fewer signatures than the edition before needs',
      { [`editions/2/SHA256SUMS.${id}.minisig`]: null },
      [
        'editions/2/EDITION.txt',
        '1 signatures of editions/2/SHA256SUMS',
        'the next one holds them',
      ],
    ],
    [
      'a signature that says it is of another edition',
      { [`editions/2/SHA256SUMS.${id}.minisig`]: ofOtherNumber },
      [
        `editions/2/SHA256SUMS.${id}.minisig  line 3`,
        'found     edition-signature 1; campaign garden; edition 1; ',
        'expected  edition-signature 1; campaign garden; edition 2; ',
      ],
    ],
    [
      'a signature alone',
      { [`editions/3/SHA256SUMS.${id}.minisig`]: ofOtherBytes },
      [`editions/3/SHA256SUMS.${id}.minisig`, 'a signature alone'],
    ],
    [
      'an EDITION.txt that was changed after it was listed',
      {
        'editions/2/EDITION.txt': three['editions/2/EDITION.txt']!.replace(
          '2025-09-30',
          '2032-09-30',
        ),
      },
      [
        'editions/2/EDITION.txt',
        'names with another hash',
        'the file as it was when the list was made',
      ],
    ],
  ])('%s is refused with place, finding and fix', async (_name, changes, expected) => {
    const files = Object.fromEntries(
      Object.entries({ ...three, ...changes }).filter(
        (entry): entry is [string, string] => entry[1] !== null,
      ),
    );
    const message = await refuse(files);
    expect(message).toContain('1 fault in');
    for (const part of ['to fix', ...expected]) expect(message).toContain(part);
  });

  test('what belongs there is read, from the first edition to the newest', async () => {
    const more = {
      'editions/3/sources.txt': 'x',
      'editions/2/states.txt': 'guides/en/watering 1 2 2/live 2/dangerous\n',
    };
    const { editions } = await readCampaign(changeGarden({ ...three, ...more }), 'the-campaign');
    expect(
      editions.map(({ edition, signatures }) => [
        edition.number,
        signatures.map(({ signature }) => signature.keyId),
      ]),
    ).toEqual([
      [1, [...keyIds].sort()],
      [2, [...keyIds].sort()],
      [3, []],
    ]);
  });
});

describe('a rebuild attestation of edition 2', async () => {
  const attestation = printAttestation({
    campaign: 'garden',
    number: 2,
    manifest: sha256(list(2)),
    key: stranger.publicKey,
  });
  const sign = (text: string) => signData(stranger, Buffer.from(text), { trusted: 'x' });
  const other = attestation.replace(sha256(list(2)), sha256(list(1)));
  const file = `editions/2/attestations/${stranger.publicKey.id}.txt`;
  test.each<[string, Record<string, string>, string[]]>([
    [
      'without a signature',
      { [file]: attestation },
      [`${file}.minisig`, 'no such file', 'the signature of the attestation'],
    ],
    [
      'whose signature is of another attestation',
      { [file]: attestation, [`${file}.minisig`]: await sign(other) },
      [`${file}.minisig`, 'a signature that does not fit the attestation'],
    ],
    [
      'of another manifest',
      { [file]: other, [`${file}.minisig`]: await sign(other) },
      [file, sha256(list(1)), sha256(list(2))],
    ],
    [
      'that is none',
      { [file]: 'I built it', [`${file}.minisig`]: await sign('I built it') },
      [`${file}:1`, 'LF after each line'],
    ],
  ])('%s is refused with place, finding and fix', async (_name, more, expected) => {
    const message = await refuse({ ...three, ...more });
    expect(message).toContain('1 fault in');
    for (const part of ['put the attestation back as it was sent', ...expected])
      expect(message).toContain(part);
  });

  test('of its manifest is counted', async () => {
    const { attestations } = await readCampaign(
      changeGarden({ ...three, [file]: attestation, [`${file}.minisig`]: await sign(attestation) }),
      'the-campaign',
    );
    expect([...attestations]).toEqual([
      [1, []],
      [2, [strangersLine]],
      [3, []],
    ]);
  });
});

describe('keys in site.yaml that are not those of the newest edition', () => {
  const other = {
    ...three,
    'site.yaml': (yaml: string) => withKeys(yaml).replace('threshold: 2', 'threshold: 1'),
  };
  afterEach(() => delete process.env['EDITION_NUMBER']);

  test('are a fault in the build of that edition', async () => {
    process.env['EDITION_NUMBER'] = '3';
    const message = await refuse(other);
    expect(message).toContain('editions/3/EDITION.txt  lines "threshold" and "key"');
    expect(message).toContain('run npm run new -- edition again, or fix the keys in site.yaml');
  });

  test('are those of the next one in any other build', async () => {
    expect(await refuse(other)).toBe('nothing was refused');
  });

  test('are none where they stand in another order', async () => {
    process.env['EDITION_NUMBER'] = '3';
    expect(
      await refuse({
        ...three,
        'site.yaml': (yaml: string) =>
          `${yaml}keys: { threshold: 2, keys: [${second}, ${first}] }\n`,
      }),
    ).toBe('nothing was refused');
  });

  test('and an edition that is not there is none to build', async () => {
    process.env['EDITION_NUMBER'] = '1';
    expect(await refuse({})).toContain(
      'EDITION_NUMBER\n  found     1\n  expected  none: the campaign has no edition',
    );
    expect(readFileSync('tests/fixtures/garden/site.yaml', 'utf8')).not.toContain('keys:');
  });
});
