import { listNumerals } from '../text/plain-characters.ts';
import { listGaps, matchSequences, type Matches } from './align.ts';
import type { Block } from './page-content.ts';
import { articleOf, nounOf, type ChangeKind, type PageChange } from './page-change.ts';
import { describeConfusables, type Contact, type ContactSearch } from '../text/unsafe-text.ts';

/** What differs between a block and the one in its place with other words. */
export function compareTexts(known: Block, seen: Block, search: ContactSearch): PageChange[] {
  const [inKnown, inSeen] = [search.find(known.text), search.find(seen.text)];
  if (known.text.length > maxLength || seen.text.length > maxLength)
    return describeLongTexts(known, seen, inSeen);
  const changes: PageChange[] = [];
  const add = (
    kind: ChangeKind,
    what: string,
    before: string | undefined,
    after: string | undefined,
    context?: string,
  ): void => {
    const notes = describeConfusables(before, after);
    changes.push({ kind, what, before, after, context, notes });
  };

  const words = new WordComparison(known.text, seen.text);
  let rest = words.changes;
  for (const contact of inKnown) {
    const now = words.follow(contact);
    if (!rest.some(({ before, after }) => touches(before, contact) || touches(after, now)))
      continue;
    rest = rest.filter(
      ({ before, after }) =>
        !touches(before, contact) && !(before.start === before.end && touches(after, now)),
    );
    const after = cut(seen.text, now);
    const how = after === undefined ? 'is missing' : 'is another one';
    add(contact.kind, `the ${contact.what} ${how}`, cut(known.text, contact), after);
  }
  for (const contact of inSeen) {
    if (!rest.some(({ after }) => touches(after, contact))) continue;
    const was = words.trace(contact);
    rest = rest.filter(({ after }) => !touches(after, contact));
    const what = `${articleOf(contact.what)} ${contact.what} was put in`;
    add(contact.kind, what, cut(known.text, was), cut(seen.text, contact), known.text);
  }

  const signs = compareSigns(known, seen);
  const others: WordChange[] = [];
  for (const change of rest) {
    const [before, after] = [cut(known.text, change.before), cut(seen.text, change.after)];
    if (signs.some((sign) => sign.before === before && sign.after === after)) continue; // reported
    const numerals = [before, after].map((text) => listNumerals(text ?? '').join(' '));
    if (known.warning || numerals[0] === numerals[1]) {
      others.push(change);
      continue;
    }
    const how = before === undefined ? 'was added' : after === undefined ? 'is missing' : 'differs';
    add('figure', `a number ${how}`, before, after, before === undefined ? seen.text : known.text);
  }
  if (others.length === 0) return changes;
  const [before, after] = [
    cut(known.text, hull(others.map(({ before }) => before))),
    cut(seen.text, hull(others.map(({ after }) => after))),
  ];
  changes.push({
    kind: known.warning ? 'warning' : 'text',
    what: `${known.warning ? 'a warning' : nounOf(known)} reads differently`,
    before: known.text,
    after: seen.text,
    notes: describeConfusables(before, after),
  });
  return changes;
}

/** Longer texts, in characters, are not compared word by word. */
const maxLength = 20_000;

function describeLongTexts(known: Block, seen: Block, contacts: readonly Contact[]): PageChange[] {
  const changes: PageChange[] = contacts.map((contact) => {
    const after = cut(seen.text, contact);
    return {
      kind: contact.kind,
      what: `${articleOf(contact.what)} ${contact.what} is in a text that is too long to compare`,
      before: undefined,
      after,
      notes: describeConfusables(undefined, after),
    };
  });
  changes.push({
    kind: known.warning ? 'warning' : 'text',
    what: known.warning ? 'a warning reads differently' : 'a long text differs',
    before: known.text,
    after: seen.text,
    notes: describeConfusables(known.text, seen.text),
  });
  return changes;
}

/** Signs of danger within a line, such as that an organisation is banned. */
export function compareSigns(known: Block, seen: Block): PageChange[] {
  const gone = known.signs.filter((sign) => !seen.signs.includes(sign));
  const come = seen.signs.filter((sign) => !known.signs.includes(sign));
  const describe = (
    what: string,
    before: string | undefined,
    after: string | undefined,
  ): PageChange => ({ kind: 'warning', what, before, after, context: seen.text });
  return [
    ...gone.map((sign) =>
      describe(
        seen.text.includes(sign)
          ? 'a sign of danger has become plain words'
          : 'a sign of danger is missing',
        sign,
        undefined,
      ),
    ),
    ...come.map((sign) => describe('a sign of danger was added', undefined, sign)),
  ];
}

/** A part of a text, in code units. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** A part of a text that another one has in its place; either can be empty. */
interface WordChange {
  readonly before: Span;
  readonly after: Span;
}

interface Word extends Span {
  readonly text: string;
}

/** Two texts, and which words of the one are in the place of which of the other. */
class WordComparison {
  readonly changes: readonly WordChange[];
  readonly #before: readonly Word[];
  readonly #after: readonly Word[];
  readonly #matches: Matches;

  constructor(before: string, after: string) {
    const [a, b] = [listWords(before), listWords(after)];
    this.#before = a;
    this.#after = b;
    this.#matches = matchSequences(
      a.map(({ text }) => text),
      b.map(({ text }) => text),
    );
    this.changes = listGaps(this.#matches, a.length, b.length).map(
      ({ aStart, aEnd, bStart, bEnd }) => ({
        before: toSpan(a, aStart, aEnd),
        after: toSpan(b, bStart, bEnd),
      }),
    );
  }

  /** What the text after has in the place of a part of the one before. */
  follow(span: Span): Span {
    return translate(span, this.#before, this.#after, this.#matches);
  }

  /** What the text before has in the place of a part of the one after. */
  trace(span: Span): Span {
    const matches = this.#matches.map(([x, y]) => [y, x] as const);
    return translate(span, this.#after, this.#before, matches);
  }
}

/** A word, a number with its points, or any other character. Spaces are none. */
const listWords = (text: string): Word[] =>
  [...text.matchAll(/[\p{L}\p{M}\p{N}\p{Cf}]+(?:[.,]\p{N}+)*|\S/gu)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));

/** An empty part is after the word before it. */
function toSpan(words: readonly Word[], from: number, to: number): Span {
  const start = from < to ? (words[from]?.start ?? 0) : (words[from - 1]?.end ?? 0);
  return { start, end: from < to ? (words[to - 1]?.end ?? start) : start };
}

function translate(span: Span, from: readonly Word[], to: readonly Word[], matches: Matches): Span {
  const first = from.findIndex(({ end }) => end > span.start);
  const last = from.findLastIndex(({ start }) => start < span.end);
  const start =
    matches.find(([x]) => x === first)?.[1] ??
    (matches.findLast(([x]) => x < first)?.[1] ?? -1) + 1;
  const end =
    (matches.find(([x]) => x === last)?.[1] ??
      (matches.find(([x]) => x > last)?.[1] ?? to.length) - 1) + 1;
  return toSpan(to, start, Math.max(start, end));
}

/** Whether two parts share a place. An empty one counts as being inside, not at the border. */
const touches = (a: Span, b: Span): boolean =>
  a.start === a.end ? a.start > b.start && a.start < b.end : a.start < b.end && b.start < a.end;

const cut = (text: string, { start, end }: Span): string | undefined =>
  start < end ? text.slice(start, end) : undefined;

const hull = (spans: readonly Span[]): Span => ({
  start: Math.min(...spans.map(({ start }) => start)),
  end: Math.max(...spans.map(({ end }) => end)),
});
