import { selectChapters, type Chapter, type ChapterPart } from './chapters.ts';

/** What goes into a file that holds many pages. */
export interface Selection {
  parts: readonly ChapterPart[];
  /** Whether everything that belongs into the file has found room in it. */
  isWhole: boolean;
}

/** The part that grows for as long as a campaign goes on: what does not fit is left out of it. */
const growing: ChapterPart['group'] = 'update';

/** Room for what the first estimate does not know: contents, markup, what packs less well. */
const spare = 0.95;

/**
 * Prints a file with as many chapters as fit. A campaign that goes on for years has more news than
 * such a file may have bytes: the last in the order of reading, which are the oldest, stay out.
 * Everything else is in it, or the file is too large.
 * @param print gives the file for a selection
 * @param limit the bytes that it may have, and the most bytes of words that each may stand for
 */
export function printWithin<T extends { readonly length: number }>(
  parts: readonly ChapterPart[],
  { maxBytes, packing }: { maxBytes: number; packing: number },
  print: (selection: Selection) => T,
): T {
  const [steady, news] = [false, true].map((grows) =>
    parts.filter(({ group }) => (group === growing) === grows).flatMap(({ chapters }) => chapters),
  ) as [Chapter[], Chapter[]];
  const total = sumBytes([...steady, ...news]);
  // Many thousand pages are not printed to be thrown away.
  let room = Math.min(total, packing * maxBytes);
  for (;;) {
    const fitting = takeWithin(news, room - sumBytes(steady));
    const isWhole = fitting.length === news.length;
    const kept = new Set([...steady, ...fitting]);
    const made = print({ parts: selectChapters(parts, (one) => kept.has(one)), isWhole });
    if (made.length <= maxBytes || fitting.length === 0) return made;
    room = Math.floor(room * (maxBytes / made.length) * spare);
  }
}

const sumBytes = (chapters: readonly Chapter[]): number =>
  chapters.reduce((sum, { bytes }) => sum + bytes, 0);

/** The first chapters whose words have so many bytes at most. */
function takeWithin(chapters: readonly Chapter[], room: number): readonly Chapter[] {
  let used = 0;
  const end = chapters.findIndex(({ bytes }) => (used += bytes) > room);
  return end === -1 ? chapters : chapters.slice(0, end);
}
