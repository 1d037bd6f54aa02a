import { writeFileSync } from 'node:fs';
import { UserError } from '../../kit/core/text/user-error.ts';

/** One thing that is wrong in a campaign, in words for its editor. */
export interface Fault {
  /**
   * Path of the file, as its editor knows it (below the campaign folder, or a built page where the
   * source is not known).
   */
  file: string;
  line?: number | undefined;
  /** The field or thing that is meant, where the file alone does not say it: `field "state"`. */
  where?: string | undefined;
  found: string;
  /** The built page on which it was seen, where its file is a source. */
  page?: string | undefined;
  expected: string;
  /** What to do about it, in the imperative. */
  fix: string;
  /** The tag, where what is wrong is a language that `site.yaml` does not have. */
  unknownLanguage?: string | undefined;
}

/** More than this nobody reads at once; most of them then have one cause. */
export const maxShown = 40;

/**
 * All faults as one text, sorted by file and line, each once: a text that several pages show has
 * its fault on each of them. `context` says what was being looked at.
 * @param most how many are shown whole
 */
export function formatFaults(all: readonly Fault[], context: string, most = maxShown): string {
  const faults = mergePages(all);
  const sorted = faults.toSorted((a, b) =>
    a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) : a.file < b.file ? -1 : 1,
  );
  const blocks = sorted
    .slice(0, most)
    .map(({ file, line, where, found, expected, fix }) =>
      [
        `${file}${line === undefined ? '' : `:${line}`}${where === undefined ? '' : `  ${where}`}`,
        `  found     ${found}`,
        `  expected  ${expected}`,
        `  to fix    ${fix}`,
      ].join('\n'),
    );
  const rest =
    faults.length > most ? `\n\n… and ${faults.length - most} more; fix these first` : '';
  return (
    `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'} in ` +
    `${context}\n\n${blocks.join('\n\n')}${rest}\n`
  );
}

/**
 * Faults that differ by their page alone become one, which names the first and counts the others.
 */
function mergePages(faults: readonly Fault[]): Fault[] {
  const same = Map.groupBy(faults, ({ page: _, ...fault }) => JSON.stringify(fault));
  return [...same.values()].flatMap(([fault, ...others]): Fault[] => {
    if (!fault) return [];
    const pages = new Set([fault, ...others].flatMap(({ page }) => page ?? []));
    const [first] = [...pages].sort();
    if (first === undefined) return [fault];
    const more = pages.size - 1;
    const rest = more === 0 ? '' : ` and ${more} other ${more === 1 ? 'page' : 'pages'}`;
    return [{ ...fault, found: `${fault.found}, in ${first}${rest}` }];
  });
}

/**
 * Thrown where a campaign cannot be built. The build runs in a process of its own, whose messages
 * come with stack traces; so the faults also go to the file that FAULT_REPORT names, and the
 * command that started the build prints that instead.
 */
export class CampaignError extends UserError {
  override name = 'CampaignError';
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[], context: string) {
    const text = formatFaults(faults, context);
    const report = process.env['FAULT_REPORT'];
    // Astro prints the message too, with VERBOSE=1: the faults are read once.
    super(report ? (text.split('\n')[0] ?? '') : text);
    this.faults = faults;
    if (report) writeFileSync(report, text);
  }
}

/** Of several names the one that is most like `name`, or undefined: for "did you mean". */
export function findNearest(name: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of names) {
    const distance = countEdits(name, candidate, least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Levenshtein's distance (1966), given up where it must reach `most`. */
function countEdits(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) return most;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return row[b.length] ?? most;
}

/**
 * What a parser of the mirror's formats says: where in its file, and a sentence with what it found
 * and expected.
 */
interface FormatError extends Error {
  readonly line?: number | undefined;
}

/** The sentence of a parser as a fault of the file that it has read. */
export function describeFormat(file: string, { message, line }: FormatError, fix: string): Fault {
  const sentence = message.replace(/^(?:EDITION\.txt|SHA256SUMS)(?:, line \d+)?: |\.$/g, '');
  const [, found = sentence, expected = 'a file as our commands and minisign write it'] =
    /^([^]*?)[,;:] expected ([^]*)$/.exec(sentence) ?? [];
  return { file, ...(line !== undefined && { line }), found, expected, fix };
}
