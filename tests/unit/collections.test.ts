import { readdirSync } from 'node:fs';
import type { Loader } from 'astro/loaders';
import { z } from 'astro/zod';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { listUnchecked } from '../../scripts/build/list-unchecked.ts';
import { listSharedNames } from '../../src/campaign/read/word-lists.ts';
import { readCampaign, readRecords } from '../../src/campaign/read-campaign.ts';
import { listStates } from '../../src/campaign/editions/states.ts';
import { collections, type DataOf, type Facts } from '../../src/campaign/schema/collections.ts';
import type { Collection } from '../../src/campaign/schema/collection-row.ts';
import * as evidence from '../../src/campaign/schema/evidence.ts';
import * as fields from '../../src/campaign/schema/fields.ts';
import type { guide } from '../../src/campaign/schema/pages.ts';
import { listWrittenTexts } from '../../src/campaign/text/texts.ts';
import { changeGarden, swap, type Changes } from '../helpers/build.ts';

/** A record with everything that a collection can have. */
const kit = (locales: fields.Locales) =>
  z.strictObject({
    ...fields.versions(locales),
    name: fields.nameOrNames(locales),
    text: fields.localized(fields.line(200), locales),
    claims: z.array(evidence.statement(locales)),
    cites: z.array(fields.slug),
    state: fields.state,
    alive: evidence.signOfLife(locales).optional(),
    designation: evidence.designation(locales),
    through: z.array(fields.reference),
    advice: z.strictObject({ inside: z.array(fields.reference) }),
    of: fields.reference.optional(),
    guide: fields.reference.optional(),
    song: fields.reference.optional(),
    checked: fields.day,
    until: fields.day,
    sources: evidence.sources(locales),
  });

/** Rows that the engine does not have: nothing else of it knows of them. */
const kits = {
  form: 'records',
  singular: 'kit',
  schema: kit,
  versioned: true,
  cites: true,
  unique: { 'through.*': 'claimed' },
  sharedNames: true,
  touches: 'always',
  dates: { movesDay: true, expires: true, needsLife: true, ends: true },
  relations: {
    'through.*': { to: 'initiatives', ifNotLive: 'unverify', ifPaid: 'declare', ifBanned: 'keep' },
    of: { to: 'initiatives', ifNotLive: 'keep', ifPaid: 'keep', ifBanned: 'follow' },
    'advice.inside.*': { to: 'actions', ifNotLive: 'omit', ifPaid: 'refuse' },
    guide: { to: 'guides', ifNotLive: 'keep' },
    song: { to: 'songs', ifNotLive: 'keep' },
  },
  page: undefined,
} as const satisfies Collection;
const songs = { ...collections.guides, singular: 'song', page: undefined } satisfies Collection;

const kitFile = `version: 2
translations: { ar: { of: 1, checked: false } }
name: Garden Mischke
text: { en: Take 12 rakes., ar: خذ 12 مجرفة. }
claims: [{ text: { en: It is heavy. }, cites: [book] }]
cites: [book]
state: live
alive: { date: "2025-01", source: The gardeners }
designation: { cleared: { date: "2025-01", source: The gardeners, until: 2030-03-01 } }
through: [rake-club]
advice: { inside: [water-a-bed] }
guide: watering
song: rain
checked: 2025-03-01
until: 2030-01-01
sources: [{ id: book, name: A book about gardens }]
`;
const songFile = `---
title: Rain
description: A song about the rain that falls on all gardens.
state: live
version: 2
touches: [safety]
published: 2025-01-01
checked: 2025-03-01
sources: [{ id: book, name: A book about gardens }]
---

It rains. <Source id="book" />
`;
const sungFile = songFile
  .replace('touches: [safety]', 'translation: { of: 1, checked: false }')
  .replace(/^It rains\./m, 'تمطر.')
  .replace('title: Rain', 'title: مطر')
  .replace(/description: .*/, 'description: أغنية عن المطر الذي يسقط على جميع الحدائق في الصيف.');

const [record, song, sung] = ['kits/first.yaml', 'songs/en/rain.mdx', 'songs/ar/rain.mdx'];
const sound: Changes = { [record]: kitFile, [song]: songFile, [sung]: sungFile };
const inKit = (from: string, to: string): Changes => ({
  ...sound,
  [record]: swap(from, to)(kitFile),
});
const inSong = (from: string, to: string): Changes => ({
  ...sound,
  [song]: swap(from, to)(songFile),
});
const inSung = (from: string, to: string): Changes => ({
  ...sound,
  [sung]: swap(from, to)(sungFile),
});

interface Added {
  kits: { slug: string; data: z.output<ReturnType<typeof kit>> }[];
  songs: { slug: string }[];
}
async function read(changes: Changes = sound) {
  const campaign = await readCampaign(changeGarden(changes), 'the-campaign');
  return { ...campaign, added: campaign.entries as unknown as Added };
}
const faultsOf = (changes: Changes): Promise<string> =>
  read(changes).then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );

