import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '../programs.ts';
import { runReader } from '../readers/run-reader.ts';

/** A program by which people keep days. */
export interface CalendarProgram {
  name: string;
  needs: readonly Program[];
  version: (scratch: string) => Promise<string>;
  /**
   * Takes a calendar in and lists a year of it.
   * @param file the calendar
   * @param scratch an empty folder for everything that it writes
   * @returns a line for each day: `2027-05-01 Garden week begins`
   */
  list: (file: string, year: number, scratch: string) => Promise<string[]>;
}

const khal: CalendarProgram = {
  name: 'khal',
  needs: [{ command: 'khal', debian: 'khal' }],
  version: async (scratch) => (await runReader('khal', ['--version'], scratch)).trim(),
  list: async (file, year, scratch) => {
    const days = join(scratch, 'days');
    mkdirSync(days);
    const settings = join(scratch, 'khal.conf');
    const formats = ['dateformat', 'longdateformat'].map((name) => `${name} = %Y-%m-%d`);
    const timed = ['datetimeformat', 'longdatetimeformat'].map(
      (name) => `${name} = %Y-%m-%d %H:%M`,
    );
    writeFileSync(
      settings,
      [
        '[calendars]',
        '[[days]]',
        `path = ${days}`,
        '[locale]',
        'timeformat = %H:%M',
        ...formats,
        ...timed,
        '[sqlite]',
        `path = ${join(scratch, 'khal.db')}`,
        '',
      ].join('\n'),
    );
    await runReader('khal', ['-c', settings, 'import', '--batch', '-a', 'days', file], scratch);
    const range = [`${year}-01-01`, `${year}-12-31`];
    const words = ['list', '--day-format', '', '--format', '{start-date} {title}', ...range];
    const listed = await runReader('khal', ['-c', settings, ...words], scratch);
    return listed.split('\n').filter((line) => line.trim() !== '');
  },
};

const calcurse: CalendarProgram = {
  name: 'calcurse',
  needs: [{ command: 'calcurse', debian: 'calcurse' }],
  version: async (scratch) =>
    /calcurse \S+/i.exec(await runReader('calcurse', ['--version'], scratch))?.[0] ?? 'calcurse',
  list: async (file, year, scratch) => {
    const own = ['-D', join(scratch, 'calcurse')];
    await runReader('calcurse', [...own, '-q', '-i', file], scratch);
    const listed = await runReader(
      'calcurse',
      [
        ...own,
        '-Q',
        ...['--input-datefmt', '4', '--output-datefmt', '%Y-%m-%d'],
        ...['--from', `${year}-01-01`, '--to', `${year}-12-31`],
        ...['--format-recur-event', '- %m\\n', '--format-event', '- %m\\n'],
      ],
      scratch,
    );
    // A line for the day, then one for each of its entries.
    let day = '';
    return listed.split('\n').flatMap((line) => {
      if (/^\d{4}-\d\d-\d\d:/.test(line)) day = line.slice(0, 10);
      return line.startsWith('- ') ? [`${day} ${line.slice(2)}`] : [];
    });
  },
};

/** In the order of the table. */
export const allCalendarPrograms: readonly CalendarProgram[] = [khal, calcurse];
