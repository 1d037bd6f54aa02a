import { expect, describe, test } from 'vitest';
import { checkDates } from '../../src/campaign/check/check-dates.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import type { Edition } from '../../src/kit/core/edition/edition.ts';
import { changeGarden, swap, type Changes } from '../helpers/build.ts';

const report = (changes: Changes): Promise<string> =>
  readCampaign(changeGarden(changes), 'the-campaign').then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );
const watering = 'guides/en/watering.mdx';
const club = 'initiatives/rake-club.yaml';

describe('a day after the one on which the file was checked is refused:', () => {
  test.each<[what: string, changes: Changes, place: RegExp]>([
    [
      'of a source',
      { [watering]: swap('date: "2020"', 'date: "2025-03-03"') },
      /watering\.mdx:\d+ {2}field "sources\.0\.date"/,
    ],
    [
      'of the end of a source',
      { [watering]: swap('date: "2020"', 'date: "2020", until: "2025-04"') },
      /watering\.mdx:\d+ {2}field "sources\.0\.until"/,
    ],
    [
      'of a sign of life',
      { [club]: swap('alive: { date: "2025-01"', 'alive: { date: "2025-04"') },
      /rake-club\.yaml:\d+ {2}field "alive\.date"/,
    ],
    [
      'of a decision',
      {
        [club]: swap(
          '{ decisions: [] }',
          '{ decisions: [{ kind: weeds, date: "2026", source: { name: The gardeners }, until: 2030-03-01 }] }',
        ),
      },
      /rake-club\.yaml:\d+ {2}field "designation\.decisions\.0\.date"/,
    ],
  ])('%s', async (_, changes, place) => {
    const message = await report(changes);
    expect(message).toMatch(place);
    expect(message).toMatch(/expected {2}at most 2025-\d\d-\d\d, the day "checked" of this file/);
  });
});

test('a month or year that has begun on that day, a later publication, and an event that is announced, are none', async () => {
  expect(
    await report({
      [club]: swap('alive: { date: "2025-01"', 'alive: { date: "2025-03"'),
      [watering]: swap('published: 2025-03-01', 'published: 2025-03-09'),
      'dates/frost.yaml': (yaml) => yaml.replace(/^(date|until): "2023/gm, '$1: "2031'),
    }),
  ).toBe('nothing was refused');
});

describe('against the edition that is built', () => {
  const check = async (date: string): Promise<string[]> => {
    const { entries } = await readCampaign(changeGarden({}), 'the-campaign');
    return checkDates(entries, { number: 4, date } as Edition).map(
      ({ file, where, found, expected }) => `${file} ${where} ${found} ${expected}`,
    );
  };

  test('what was checked after its date is refused, in texts, records and mirrors', async () => {
    const faults = (await check('2024-06-01')).join('\n');
    expect(faults).toContain(
      `${watering} field "checked" 2025-03-02 at most 2024-06-01, the date of edition 4`,
    );
    expect(faults).toMatch(/initiatives\/rake-club\.yaml field "checked"/);
  });

  test('what was checked on its day is none', async () => {
    expect(await check('2025-03-02')).toEqual([]);
  });
});