beforeAll(() => {
  Object.assign(collections, { kits, songs });
});

describe('a collection that is added to the table alone', () => {
  const unverified = swap('state: live', 'state: archived');
  test.each<[name: string, changes: Changes, expected: string[]]>([
    ['its schema', inKit('state: live', 'state: alive'), [`${record}:7`, 'did you mean "live"?']],
    ['its names', { ...sound, 'kits/First.yaml': kitFile }, ['the name "First"']],
    ['its endings', { ...sound, 'kits/b.yml': kitFile }, ['expected  kits/<name>.yaml']],
    [
      'versions of translations',
      inKit('of: 1', 'of: 9'),
      [`${record}:2`, 'translations.ar.of', 'at most 2'],
    ],
    [
      'records that do not exist',
      inKit('[rake-club]', '[rake-clb]'),
      [`${record}:10`, 'field "through.0"', 'one of the initiatives', 'did you mean "rake-club"?'],
    ],
    [
      'nested names',
      inKit('[water-a-bed]', '[dig]'),
      ['field "advice.inside.0"', 'add the action, or take the name out'],
    ],
    ['single names', inKit('guide: watering', 'guide: wet'), ['field "guide"', 'of the guides']],
    ['names of other added ones', inKit('song: rain', 'song: ran'), ['did you mean "rain"?']],
    [
      'what is printed, but not live',
      inKit('[water-a-bed]', '[plant-mint]'),
      ['"plant-mint", which is archived', 'an action that is live'],
    ],
    [
      'what is offered through something past',
      { ...sound, 'initiatives/rake-club.yaml': unverified },
      [record, '"rake-club", which is archived', 'since the kit is offered'],
    ],
    [
      'what is printed, but costs money',
      {
        ...sound,
        'actions/water-a-bed.yaml': (yaml) =>
          `${yaml}risk: { payer: wet-feet, recipient: wet-feet }\n`,
      },
      [`${record}:11`, '"water-a-bed", for which one pays', 'an action without money'],
    ],
    [
      'what takes money without a word on it',
      {
        ...sound,
        'initiatives/rake-club.yaml': swap(
          'cost: free',
          'cost: money\nrisk: { payer: wet-feet, recipient: wet-feet }',
        ),
      },
      [`${record}:10`, '"rake-club", which takes money', '"pays: false"'],
    ],
    [
      'what is called free though it is of something banned',
      inKit('guide: watering', 'guide: watering\nof: rake-club'),
      [`${record}:9`, 'since initiatives/rake-club.yaml is unknown'],
    ],
    [
      'what belongs to one entry only',
      { ...sound, 'kits/second.yaml': kitFile },
      ['kits/second.yaml:10', 'field "through.0"', 'a value that no other kit has', record],
    ],
    ['citations', inKit('cites: [book] }]', 'cites: [bok] }]'), ['field "claims.0.cites.0"']],
    ['uncited sources', inKit('id: book, ', ''), ['a source without an id']],
    [
      'kinds of bans',
      inKit(
        '{ cleared: { date: "2025-01", source: The gardeners, until: 2030-03-01 } }',
        '{ decisions: [{ kind: weed, source: { name: List }, until: 2030-03-01 }] }',
      ),
      ['field "designation.decisions.0.kind"', 'did you mean "weeds"?'],
    ],
    ['numbers', inKit('خذ 12', 'خذ 13'), ['field "text"', 'numbers that differ']],
    ['quotes and dashes', inKit('12 rakes', "12 'rakes'"), [`${record}:4`, 'field "text.en"']],
    ['fields of texts', inSong('state: live', 'state: alive'), [`${song}:4`]],
    ['languages of texts', { ...sound, 'songs/xx/rain.mdx': songFile }, ['the language "xx"']],
    [
      'fields that its translations share',
      inSung('version: 2', 'version: 2\norder: 7'),
      [`${sung}:`, 'field "order"', '100, as in'],
    ],
    ['versions of texts', inSung('of: 1', 'of: 9'), [`${sung}:6`, 'at most 2']],
    ['state of translations', inSung('state: live', 'state: archived'), [sung, '"archived"']],
    ['originals', inSung('translation: { of: 1, checked: false }\n', ''), ['two originals']],
    ['HTML in texts', inSong('It rains.', '<b>It rains.</b>'), [`${song}:12`]],
    ['citations of texts', inSong('<Source id="book" />', ''), ['which no sentence cites']],
    ['type of titles', inSong('title: Rain', 'title: "Rain - again"'), ['field "title"']],
    ['type of texts', inSong('It rains', 'It "rains"'), [`${song}:12`]],
  ])('is checked for %s', async (_name, changes, expected) => {
    const message = await faultsOf(changes);
    for (const part of expected) expect(message).toContain(part);
  });

  test('is read whole', async () => {
    const { added } = await read();
    expect(added.kits.map(({ slug }) => slug)).toEqual(['first']);
    expect(added.kits[0]!.data).toMatchObject({
      state: 'live',
      designation: { status: 'none', expired: false },
      advice: { inside: ['water-a-bed'] },
    });
    expect(added.songs).toHaveLength(2);
  });

  test('moves the day of a draft, also after the build', async () => {
    const late = inKit('checked: 2025-03-01', 'checked: 2029-12-31');
    const { entries } = await read(late);
    expect(entries.initiatives[0]!.data.state).toBe('unverified');
    const {
      entries: { sites: register },
    } = readRecords(changeGarden(late), 'the-campaign');
    expect(register.find(({ slug }) => slug === 'rakes')!.data.state).toBe('unverified');
  });

  test('is among what the feeds of the next edition are compared with', async () => {
    const states = listStates((await read()).entries);
    expect(states.get('kits/first')).toMatch(/^2\/live\/(designated|none|unknown)/);
    expect(states.get('songs/en/rain')).toBe('2/live');
  });

  test('grows old: it expires, is not called live, follows what it names, and goes after its end', async () => {
    const dataOf = async (changes: Changes) => (await read(changes)).added.kits[0]?.data;
    const expired = inKit('until: 2030-03-01', 'until: 2025-03-01');
    expect((await dataOf(expired))?.designation).toMatchObject({
      status: 'unknown',
      expired: true,
    });
    const silent = inKit('alive: { date: "2025-01"', 'alive: { date: "2023-01"');
    expect((await dataOf(silent))?.state).toBe('unverified');
    const silentClub = {
      ...sound,
      'initiatives/rake-club.yaml': swap('alive: { date: "2025-01"', 'alive: { date: "2023-01"'),
    };
    expect(await dataOf(silentClub)).toMatchObject({ state: 'unverified', advice: { inside: [] } });
    expect(await dataOf(inKit('until: 2030-01-01', 'until: 2025-03-01'))).toBeUndefined();
  });

  test('has its texts and names looked up, and is shown to whoever signs', async () => {
    const { entries, site, siteSource } = await read();
    expect(listSharedNames(entries)).toContain('Garden Mischke');
    const texts = listWrittenTexts(entries, site, siteSource).map(({ file, text }) => [file, text]);
    expect(texts).toContainEqual([record, 'Take 12 rakes.']);
    expect(texts).toContainEqual([song, 'Rain']);
    expect(texts.some(([file, text]) => file === song && text?.startsWith('It rains.'))).toBe(true);
    const lines = listUnchecked(changeGarden(sound));
    expect(lines).toContain('  kits in ar: 1 of 1');
    expect(lines).toContain(`  ${sung}: safety; the original is 1 ahead`);
  });

  test('has a loader, which fills its store', async () => {
    vi.stubEnv('CONTENT_DIR', changeGarden(sound));
    vi.doMock('astro:content', () => ({ defineCollection: (parts: unknown) => parts }));
    const config = await import('../../src/content.config.ts');
    expect(Object.keys(config.collections).sort()).toEqual(
      ['site', 'editions', ...Object.keys(collections)].sort(),
    );
    const loaders = config.collections as unknown as Record<string, { loader: Loader }>;
    const stored: unknown[] = [];
    const store = { clear: () => {}, set: (entry: unknown) => stored.push(entry) };
    await loaders['kits']?.loader.load({ store } as unknown as Parameters<Loader['load']>[0]);
    expect(stored).toMatchObject([{ id: 'first', data: { file: record, name: 'Garden Mischke' } }]);
  });
});

