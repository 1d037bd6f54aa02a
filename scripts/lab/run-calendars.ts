import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CalendarProgram } from './calendars/calendar-programs.ts';
import { CheckFindings, type CheckResult, type Row, type Table } from './report.ts';
import { runRow } from './run-row.ts';
import { decode, type StaticSite } from './site.ts';

const columns = ['days'] as const;

/**
 * The days of a calendar in a year, as its text has them: `2027-05-01 Garden week begins`. Read by
 * a few lines of its own: a mistake in the module that writes calendars must be seen.
 */
export function listDays(calendar: string, year: number): string[] {
  const lines = calendar.replaceAll('\r\n ', '').split('\r\n');
  const valueOf = (event: readonly string[], name: string): string =>
    event
      .find((line) => line.startsWith(name))
      ?.replace(/^[^:]*:/, '')
      .replace(/\\(.)/g, '$1') ?? '';
  const starts = lines.flatMap((line, index) => (line === 'BEGIN:VEVENT' ? [index] : []));
  return starts
    .map((start) => {
      const event = lines.slice(start, lines.indexOf('END:VEVENT', start));
      const [, month = '', day = ''] = /^\d{4}(\d\d)(\d\d)$/.exec(valueOf(event, 'DTSTART')) ?? [];
      return `${year}-${month}-${day} ${valueOf(event, 'SUMMARY')}`;
    })
    .sort();
}

/**
 * Takes a calendar into a program, and looks for each of its days two years after they begin, with
 * its whole title, and for no other.
 * @param scratch an empty folder
 */
export async function checkCalendar(
  program: CalendarProgram,
  calendar: string,
  scratch: string,
): Promise<CheckResult> {
  const findings = new CheckFindings();
  const file = join(scratch, 'calendar.ics');
  writeFileSync(file, calendar);
  const year = Number(/DTSTART;VALUE=DATE:(\d{4})/.exec(calendar)?.[1] ?? 0) + 2;
  const expected = listDays(calendar, year);
  if (expected.length === 0) findings.fail('the calendar has no day.');
  const listed = await program.list(file, year, scratch);
  for (const day of expected)
    if (!listed.includes(day)) findings.fail(`"${day}" is not in ${program.name}.`);
  for (const day of listed)
    if (!expected.includes(day)) findings.fail(`"${day}" of ${program.name} is not in the file.`);
  if (new Set(listed).size < listed.length) findings.fail(`${program.name} has a day twice.`);
  findings.figure = `${expected.length}`;
  return findings.result();
}

/** Takes the calendar of each language into each program. */
export async function runCalendars(
  programs: readonly CalendarProgram[],
  { files }: StaticSite,
  scratch: string,
  report: (line: string) => void,
): Promise<Table | undefined> {
  const calendars = [...files].filter(([path]) => path.endsWith('/calendar.ics'));
  if (calendars.length === 0 || programs.length === 0) return undefined;
  const rows: Row[] = [];
  for (const program of programs) {
    const { name, needs } = program;
    rows.push(
      await runRow({ name, needs, columns }, report, async () => {
        const all = new CheckFindings();
        const figures: string[] = [];
        for (const [path, bytes] of calendars) {
          const own = join(scratch, `${name}-${path.replaceAll('/', '-')}`);
          mkdirSync(own);
          const { failures, figure = '' } = await checkCalendar(program, decode(bytes), own);
          for (const failure of failures) all.fail(`${path}: ${failure}`);
          figures.push(figure);
        }
        all.figure = figures.join(' + ');
        return {
          name: await program.version(scratch),
          cells: new Map([['days', all.result()]]),
        };
      }),
    );
  }
  return { title: 'Calendars', kind: 'program', columns: [...columns], rows };
}
