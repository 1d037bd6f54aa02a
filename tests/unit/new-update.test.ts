import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findLetters, readLanguages } from '../../src/campaign/read/read-languages.ts';
import { makeSlug } from '../../scripts/new/make-slug.ts';
import { writeUpdate, type UpdateRequest } from '../../scripts/new/update.ts';
import { CampaignError, type Fault } from '../../src/campaign/read/fault.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { parseSource } from '../../src/campaign/read/source-file.ts';
import { changeGarden, type Changes } from '../helpers/build.ts';
import { runNode } from '../helpers/run-node.ts';

const request: UpdateRequest = {
  title: 'Hail over the beds',
  language: undefined,
  date: undefined,
  name: undefined,
  today: '2026-11-28',
};
const write = (asked: Partial<UpdateRequest> = {}, changes: Changes = {}) => {
  const folder = changeGarden(changes);
  const { file, address } = writeUpdate(folder, { ...request, ...asked });
  return { folder, path: relative(folder, file), address, text: readFileSync(file, 'utf8') };
};
const faultsOf = (folder: string): Promise<readonly Fault[]> =>
  readCampaign(folder, 'the-campaign').then(
    () => [],
    (error: unknown) => {
      if (!(error instanceof CampaignError)) throw error;
      return error.faults;
    },
  );

const { languages } = readLanguages();

describe('a new update is refused', () => {
  test.each<[string, Partial<UpdateRequest>, string, Changes?]>([
    ['in a language that the campaign has not', { language: 'fr' }, 'site.yaml: en, ar'],
    ['with a date that no calendar has', { date: '2026-02-30' }, 'expected YYYY-MM-DD, YYYY-MM or'],
    ['with a date in words', { date: 'yesterday' }, '--date is "yesterday"'],
    ['without a title', { title: ' ' }, 'The title is " ", expected at least 1 characters'],
    ['with a title of two lines', { title: 'Hail\nstate: live' }, 'expected one line'],
    ['with a title that is too long', { title: 'h'.repeat(81) }, 'at most 80 characters'],
    ['with a title of signs', { title: '…!' }, 'a text with letters'],
    ['with a title in letters without a rule', { title: '雹 hail' }, 'a-z: 雹. Choose a name'],
    ['with a name of capitals', { name: 'Hail' }, 'The name would be "2026/Hail"'],
    ['with a name that leaves the folder', { name: '../../../x' }, 'expected a-z, 0-9'],
    ['with a name of 61 signs', { name: 'h'.repeat(61) }, 'at most 60 characters'],
    ['with the name of a device', { name: 'aux' }, 'no name of a device'],
    [
      'over a file that is there',
      { title: 'Frost', date: '2023' },
      'updates/en/2023/frost.md is there already',
    ],
    [
      'over one with components',
      { title: 'Hail' },
      'updates/en/2026/hail.mdx is there already',
      { 'updates/en/2026/hail.mdx': 'x' },
    ],
    [
      'as a translation by chance',
      { title: 'Frost', date: '2023', language: 'ar' },
      'updates/en/2023/frost.md has this name, and files of one name are translations',
    ],
    [
      'in a folder that is full',
      {},
      'updates/en/2026/ has 900 entries, expected fewer than 900. Start a folder in it: --name 2/',
      Object.fromEntries(
        Array.from({ length: 900 }, (_, index) => [`updates/en/2026/note-${index}.md`, 'x']),
      ),
    ],
  ])('%s', (_name, asked, message, changes = {}) => {
    expect(() => write(asked, changes)).toThrow(message);
  });
});

