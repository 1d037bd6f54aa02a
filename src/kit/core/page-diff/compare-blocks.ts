import { listGaps, matchSequences, type Gap } from './align.ts';
import { compareSigns, compareTexts } from './compare-texts.ts';
import type { Block, Place } from './page-content.ts';
import { articleOf, nounOf, type PageChange } from './page-change.ts';
import { ContactSearch, describeConfusables } from '../text/unsafe-text.ts';

/** More pairs of blocks than this are not tried for likeness, one by one. */
const maxPairs = 10_000;
/** More blocks than this that the known page has not are counted only. */
const maxAdded = 300;
/** Two blocks are one that was changed if this share of the words in either is in both. */
const minLikeness = 0.4;

/** Compares the words of two pages, block by block, in bounded time whatever the second holds. */
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
    for (const block of onlySeen) come.push(block); // a stranger's list can be too long for a call
  }
  const comeTexts = countTexts(come);
  const moved = countTexts(gone.filter(({ text }) => take(comeTexts, text)));
  const movedAway = new Map(moved);
  for (const block of gone) {
    const how = take(movedAway, block.text) ? 'is in another place' : 'is missing';
    changes.push(...describeBlock(block, how, search));
  }
  const added = come.filter(({ text }) => !take(moved, text));
  for (const block of added.slice(0, maxAdded))
    changes.push(...describeBlock(block, 'was added', search));
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
  /** Blocks between two pairs; where each side has as many, they are in each other's place. */
  const settle = (between: readonly Block[]) => {
    if (passed.length === between.length)
      passed.forEach((block, at) => pairs.push([block, between[at] ?? block]));
    else {
      onlyKnown.push(...passed);
      for (const block of between) onlySeen.push(block); // as above
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
  return shared / (a.size + b.size - shared) >= minLikeness;
}

/** What two blocks of nearly the same words are, how they look, and whether they are seen. */
function compareForms(known: Block, seen: Block): PageChange[] {
  const kind = known.warning ? 'warning' : 'structure';
  const how = seen.hidden ? 'hidden' : 'no longer hidden';
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
      what: `${known.warning ? 'a warning' : nounOf(known)} is ${how}`,
      before: known.text,
      after: undefined,
    });
  if (known.kind !== seen.kind)
    changes.push({
      kind: 'structure',
      what: `${nounOf(known)} has become ${nounOf(seen)}`,
      before: known.text,
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

/** Compares the elements around words; reports each difference once, not for all words within. */
class PlaceComparison {
  readonly #reported = new Set<Place | undefined>();

  compare(known: Block, seen: Block): PageChange[] {
    const [before, after] = [listPlaces(known.place), listPlaces(seen.place)];
    const at = before.findIndex((place, index) => place.tag !== after[index]?.tag);
    const [was, is] = at < 0 ? [undefined, after[before.length]] : [before[at], after[at]];
    if ((was ?? is) === undefined || this.#reported.has(is ?? was)) return [];
    this.#reported.add(is ?? was);
    const what =
      was === undefined
        ? 'words are in one more element'
        : is === undefined
          ? 'words are in one element less'
          : 'words are in another element';
    return [{ kind: 'structure', what, before: was?.tag, after: is?.tag, context: seen.text }];
  }
}

/** The elements around words, from the outside in. */
function listPlaces(place: Place | undefined): Place[] {
  const places: Place[] = [];
  for (let at = place; at; at = at.above) places.push(at);
  return places.reverse();
}

/** What is said of a block that the other page does not have at all. */
function describeBlock(
  block: Block,
  how: 'is missing' | 'was added' | 'is in another place',
  search: ContactSearch,
): PageChange[] {
  const isMoved = how === 'is in another place';
  const sides = (text: string) => ({
    before: how === 'was added' ? undefined : text,
    after: how === 'is missing' ? undefined : text,
  });
  const contacts = search.find(block.text).map((contact): PageChange => {
    const text = block.text.slice(contact.start, contact.end);
    return {
      kind: contact.kind,
      what: `${articleOf(contact.what)} ${contact.what} ${how}`,
      ...sides(text),
      context: text === block.text ? undefined : block.text,
    };
  });
  const notes = how === 'was added' ? describeConfusables(undefined, block.text) : [];
  if (block.warning)
    return [
      ...contacts,
      { kind: 'warning', what: `a warning ${how}`, ...sides(block.text), notes },
    ];
  if (contacts.length > 0 && contacts.every(({ context }) => context === undefined))
    return contacts;
  const signs = (isMoved ? [] : block.signs).map((sign): PageChange => ({
    kind: 'warning',
    what: `a sign of danger ${how}`,
    ...sides(sign),
    context: block.text,
  }));
  const kind = isMoved ? 'structure' : /\p{N}/u.test(block.text) ? 'figure' : 'text';
  const noun = `${nounOf(block)}${kind === 'figure' ? ' with a number' : ''}`;
  const unseen = block.hidden && how === 'was added' ? ', hidden' : '';
  return [
    ...contacts,
    ...signs,
    { kind, what: `${noun} ${how}${unseen}`, ...sides(block.text), notes },
  ];
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
