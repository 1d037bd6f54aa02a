import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePo, printPo, type PoEntry } from '../../scripts/translations/po.ts';
import { splitBlocks } from '../../scripts/translations/units.ts';
import { exportPo, importPo } from '../../scripts/translations/exchange.ts';
import { checkCampaign } from '../../src/campaign/check-campaign.ts';
import { formatFaults } from '../../src/campaign/read/fault.ts';
import { listCampaignFiles } from '../../src/campaign/read/folder.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { changeGarden, makeFolder, swap, type Changes } from '../helpers/build.ts';
import { runNode } from '../helpers/run-node.ts';

const header = { project: 'garden', language: 'ar', day: '2025-03-02' };
const entry = (context: string, source: string, text: string, isFuzzy = false): PoEntry => ({
  ...{ context, source, text, isFuzzy, notes: ['a mistake costs a reader: law'] },
  reference: 'a.yaml:1',
});
const awkward = [
  ...[
    'a "quoted" \\ word',
    'two\nlines\n',
    '\ttab',
    'C:\\new\\table',
    '“curly” – «кавычкі»',
    'باران',
  ],
  ...['ends with \\', '\\n is no line', '#, fuzzy', 'msgid "x"'],
];

describe('a PO file', () => {
  test.each<[name: string, text: string, message: string]>([
    ['without quotation marks', 'msgid x', 'be.po:1: found "msgid x"'],
    ['with an open text', 'msgctxt "a"\nmsgid "x', 'be.po:2: found'],
    [
      'with plural forms',
      'msgctxt "a"\nmsgid "x"\nmsgid_plural "xs"',
      'be.po:3: found "msgid_plural',
    ],
    ['with a text of nothing', '"x"', 'be.po:1: found'],
    ['without a place', 'msgid "x"\nmsgstr "y"', 'be.po:1: found "x" without msgctxt'],
    ['without a translation', 'msgctxt "a"\nmsgid "x"\n', 'be.po:1: found "x" without msgstr'],
  ])('%s is refused, with its line', (_name, text, message) => {
    expect(() => parsePo(text, 'be.po')).toThrow(message);
  });

  test('is read as it was printed, whatever the texts hold', () => {
    const entries = awkward.map((text, index) =>
      entry(`place ${text}`, text, `${text}.`, index % 2 === 0),
    );
    const read = parsePo(printPo(header, entries), 'be.po');
    expect(read).toEqual(
      entries.map(({ notes: _, reference: __, ...rest }) => ({
        ...rest,
        line: expect.any(Number),
      })),
    );
  });

  test('is read as other programs write it', () => {
    const text = [
      '\uFEFF# by somebody\r\nmsgid ""\r\nmsgstr "Language: be\\n"\r\n',
      '#: a.yaml:1\r\n#, fuzzy, no-wrap\r\n#| msgid "before"\r\nmsgctxt "a"\r\nmsgid ""\r\n"one "\r\n"two"\r\nmsgstr "адзін два"',
      'msgctxt "b"\nmsgid "three"\nmsgstr ""',
      '#~ msgid "gone"\n#~ msgstr "знікла"\n',
    ].join('\r\n');
    expect(parsePo(text, 'be.po')).toEqual([
      { context: 'a', source: 'one two', text: 'адзін два', isFuzzy: true, line: 8 },
      { context: 'b', source: 'three', text: '', isFuzzy: false, line: 13 },
    ]);
  });

  test.skipIf(spawnSync('msgfmt', ['--version']).error)(
    'has nothing that msgfmt objects to',
    () => {
      const file = join(makeFolder('po-'), 'ar.po');
      const entries = awkward.map((text) => entry(`place ${text}`, text, text));
      writeFileSync(file, printPo(header, entries));
      const { status, stderr } = spawnSync('msgfmt', ['-c', '-o', '/dev/null', file], {
        encoding: 'utf8',
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    },
  );
});

test('a block of code with a blank line is one block', () => {
  const body = 'One.\n\n```sh\na\n\nb\n```\n\n\nTwo.\n';
  expect(splitBlocks(body)).toEqual(['One.\n\n', '```sh\na\n\nb\n```\n\n\n', 'Two.\n']);
  expect(splitBlocks(body).join('')).toBe(body);
});

const folded = `version: 1
short:
  en: Not at noon.
  ar: ليس ظهرا.
text:
  en: >-
    Who waters at noon
    has been fined.
  ar: >-
    من يسقي ظهرا
    غرم.
checked: 2025-03-02
sources: [{ name: The gardeners, date: "2025-01" }]
`;
const changes: Changes = { 'notices/wet-feet.yaml': folded };

/** A campaign, and what becomes of it when the PO file of its second language comes back. */
async function exportGarden(more: Changes = {}) {
  const folder = changeGarden({ ...changes, ...more });
  const campaign = await readCampaign(folder, 'the-garden');
  const { text: po } = exportPo(campaign, 'ar');
  const read = () =>
    Object.fromEntries(
      listCampaignFiles(folder).map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
    );
  const bring = (change: (po: string) => string) => {
    const changed = change(po);
    expect(changed).not.toBe(po);
    return importPo(folder, campaign, 'ar', changed, 'ar.po');
  };
  return { folder, po, read, bring };
}

describe('strings that come back', () => {
  test('as they went change no byte', async () => {
    const folder = changeGarden(changes);
    const file = join(makeFolder('po-'), 'ar.po');
    const read = () =>
      listCampaignFiles(folder).map((path) => readFileSync(join(folder, path), 'utf8'));
    const before = read();
    const run = (command: string) =>
      runNode(['scripts/translations.ts', command, file], { CONTENT_DIR: folder });
    expect(await run('export')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('left out'),
    });
    expect(await run('import')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('0 strings changed'),
    });
    expect(read()).toEqual(before);
  });

  test('with other words are put into their places, and nothing else is changed', async () => {
    const { folder, read, bring } = await exportGarden();
    const before = read();
    const { count } = bring((po) =>
      po
        .replace('msgstr "من يسقي ظهرا غرم."', 'msgstr "من يسقي وقت الظهر غرم."')
        .replace('msgstr "ليس ظهرا."', 'msgstr "ليس: \\"ظهرا\\"."')
        .replace(
          'msgid "What came from above."\nmsgstr ""',
          'msgid "What came from above."\nmsgstr "ما نزل من فوق."',
        ),
    );
    expect(count).toBe(3);
    const after = read();
    expect(Object.keys(before).filter((file) => after[file] !== before[file])).toEqual([
      'notices/wet-feet.yaml',
      'subjects/weather.yaml',
    ]);
    expect(after['notices/wet-feet.yaml']).toBe(
      folded
        .replace('    من يسقي ظهرا\n    غرم.', '    من يسقي وقت الظهر غرم.')
        .replace('ar: ليس ظهرا.', 'ar: "ليس: \\"ظهرا\\"."'),
    );
    expect(after['subjects/weather.yaml']).toContain('ما نزل من فوق.');
    expect(await checkCampaign(folder, 'garden')).toEqual([]);
  });

  test('change a title and a paragraph of a text', async () => {
    const { read, bring } = await exportGarden();
    const home = read()['guides/ar/home.mdx'] ?? '';
    const { files } = bring((po) =>
      po
        .replace(/(home\.mdx title"\nmsgid .*\nmsgstr ".*)"/, '$1 🌱"')
        .replace(/(home\.mdx block 1"\nmsgid .*\nmsgstr ".*)"/, '$1 🌱"'),
    );
    expect(files).toEqual(['guides/ar/home.mdx']);
    expect(read()['guides/ar/home.mdx']).toBe(
      home.replace(/^title: (.*)$/m, 'title: "$1 🌱"').replace(/\n$/, ' 🌱\n'),
    );
  });

  test.each<[name: string, from: string, to: string, words: string[]]>([
    [
      'another account',
      'من يسقي ظهرا غرم',
      'DE89 3704 0044 0532 0130 00',
      ['DE89 3704', 'notices/wet-feet.yaml text.ar'],
    ],
    ['another number', 'من يسقي ظهرا غرم', 'من يسقي ظهرا غرم 7', ['other numbers: 7']],
    [
      'another link',
      '](/guide/watering.html)',
      '](/guide/digging.html)',
      ['other links', 'guides/ar/home.mdx block 1'],
    ],
    ['a link that is gone', '](/guide/watering.html)', '', ['other links']],
    ['a component', 'ليس ظهرا', '<Action id=\\"x\\" />', ['components', 'none more']],
    [
      'a text for another original',
      'msgid "Not at noon."',
      'msgid "At noon."',
      ['“Not at noon.”, which the original says now'],
    ],
    [
      'a place that there is not',
      'wet-feet.yaml text.ar',
      'dry-feet.yaml text.ar',
      ['a string that the campaign does not have'],
    ],
  ])('with %s are refused at their line, and none is taken', async (_name, from, to, words) => {
    const { read, bring } = await exportGarden();
    const before = read();
    const { faults } = bring((po) => {
      const at = po.lastIndexOf(from);
      return po.slice(0, at) + to + po.slice(at + from.length);
    });
    expect(formatFaults(faults, 'ar.po')).toMatch(/^ar\.po:\d+ {2}/m);
    for (const word of words) expect(formatFaults(faults, 'ar.po')).toContain(word);
    expect(read()).toEqual(before);
  });

  test('of a translation that lags are fuzzy, and are passed over as such', async () => {
    const { po, read, bring } = await exportGarden({
      'guides/en/home.mdx': swap('version: 2', 'version: 3'),
    });
    expect(po).toMatch(/#, fuzzy\nmsgctxt "guides\/ar\/home\.mdx title"/);
    const before = read();
    expect(
      bring((text) => text.replace(/(home\.mdx title"\nmsgid .*\nmsgstr ")/, '$1x')).count,
    ).toBe(0);
    expect(read()).toEqual(before);
  });
});
