import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { findDay } from '../../src/campaign/check/apply-dates.ts';
import { collectionNames } from '../../src/campaign/schema/collections.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { buildInto, changeGarden, makeFolder, swap } from '../helpers/build.ts';
import { makeEdition } from '../helpers/editions.ts';
import { attribute, readSite, withPlainSpaces } from '../helpers/site.ts';

/** The garden was last checked on 2 March 2025: the day that a draft of it speaks for. */
const expired = 'date: "2025-01", source: The gardeners, until: 2025-03-01 }';
const current = 'date: "2025-01", source: The gardeners, until: 2025-03-02 }';
const ban = (until: string) =>
  `{ decisions: [{ kind: weeds, date: "2025-01", source: { name: The gardeners }, until: ${until} }] }`;
const channel = (designation: string) => ({
  'sites/rakes-channel.yaml': swap(
    'date: "2025-03", source: The gardeners, until: 2030-03-01 }',
    designation,
  ),
});
const club = (until: string) => ({
  'initiatives/rake-club.yaml': swap('{ decisions: [] }', ban(until)),
});
const silent = (date: string) => ({
  'initiatives/rake-club.yaml': swap('alive: { date: "2025-01"', `alive: { date: "${date}"`),
});

const designationsOf = async (changes: Parameters<typeof changeGarden>[0]) => {
  const { entries } = await readCampaign(changeGarden(changes), 'the-campaign');
  return {
    channel: entries.sites.find(({ id }) => id === 'rakes-channel')!.data.designation,
    club: entries.initiatives[0]!.data.designation,
  };
};

describe('a designation', () => {
  test.each([
    [
      '"not banned" counts as unknown after its day',
      channel(expired),
      'channel',
      { status: 'unknown', expired: true },
    ],
    [
      '"not banned" holds on its day',
      channel(current),
      'channel',
      { status: 'none', expired: false },
    ],
    [
      '"banned" stays banned after its day, and says that it is old',
      club('2025-03-01'),
      'club',
      { status: 'designated', decisions: [{ expired: true }] },
    ],
    [
      '"banned" is as it was on its day',
      club('2025-03-02'),
      'club',
      { status: 'designated', decisions: [{ expired: false }] },
    ],
    ['"not known" cannot grow old', {}, 'club', { status: 'unknown', expired: false }],
  ] as const)('%s', async (_name, changes, which, expected) => {
    expect((await designationsOf(changes))[which]).toMatchObject(expected);
  });

  test('is measured by the date of the edition, not by later checks, nor by the clock', () => {
    const records = Object.fromEntries(
      collectionNames().map((name) => [
        name,
        name === 'actions' ? [{ data: { checked: '2025-03-02' } }] : [],
      ]),
    ) as unknown as Parameters<typeof findDay>[1];
    expect(findDay(makeEdition(1, { date: '2024-05-06' }), records)).toBe('2024-05-06');
    expect(findDay({ campaign: 'garden', of: 1 }, records)).toBe('2025-03-02');
  });
});

const statesOf = async (changes: Parameters<typeof changeGarden>[0]) => {
  const leaflet = readFileSync('tests/fixtures/leaflet.yaml', 'utf8');
  const { entries } = await readCampaign(
    changeGarden({ 'leaflets/mint.yaml': leaflet, ...changes }),
    'the-campaign',
  );
  const stateOf = (list: 'initiatives' | 'actions' | 'sites', name: string) =>
    entries[list].find(({ id }) => id === name)!.data.state;
  return [
    stateOf('initiatives', 'rake-club'),
    stateOf('actions', 'water-a-bed'),
    stateOf('sites', 'rakes'),
    entries.leaflets[0]!.data.actions.join(),
  ];
};

describe('what works', () => {
  test.each([
    [
      'is not verified any more after a year, nor is what goes through it, and no paper names that',
      silent('2024-03-01'),
      ['unverified', 'unverified', 'live', ''],
    ],
    [
      'counts a month from its first day',
      silent('2024-02'),
      ['unverified', 'unverified', 'live', ''],
    ],
    ['counts a year from its first day', silent('2024'), ['unverified', 'unverified', 'live', '']],
    [
      'is live to the day after a year',
      silent('2024-03-02'),
      ['live', 'live', 'live', 'water-a-bed'],
    ],
    [
      'has addresses that grow old by themselves',
      { 'sites/rakes.yaml': swap('2025-01', '2024-01') },
      ['live', 'live', 'unverified', 'water-a-bed'],
    ],
    [
      'makes an action no better than itself',
      { 'initiatives/rake-club.yaml': swap('state: live', 'state: unverified') },
      ['unverified', 'unverified', 'live', ''],
    ],
  ] as const)('%s', async (_name, changes, expected) => {
    expect(await statesOf(changes)).toEqual(expected);
  });
});

describe('a build whose dates have passed', () => {
  let pages: ReturnType<typeof readSite>;
  const html = (path: string) => withPlainSpaces(pages.find((page) => page.path === path)!.html);
  let out = '';
  beforeAll(async () => {
    out = join(makeFolder('past-'), 'dist');
    await buildInto(out, {
      CONTENT_DIR: changeGarden({
        ...channel(expired),
        ...club('2025-03-01'),
        'actions/water-a-bed.yaml': swap(
          'notices:',
          'risk: { payer: wet-feet, recipient: wet-feet }\nnotices:',
        ),
        'mirrors/shed.yaml': swap('until: 2025-09-01', 'until: 2025-03-01'),
      }),
    });
    pages = readSite(out);
  });

  test('makes no link of an address that was free once', () => {
    const outside = pages.flatMap(({ elements }) =>
      elements.filter((element) => attribute(element, 'href')?.startsWith('https://t.example/')),
    );
    expect(outside).toEqual([]);
    expect(html('en/update/2023/frost.html')).toContain('another');
  });

  test('says what was known, when, and that nobody has looked again', () => {
    expect(html('en/initiative/rake-club.html')).toContain(
      'Banned: a list of weeds, since January 2025 (The gardeners).',
    );
    expect(html('en/initiative/rake-club.html')).toContain(
      'To be looked at again by 1 March 2025, and nobody has.',
    );
  });

  test('shows the sign of life and what money can cost: in short in lists, whole in texts and the feed', () => {
    const short = [' last seen active: January 2025', 'Who pays:', 'Who receives:', 'Not at noon.'];
    const whole = [
      'Who waters at noon has been fined.',
      'The gardeners (January 2025)',
      'Compare the address before you pay.',
    ];
    const feed = readFileSync(join(out, 'en/feed.xml'), 'utf8');
    for (const path of ['actions', 'guide/watering', 'action/water-a-bed'])
      for (const words of short) expect(html(`en/${path}.html`)).toContain(words);
    for (const text of [html('en/action/water-a-bed.html'), html('en/guide/watering.html'), feed])
      for (const words of whole) expect(text).toContain(words);
    expect(html('en/actions.html')).toContain('href="action/water-a-bed.html"');
    expect(html('en/initiative/rake-club.html')).toContain(
      'Last sign of life: January 2025 (The gardeners).',
    );
  });

  test('does not list a mirror that it may not vouch for', () => {
    expect(html('en/mirrors.html')).not.toContain('shed.example');
  });
});
