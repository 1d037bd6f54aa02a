import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { allCalendarPrograms } from '../../scripts/lab/calendars/calendar-programs.ts';
import { explainMissing } from '../../scripts/lab/programs.ts';
import { checkCalendar, listDays } from '../../scripts/lab/run-calendars.ts';
import { makeFolder } from '../helpers/build.ts';

const calendar = readFileSync(join(inject('defaultSite'), 'be/calendar.ics'), 'utf8');

test('the days of a calendar are those of its text, in another year', () => {
  const days = listDays(calendar, 2031);
  expect(days.length).toBeGreaterThan(4);
  expect(days).toContain(
    '2031-08-04 Міжнародны дзень салідарнасці з грамадзянскай супольнасцю Беларусі',
  );
});

describe.each(allCalendarPrograms)('$name', (program) => {
  const left = explainMissing(program.needs) !== undefined;
  const check = async (text: string) =>
    (await checkCalendar(program, text, makeFolder('calendar-'))).failures;

  test.skipIf(left)('has each day of the file two years on, and no other', async () => {
    expect(await check(calendar)).toEqual([]);
  });

  test.skipIf(left)('is seen to lose a day that comes once', async () => {
    const once = calendar.replace('RRULE:FREQ=YEARLY\r\n', '');
    expect(await check(once)).toEqual([expect.stringMatching(/^".*" is not in /)]);
  });

  test.skipIf(left)('is seen to have a day that nobody wrote', async () => {
    const monthly = calendar.replace('RRULE:FREQ=YEARLY\r\n', 'RRULE:FREQ=MONTHLY\r\n');
    expect(await check(monthly)).toContainEqual(expect.stringMatching(/ is not in the file\.$/));
  });
});
