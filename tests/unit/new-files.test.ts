import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { writeCampaign } from '../../scripts/new/campaign.ts';
import { explainGuide } from '../../scripts/new/guide-fields.ts';
import { writeGuide } from '../../scripts/new/guide.ts';
import {
  explainRecordKind,
  recordKinds,
  writeRecord,
  type RecordWord,
} from '../../scripts/new/record.ts';
import { writeTranslation } from '../../scripts/new/translation.ts';
import { checkCampaign } from '../../src/campaign/check-campaign.ts';
import type { Fault } from '../../src/campaign/read/fault.ts';
import { rowOf } from '../../src/campaign/schema/collections.ts';
import { changeGarden, makeFolder, swap, type Changes } from '../helpers/build.ts';
import { fillIn } from '../helpers/fill-in.ts';
import { runNode } from '../helpers/run-node.ts';

const today = '2026-11-28';
const locales = { main: 'en', all: ['en', 'ar'] };

const titles: Readonly<Record<RecordWord, string>> = {
  initiative: 'Spade club',
  action: 'Dig a bed',
  date: 'First frost',
  notice: 'Thorns',
  subject: 'Weeding',
  figure: 'Beds that are dug',
  voice: 'A gardener',
  leaflet: 'Dig with us',
  letter: 'Paper for seeds',
  site: 'https://spades.example/',
  mirror: 'https://spades.example/garden/',
};
const asked: Readonly<Partial<Record<RecordWord, { date: string }>>> = {
  date: { date: '2024-10' },
};
const write = (
  kind: RecordWord,
  folder: string,
  title = titles[kind],
  more = asked[kind] ?? {},
): string => writeRecord(recordKinds[kind], folder, title, more, today);
const kinds = Object.keys(recordKinds) as RecordWord[];
const faultsOf = (folder: string): Promise<Fault[]> => checkCampaign(folder, 'the-garden');
const placesOf = (faults: readonly Fault[]): string[] =>
  [...new Set(faults.map(({ where = '' }) => where))].sort();

describe('a new record is refused', () => {
  test.each<[name: string, kind: RecordWord, title: string, more: object, message: string]>([
    ['without letters', 'action', '…', {}, 'a text with letters'],
    ['over a file that is there', 'initiative', 'Rake club', {}, 'rake-club.yaml is there already'],
    ['with a name that leaves its folder', 'action', 'Dig', { name: '../x' }, 'expected a-z, 0-9'],
    ['as a date without a day', 'date', 'Frost', {}, '--date YYYY-MM-DD and --annual MM-DD'],
    ['on two days', 'date', 'Frost', { date: '2024', annual: '05-01' }, 'Expected one of --date'],
    ['on a day that no year has', 'date', 'Frost', { annual: '02-30' }, '--annual is "02-30"'],
    ['as a copy at no address', 'mirror', 'spades.example', {}, 'an address that begins with'],
    ['as a site without its slash', 'site', 'https://a.example', {}, 'with its host and a slash'],
    ['as a copy of a page', 'mirror', 'https://a.example/?x', {}, 'an address alone, without "?"'],
  ])('%s', (_name, kind, title, more, message) => {
    const folder = changeGarden({});
    expect(() => write(kind, folder, title, more)).toThrow(message);
  });
});

describe.each(kinds)('a new %s', (kind) => {
  test('names each field of its schema, under a comment of at most 100 columns', () => {
    const file = { title: 'x', today, languages: ['en', 'ar'], namesIn: () => [] };
    const explained = Object.keys(explainRecordKind(kind, file, { date: '2024' }));
    const schema = rowOf(recordKinds[kind].collection).schema(locales);
    const known = Object.keys('shape' in schema ? (schema.shape as object) : {});
    expect(explained.toSorted()).toEqual(known.toSorted());
    for (const line of readFileSync(write(kind, changeGarden({})), 'utf8').split('\n'))
      expect(line.length, line).toBeLessThanOrEqual(100);
  });

  test('is refused by a build until what is empty is filled in, and then is not', async () => {
    const folder = changeGarden({});
    const file = relative(folder, write(kind, folder));
    const before = await faultsOf(folder);
    expect(before.every((fault) => fault.file === file)).toBe(true);
    expect(before.length > 0).toBe(kind !== 'mirror');
    expect(
      await faultsOf(
        changeGarden({ [file]: fillIn(readText(folder, file), 'A text of a garden') }),
      ),
    ).toEqual([]);
  });
});