test('each page that the table names has a route, and each route below a language a row', () => {
  const routes = readdirSync('src/pages/[lang]', { withFileTypes: true })
    .filter((item) => item.isDirectory() && item.name !== 'asked') // the actions of an update
    .map(({ name }) => name);
  // The rows of this test have no page.
  const pages = Object.values(collections).flatMap(({ page }) => page ?? []);
  expect(pages.sort()).toEqual(routes.sort());
});

test('a row that leaves out what its schema has does not compile', () => {
  type Row = Facts<z.output<ReturnType<typeof guide>> & { alive?: string; notices: Names }>;
  type Names = DataOf<'actions'>['notices'];
  const row = {
    ...songs,
    dates: { ...songs.dates, needsLife: true },
    relations: { 'notices.*': { to: 'notices' } },
  } as const satisfies Row;
  // @ts-expect-error: what has `alive` needs a sign of life
  ({ ...row, dates: songs.dates }) satisfies Row;
  // @ts-expect-error: nothing says where the names in `notices` lead
  ({ ...row, relations: {} }) satisfies Row;
  // @ts-expect-error: nothing says what becomes of it when the action is not live
  ({ ...row, relations: { 'notices.*': { to: 'actions' } } }) satisfies Row;
  // @ts-expect-error: texts say by themselves what they touch
  ({ ...row, touches: 'never' }) satisfies Row;
  // @ts-expect-error: the schema has no versions side by side
  ({ ...row, versioned: true }) satisfies Row;
  // @ts-expect-error: the schema has no designation
  ({ ...row, dates: { ...row.dates, expires: true } }) satisfies Row;
  expect(row.form).toBe('texts');
});
