import type { Draft, Edition } from '../../kit/core/edition/edition.ts';
import { recordsOf, textsOf, type Entries, type Entry } from '../schema/entries.ts';
import type { Fault } from '../read/fault.ts';

/**
 * Checks that no day of the past lies after the day from which it is reported: after `checked` of its
 * own file, since nobody has read a source that was not there yet, and after the date of the
 * edition that is built. A build has no clock (its bytes and its verdict are the same at any time),
 * so `checked` of a draft has no limit; the edition that follows has one. Attack: `checked` in 2031
 * lets a page look looked after for years; in a record it also moves the day of a draft.
 */
export function checkDates(entries: Entries, build: Edition | Draft): Fault[] {
  return [...textsOf(entries), ...recordsOf(entries)].flatMap((entry) => checkEntry(entry, build));
}

function checkEntry({ file, data, lineOf }: Entry, build: Edition | Draft): Fault[] {
  const checked = 'checked' in data ? data.checked : undefined;
  const edition = 'of' in build ? undefined : build;
  return [...listPastDates(data)].flatMap(({ path, date }): Fault[] => {
    const report = (limit: string, of: string, fix: string): Fault[] => [
      {
        file,
        line: lineOf(path),
        where: `field "${path.join('.')}"`,
        found: date,
        expected: `at most ${limit}, ${of}`,
        fix,
      },
    ];
    const ofSource = path[0] !== 'checked' && path[0] !== 'published';
    if (checked !== undefined && ofSource && isAfter(date, checked))
      return report(
        checked,
        'the day "checked" of this file',
        'fix the date, or look at the source again and write that day as "checked"',
      );
    if (edition && isAfter(date, edition.date))
      return report(
        edition.date,
        `the date of edition ${edition.number}`,
        'fix the date: an edition cannot know what comes after it',
      );
    return [];
  });
}

interface PastDate {
  readonly path: readonly (string | number)[];
  readonly date: string;
}

/** Fields that say when something was, wherever they are; `until` does so of sources alone. */
const pastFields = new Set(['checked', 'published', 'since', 'date']);

/**
 * Days that are past when a file is written. `date` of the file itself is that of an event, which
 * can be announced.
 */
function* listPastDates(
  value: unknown,
  path: readonly (string | number)[] = [],
): Generator<PastDate> {
  if (typeof value === 'string') {
    const field = String(path.at(-1));
    const isPast =
      (field === 'date' ? path.length > 1 : pastFields.has(field)) ||
      (path[0] === 'sources' && field === 'until');
    if (isPast) yield { path, date: value };
  } else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* listPastDates(item, [...path, index]);
  else if (typeof value === 'object' && value !== null)
    for (const [name, item] of Object.entries(value)) yield* listPastDates(item, [...path, name]);
}

/** Whether a partial date begins after a day: 2026-05 does not after 2026-05-02. */
const isAfter = (date: string, day: string): boolean => date > day.slice(0, date.length);