const readText = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');

describe('a new guide', () => {
  test('explains each field of its schema', () => {
    const { shape } = rowOf('guides').schema(locales) as unknown as { shape: object };
    const explained = Object.keys(explainGuide({ title: 'x', today }));
    expect(explained.toSorted()).toEqual(Object.keys(shape).toSorted());
  });

  test('is in the main language, under a name made of its title, never over another', async () => {
    const folder = changeGarden({});
    const file = writeGuide(folder, { title: 'Sowing', name: undefined, today });
    expect(relative(folder, file)).toBe('guides/en/sowing.mdx');
    expect(placesOf(await faultsOf(folder))).toEqual([
      'field "description"',
      'field "sources.0.name"',
    ]);
    expect(() => writeGuide(folder, { title: 'Sowing', name: undefined, today })).toThrow(
      'guides/en/sowing.mdx has this name',
    );
    expect(() => writeGuide(folder, { title: 'x', name: 'digging', today })).toThrow(
      'guides/en/digging.md has this name',
    );
  });
});

describe('a translation', () => {
  test.each<[name: string, page: string, tag: string, message: string]>([
    ['into a language that there is not', 'guide/digging', 'fr', 'site.yaml: en, ar'],
    ['of a page that there is not', 'guide/diging', 'ar', 'did you mean guide/digging?'],
    ['of a record', 'initiative/rake-club', 'ar', 'side by side in its file'],
    ['over one that is there', 'guide/watering', 'ar', 'guides/ar/watering.mdx is there already'],
  ])('%s is refused', (_name, page, tag, message) => {
    expect(() => writeTranslation(changeGarden({}), page, tag)).toThrow(message);
  });

  test('follows the version of its original, and is refused until it is translated', async () => {
    const changes: Changes = {
      'guides/en/digging.md': swap('version: 2', 'version: 3\ntouches: [safety]\ncontents: false'),
    };
    const folder = changeGarden(changes);
    const file = relative(folder, writeTranslation(folder, 'guide/digging.html', 'ar'));
    expect(file).toBe('guides/ar/digging.md');
    const text = readText(folder, file);
    expect(text).toMatch(/^title: "" # Digging$/m);
    expect(text).toMatch(/^translation: \{ of: 3, checked: false \}$/m);
    expect(text).not.toMatch(/touches|contents/);
    expect(text.split('---\n')[2]?.trim()).toBe(
      readText(folder, 'guides/en/digging.md').split('---\n')[2]?.trim(),
    );
    expect(placesOf(await faultsOf(folder))).toEqual(['field "description"', 'field "title"']);
    const translated = text
      .replace(/^title: .*$/m, 'title: "الحفر"')
      .replace(
        /^description: .*$/m,
        `description: "${'كيف نحفر الأحواض في الحديقة قبل المطر. '.repeat(2).trim()}"`,
      );
    expect(await faultsOf(changeGarden({ ...changes, [file]: translated }))).toEqual([]);
  });

  test('of an update has an identifier of its own', () => {
    const folder = changeGarden({});
    const file = writeTranslation(folder, 'update/2023/frost', 'ar');
    const id = (text: string) => /^id: ([a-z][a-z0-9]{25})$/m.exec(text)?.[1];
    const own = id(readFileSync(file, 'utf8'));
    expect(own).toBeDefined();
    expect(own).not.toBe(id(readText(folder, 'updates/en/2023/frost.md')));
  });
});

describe('a new campaign', () => {
  const request = {
    ...{ name: 'Garden days', languages: ['en', 'de'], main: 'en', accent: '#1f6f3a' },
    ...{ id: undefined as string | undefined, today, program: '../vyrai' },
  };
  const begin = (changes: Partial<typeof request> = {}) => {
    const folder = join(makeFolder('new-'), 'campaign');
    writeCampaign(folder, { ...request, ...changes });
    return folder;
  };

  test.each<[name: string, changes: object, message: string]>([
    ['with a tag that is none', { languages: ['en', 'english'] }, '--languages has "english"'],
    ['with a language twice', { languages: ['en', 'en'] }, 'expected each language once'],
    ['with another main language', { main: 'fr' }, '--main is "fr", expected one of en, de'],
    ['with a colour in words', { accent: 'green' }, '--accent is "green"'],
    ['with a pale colour', { accent: '#aaccaa' }, 'hard to read on light paper'],
    ['without a name', { name: ' ' }, 'The title is " "'],
    ['with a name in other letters', { name: '雹' }, 'Choose one, of a-z, 0-9 and hyphens: --id'],
    ['with an id of capitals', { id: 'Garden' }, '--id is "Garden"'],
  ])('%s is refused', (_name, changes, message) => {
    expect(() => begin(changes)).toThrow(message);
  });

  test('is never written over another', () => {
    const folder = changeGarden({});
    expect(() => writeCampaign(folder, request)).toThrow('there already, and not empty');
    expect(readText(folder, 'site.yaml')).toContain('id: garden');
  });

  test.each<[main: string, name: string]>([
    ['en', 'Garden days'],
    ['be', 'Дні саду'],
    ['ru', 'Дни сада'],
    ['fr', 'Les jours du jardin'],
    ['fa', 'روزهای باغ'],
    ['de', 'Tage des Gartens'],
    ['es', 'Días del jardín'],
    ['pl', 'Dni ogrodu'],
    ['uk', 'Дні саду'],
  ])('with the main language %s has no fault', async (main, name) => {
    const folder = begin({ main, name, id: 'garden', languages: [...new Set([main, 'de', 'it'])] });
    expect(await faultsOf(folder)).toEqual([]);
    expect(readdirSync(join(folder, 'interface')).sort()).toEqual(
      [...new Set([main, 'de', 'it'])].map((tag) => `${tag}.yaml`).sort(),
    );
  });

  test.each(['be', 'en', 'fr', 'ru'])('says nothing of the default campaign in %s', (tag) => {
    const folder = begin({ languages: [tag], main: tag, name: 'Garden', id: 'garden' });
    // a language and its speakers are no country
    const words =
      /belarus(?!ian)|bélarus(?!s)|белару(?!ск)|4 (?:august|août|жніўня|августа)|экстр[эе]м/iu;
    const naming = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:yaml|mdx|md)$/.test(file))
      .flatMap((file) =>
        readText(folder, file)
          .split('\n')
          .filter((line) => !line.startsWith('#') && words.test(line))
          .map((line) => `${file}: ${line.trim()}`),
      );
    expect(naming, `scripts/new/campaign/${tag}.yaml needs a text without the country`).toEqual([]);
  });

  test('can set each optional field of site.yaml by taking its mark away', async () => {
    const folder = begin({ languages: ['en'] });
    const text = readText(folder, 'site.yaml');
    const names = [...text.matchAll(/^# (\w+):(?: |$)/gm)].map(([, name]) => name);
    expect(names).toEqual(
      expect.arrayContaining(['drawing', 'home', 'day', 'canonical', 'bans', 'keys', 'notice']),
    );
    const uncommented = text.replaceAll(/^# (?=\w+:(?: |$)| {2}[\w-]+: )/gm, '');
    expect(Object.keys(parse(uncommented) as object)).toEqual(expect.arrayContaining(names));
  });
});

describe('npm run new', () => {
  test('asks what is not said', async () => {
    const folder = join(makeFolder('asked-'), 'campaign');
    const { code, stdout } = await runNode(
      ['scripts/new.ts', 'campaign', folder],
      {},
      { input: 'Garden days\nbe,en\nen\n\n' },
    );
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('builds as it is'),
    });
    expect(parse(readText(folder, 'site.yaml'))).toMatchObject({
      id: 'garden-days',
      main: 'en',
      accent: { light: '#1f6f3a' },
      languages: [{ tag: 'en' }, { tag: 'be' }],
    });
  });

  test('does not ask where nobody can answer', async () => {
    const { code, stderr } = await runNode([
      'scripts/new.ts',
      'campaign',
      join(makeFolder('x-'), 'c'),
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('There is no terminal to ask at');
  });

  test.each(kinds)('begins a record of the kind %s', async (kind) => {
    const words = kind === 'date' ? ['--annual', '10-01'] : [];
    const folder = changeGarden({});
    const { code, stdout } = await runNode(['scripts/new.ts', kind, titles[kind], ...words], {
      CONTENT_DIR: folder,
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('.yaml') });
  });
});
