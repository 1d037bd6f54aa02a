/** Pairs of places, one in each of two lists, that hold the same; both ascend. */
export type Matches = readonly (readonly [a: number, b: number])[];

/**
 * A part of one list in the place of a part of the other; either can be empty. Ends are outside.
 */
export interface Gap {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

/**
 * The work that a comparison may take: its time grows with this times the length, its memory with
 * the square.
 */
const maxEdits = 500;

/**
 * What two lists have in common, in order: the longest such (Myers, "An O(ND) Difference
 * Algorithm", 1986) up to 500 edits; beyond these only what each has once (patience diff), in
 * linear time but for a logarithm.
 */
export function matchSequences(a: readonly string[], b: readonly string[]): Matches {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let [aEnd, bEnd] = [a.length, b.length];
  while (aEnd > start && bEnd > start && a[aEnd - 1] === b[bEnd - 1])
    [aEnd, bEnd] = [aEnd - 1, bEnd - 1];
  const [aMiddle, bMiddle] = [a.slice(start, aEnd), b.slice(start, bEnd)];
  const middle = matchShortest(aMiddle, bMiddle) ?? matchUnique(aMiddle, bMiddle);
  return [
    ...Array.from({ length: start }, (_, at) => [at, at] as const),
    ...middle.map(([x, y]) => [x + start, y + start] as const),
    ...Array.from({ length: a.length - aEnd }, (_, at) => [aEnd + at, bEnd + at] as const),
  ];
}

/** What lies between the matches. */
export function listGaps(matches: Matches, aLength: number, bLength: number): Gap[] {
  const gaps: Gap[] = [];
  let [aStart, bStart] = [0, 0];
  for (const [aEnd, bEnd] of [...matches, [aLength, bLength] as const]) {
    if (aEnd > aStart || bEnd > bStart) gaps.push({ aStart, aEnd, bStart, bEnd });
    [aStart, bStart] = [aEnd + 1, bEnd + 1];
  }
  return gaps;
}

/** Undefined if there are more edits than allowed. */
function matchShortest(a: readonly string[], b: readonly string[]): Matches | undefined {
  if (Math.abs(a.length - b.length) > maxEdits) return undefined;
  /** By number of edits, how far in `a` one gets on each diagonal (x − y), −edits to edits. */
  const reached: Int32Array[] = [];
  const at = (edits: number, diagonal: number): number =>
    Math.abs(diagonal) > edits ? -1 : (reached[edits]?.[diagonal + edits] ?? -1);
  /** How far one gets by one more edit, leaving out of `b` (down) or of `a`; -1 if not at all. */
  const stepDown = (edits: number, diagonal: number): number =>
    at(edits - 1, diagonal + 1) - diagonal > b.length ? -1 : at(edits - 1, diagonal + 1);
  const stepRight = (edits: number, diagonal: number): number => {
    const from = at(edits - 1, diagonal - 1);
    return from < 0 || from >= a.length ? -1 : from + 1;
  };
  for (let edits = 0; edits <= Math.min(maxEdits, a.length + b.length); edits++) {
    const row = new Int32Array(2 * edits + 1).fill(-1);
    reached.push(row);
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = edits === 0 ? 0 : Math.max(stepDown(edits, diagonal), stepRight(edits, diagonal));
      if (x < 0) continue;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      row[diagonal + edits] = x;
      if (x === a.length && x - diagonal === b.length) return walkBack(edits, x, diagonal);
    }
  }
  return undefined;

  function walkBack(edits: number, end: number, last: number): Matches {
    const matches: [number, number][] = [];
    for (let [x, diagonal, left] = [end, last, edits]; left >= 0; left--) {
      const [down, right] =
        left === 0 ? [0, 0] : [stepDown(left, diagonal), stepRight(left, diagonal)];
      while (x > Math.max(down, right)) matches.push([x - 1, --x - diagonal]);
      diagonal += down >= right ? 1 : -1;
      x = at(left - 1, diagonal);
    }
    return matches.reverse();
  }
}

/** The longest row of what each list has once, in the same order. */
function matchUnique(a: readonly string[], b: readonly string[]): Matches {
  const placesIn = (list: readonly string[]): Map<string, number> => {
    const places = new Map<string, number>();
    list.forEach((item, place) => places.set(item, places.has(item) ? -1 : place));
    return places;
  };
  const [inA, inB] = [placesIn(a), placesIn(b)];
  /** Ends of rows, by length; each knows the row before it. */
  const ends: {
    pair: readonly [number, number];
    before: { pair: readonly [number, number] } | undefined;
  }[] = [];
  for (const [item, x] of inA) {
    const y = inB.get(item) ?? -1;
    if (x < 0 || y < 0) continue;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle]?.pair[1] ?? 0) < y) low = middle + 1;
      else high = middle;
    }
    ends[low] = { pair: [x, y], before: ends[low - 1] };
  }
  const row: (readonly [number, number])[] = [];
  for (
    let end: { pair: readonly [number, number]; before?: unknown } | undefined = ends.at(-1);
    end;
    end = end.before as typeof end
  )
    row.push(end.pair);
  return row.reverse();
}
