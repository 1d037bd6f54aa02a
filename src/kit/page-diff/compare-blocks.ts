import { compareSigns, compareTexts } from './compare-texts.ts';
import { listGaps, matchSequences, type Gap } from './diff-sequences.ts';
import { ContactSearch } from './find-contacts.ts';
import { nounOf } from './nouns.ts';
import type { PageChange } from './page-change.ts';
import type { Block, Place } from './page-content.ts';
import { tellBlock } from './tell-block.ts';

/** More than this many pairs of blocks are not tried for likeness, one by one. */
const maxPairs = 10_000;
/** More blocks than this that the known page has not are counted only. */
const maxAdded = 300;
/** Above, two blocks are one whose words were changed: the share of words in both, of those in either. */
const like = 0.4;

/** Compares the words of two pages, block by block, in bounded time, whatever the second page holds. */
export function compareBlocks(known: readonly Block[], seen: readonly Block[]): PageChange[] {
  const search = new ContactSearch();
  const places = new PlaceComparison();
  const matches = matchSequences(
    known.map(({ text }) => text),
    seen.map(({ text }) => text),
  );
  const changes: PageChange[] = [];
  for (const [a, b] of matches) {
    const [before, after] = [known[a], seen[b]];
    if (before && after)
      changes.push(...compareForms(before, after), ...places.compare(before, after));
  }
  const [gone, come]: [Block[], Block[]] = [[], []];
  for (const gap of listGaps(matches, known.length, seen.length)) {
    const { pairs, onlyKnown, onlySeen } = pairBlocks(known, seen, gap);
    for (const [before, after] of pairs)
      changes.push(
        ...compareTexts(before, after, search),
        ...compareForms(before, after),
        ...places.compare(before, after),
      );
    gone.push(...onlyKnown);
    for (const block of onlySeen) come.push(block);
  }
  const comeTexts = countTexts(come);
  const moved = countTexts(gone.filter(({ text }) => take(comeTexts, text)));
  const movedAway = new Map(moved);
  for (const block of gone)
    changes.push(
      ...tellBlock(block, take(movedAway, block.text) ? 'stands elsewhere' : 'is missing', search),
    );
  const added = come.filter(({ text }) => !take(moved, text));
  for (const block of added.slice(0, maxAdded))
    changes.push(...tellBlock(block, 'was added', search));
  if (added.length > maxAdded)
    changes.push({
      kind: 'text',
      what: `${added.length - maxAdded} more pieces of words were added`,
      before: undefined,
      after: added[maxAdded]?.text,
    });
  return changes;
}

/** Which of the blocks in a gap are the same with other words. */
function pairBlocks(
  known: readonly Block[],
  seen: readonly Block[],
  { aStart, aEnd, bStart, bEnd }: Gap,
): { pairs: [Block, Block][]; onlyKnown: Block[]; onlySeen: Block[] } {
  const [before, after] = [known.slice(aStart, aEnd), seen.slice(bStart, bEnd)];
  const pairs: [Block, Block][] = [];
  const onlyKnown: Block[] = [];
  const onlySeen: Block[] = [];
  const isSmall = before.length * after.length <= maxPairs;
  const bags = isSmall ? after.map(({ text }) => toWordSet(text)) : [];
  let next = 0;
  const passed: Block[] = [];
  /** Blocks between two pairs; where there are as many on each side, they stand for each other. */
  const settle = (between: readonly Block[]) => {
    if (passed.length === between.length)
      passed.forEach((block, at) => pairs.push([block, between[at] ?? block]));
    else {
      onlyKnown.push(...passed);
      for (const block of between) onlySeen.push(block); // one by one: a stranger's list can be too long for a call
    }
    passed.length = 0;
  };
  for (const block of before) {
    const words = isSmall ? toWordSet(block.text) : undefined;
    const at = words ? bags.findIndex((bag, index) => index >= next && isLike(words, bag)) : -1;
    const counterpart = after[at];
    if (!counterpart) {
      passed.push(block);
      continue;
    }
    settle(after.slice(next, at));
    pairs.push([block, counterpart]);
    next = at + 1;
  }
  settle(after.slice(next));
  return { pairs, onlyKnown, onlySeen };
}

const toWordSet = (text: string): ReadonlySet<string> =>
  new Set(text.slice(0, 2000).split(/[^\p{L}\p{M}\p{N}]+/u));
function isLike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const shared = a.intersection(b).size;
  return shared / (a.size + b.size - shared) >= like;
}

/** What two blocks of the same or nearly the same words are, how they look, and whether they are seen. */
function compareForms(known: Block, seen: Block): PageChange[] {
  const told = { before: known.text, after: seen.text } as const;
  const kind = known.warning ? 'warning' : 'structure';
  const changes: PageChange[] = compareSigns(known, seen);
  if (known.warning && !seen.warning)
    changes.push({
      kind,
      what: 'a warning has become plain words',
      before: known.text,
      after: undefined,
    });
  if (!known.warning && seen.warning)
    changes.push({
      kind: 'warning',
      what: 'plain words have become a warning',
      before: undefined,
      after: seen.text,
    });
  if (known.hidden !== seen.hidden)
    changes.push({
      kind,
      what: `${known.warning ? 'a warning' : nounOf(known)} is ${seen.hidden ? 'hidden' : 'no longer hidden'}`,
      before: known.text,
      after: undefined,
    });
  if (known.kind !== seen.kind)
    changes.push({
      kind: 'structure',
      what: `${nounOf(known)} has become ${nounOf(seen)}`,
      ...told,
      after: undefined,
    });
  if (changes.length === 0 && known.text === seen.text && known.form !== seen.form)
    changes.push({
      kind: 'structure',
      what: 'the same words are marked differently',
      before: known.form,
      after: seen.form,
    });
  return changes;
}

/** Compares the elements around words, and tells each difference once, not for all that stands in it. */
class PlaceComparison {
  readonly #told = new Set<Place | undefined>();

  compare(known: Block, seen: Block): PageChange[] {
    const [before, after] = [listPlaces(known.place), listPlaces(seen.place)];
    const at = before.findIndex((place, index) => place.tag !== after[index]?.tag);
    const [was, is] = at < 0 ? [undefined, after[before.length]] : [before[at], after[at]];
    if ((was ?? is) === undefined || this.#told.has(is ?? was)) return [];
    this.#told.add(is ?? was);
    const what =
      was === undefined
        ? 'words stand in one more element'
        : is === undefined
          ? 'words stand in one element less'
          : 'words stand in another element';
    return [{ kind: 'structure', what, before: was?.tag, after: is?.tag, context: seen.text }];
  }
}

/** Deeper ones than this are not told apart: browsers stop at 512. */
const deepest = 600;
function listPlaces(place: Place | undefined): Place[] {
  const places: Place[] = [];
  for (let at = place; at; at = at.above) if (at.depth <= deepest) places.push(at);
  return places.reverse();
}

function countTexts(blocks: readonly Block[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of blocks) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** Takes one of a text, if there is one left. */
function take(counts: Map<string, number>, text: string): boolean {
  const left = counts.get(text) ?? 0;
  if (left > 0) counts.set(text, left - 1);
  return left > 0;
}
