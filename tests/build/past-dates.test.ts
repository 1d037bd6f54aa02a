import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { findDay } from '../../src/campaign/apply-dates.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { buildInto, changeGarden, makeFolder, swap } from '../helpers/build.ts';
import { makeEdition } from '../helpers/editions.ts';
import { attribute, readSite } from '../helpers/site.ts';

/** The garden was last checked on 2 March 2025: the day that a draft of it speaks for. */
const lapsed = 'date: "2025-01", source: The gardeners, until: 2025-03-01 }';
const current = 'date: "2025-01", source: The gardeners, until: 2025-03-02 }';
const channel = (designation: string) => ({ 'sites/rakes-channel.yaml': swap('date: "2025-03", source: The gardeners, until: 2030-03-01 }', designation) });
const club = (status: string) => ({ 'initiatives/rake-club.yaml': swap('{ status: unknown }', `{ status: ${status}, ${lapsed}`) });

const designationsOf = async (changes: Parameters<typeof changeGarden>[0]) => {
  const { entries } = await readCampaign(changeGarden(changes), 'the-campaign');
  return { channel: entries.sites.find(({ id }) => id === 'rakes-channel')!.data.designation, club: entries.initiatives[0]!.data.designation };
};

describe('a designation', () => {
  test.each([
    ['"not banned" counts as unknown after its day', channel(lapsed), 'channel', { status: 'unknown', lapsed: true }],
    ['"not banned" holds on its day', channel(current), 'channel', { status: 'none', lapsed: false }],
    ['"banned" stays banned after its day, and says that it is old', club('designated'), 'club', { status: 'designated', lapsed: true }],
    ['"not known" cannot grow old', {}, 'club', { status: 'unknown', lapsed: false }],
  ] as const)('%s', async (_name, changes, which, expected) => {
    expect((await designationsOf(changes))[which]).toMatchObject(expected);
  });

  test('is measured by the date of the edition, not by later checks, nor by the clock', () => {
    const records = { sites: [], initiatives: [], actions: [{ data: { checked: '2025-03-02' } }] } as unknown as Parameters<typeof findDay>[1];
    expect(findDay(makeEdition(1, { date: '2024-05-06' }), records)).toBe('2024-05-06');
    expect(findDay({ campaign: 'garden', of: 1 }, records)).toBe('2025-03-02');
  });
});

describe('a build whose dates have passed', () => {
  let pages: ReturnType<typeof readSite>;
  const html = (path: string) => pages.find((page) => page.path === path)!.html;
  beforeAll(async () => {
    const out = join(makeFolder('past-'), 'dist');
    await buildInto(out, { CONTENT_DIR: changeGarden({ ...channel(lapsed), ...club('designated'), 'mirrors/shed.yaml': swap('until: 2025-09-01', 'until: 2025-03-01') }) });
    pages = readSite(out);
  });

  test('makes no link of an address that was free once', () => {
    const doors = pages.flatMap(({ elements }) => elements.filter((element) => attribute(element, 'href')?.startsWith('https://t.example/')));
    expect(doors).toEqual([]);
    expect(html('en/update/2023-frost.html')).toContain('another');
  });

  test('says what was known, when, and that nobody has looked again', () => {
    expect(html('en/initiative/rake-club.html')).toContain('since January 2025 (The gardeners)');
    expect(html('en/initiative/rake-club.html')).toContain('To be looked at again by 1 March 2025, and nobody has.');
  });

  test('does not list a mirror that it may not vouch for', () => {
    expect(html('en/mirrors.html')).not.toContain('shed.example');
  });
});