describe('a new update', () => {
  test('is in the folder of its year, under a name made of its title', () => {
    expect(write()).toMatchObject({
      path: 'updates/en/2026/hail-over-the-beds.md',
      address: 'en/update/2026/hail-over-the-beds.html',
    });
    expect(write({ date: '2019-05' }).path).toBe('updates/en/2019/hail-over-the-beds.md');
    expect(write({ name: '2/hail', language: 'ar' }).path).toBe('updates/ar/2026/2/hail.md');
  });

  test('names each field of an update under a comment, and builds only when it is filled in', async () => {
    const { folder, path, text } = write();
    const faults = await faultsOf(folder);
    expect(new Set(faults.map(({ file, where }) => `${file} ${where}`))).toEqual(
      new Set(
        ['description', 'publisher', 'sources.0.name'].map((field) => `${path} field "${field}"`),
      ),
    );
    const filled = text
      .replace('description: ""', 'description: Hail fell on all the beds of the garden one night.')
      .replace('publisher: ""', 'publisher: The gardeners')
      .replace('name: ""', 'name: A book about gardens')
      .replace(/---\n\n$/, '---\n\nIt hailed.\n');
    expect(await faultsOf(changeGarden({ [path]: filled }))).toEqual([]);
    const optional = filled
      .replace(/^# (period|touches): /gm, '$1: ')
      .replace('touches: [law, safety, money]', 'touches: [safety]');
    expect(optional).not.toBe(filled);
    expect(await faultsOf(changeGarden({ [path]: optional }))).toEqual([]);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  test.each([
    ['a colon', 'Hail: the second night'],
    ['a hash and a quotation', 'Hail #2, “late”'],
    ['straight quotes and a backslash', 'The "hail" \\ of May'],
    ['what YAML reads as another kind', 'yes'],
    ['an apostrophe, in French', 'L’orage d’été'],
    ['Arabic letters', 'برد على الأحواض'],
  ])('keeps a title with %s', (_name, title) => {
    const { text } = write({ title, name: 'hail' });
    expect(parseSource('updates/en/2026/hail.md', text)).toMatchObject({ data: { title } });
  });

  test('has another identifier each time', () => {
    const ids = [write(), write()].map(({ text }) => /^id: ([a-z][a-z0-9]{25})$/m.exec(text)?.[1]);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(2);
  });
});

describe('the name that a title gives', () => {
  test.each([
    ['en', 'Hail, 12 May: “beds” & roses', 'hail-12-may-beds-roses'],
    ['fr', 'L’été à Minsk : œuvres', 'l-ete-a-minsk-oeuvres'],
    ['de', 'Größe der Äpfel', 'groesse-der-aepfel'],
    ['ru', 'Объявление ёлки и щавель', 'obieiavlenie-elki-i-shchavel'],
    ['be', 'Гэта сям’я ў ёлках', 'heta-siamia-u-iolkakh'],
    ['be-tarask', 'Гэта', 'heta'],
    ['fa', 'باران در ۱۴۰۲', 'baran-dr-1402'],
    ['fa', 'گل‌ها', 'gl-ha'],
    ['pl', 'Łąka źdźbeł', 'laka-zdzbel'],
  ])('in %s: %s', (language, title, slug) => {
    expect(makeSlug(title, findLetters(languages, language))).toEqual({ slug });
  });

  test('ends behind a word where it would be too long', () => {
    expect(makeSlug(`${'word '.repeat(20)}`, {})).toEqual({
      slug: 'word-'.repeat(12).slice(0, -1),
    });
    expect(makeSlug('w'.repeat(70), {})).toEqual({ slug: 'w'.repeat(60) });
  });
});

describe('npm run new', () => {
  const run = async (...words: string[]) => {
    const folder = changeGarden({});
    return runNode(['scripts/new.ts', ...words], { CONTENT_DIR: folder }).then((outcome) => ({
      ...outcome,
      folder,
    }));
  };

  test('says what it can begin', async () => {
    const { code, output } = await run('poem');
    expect(code).toBe(2);
    expect(output).toMatch(
      /Found "poem", expected what to begin: campaign, .*, edition\..*npm run new -- update/s,
    );
  });

  test('writes an update and says where it is', async () => {
    const { code, output, folder } = await run(
      'update',
      'Hail',
      '--date',
      '2026-05',
      '--lang',
      'ar',
    );
    expect(output).toContain('its address will be ar/update/2026/hail.html');
    expect(code).toBe(0);
    expect(readdirSync(join(folder, 'updates/ar/2026'))).toEqual(['hail.md']);
  });
});
