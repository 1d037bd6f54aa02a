import { listNumerals } from '../core/text/numerals.ts';
import { compareWords, touches, type Span } from './compare-words.ts';
import type { ContactSearch } from './find-contacts.ts';
import { nameDisguises } from './name-disguises.ts';
import { articleOf, nounOf } from './nouns.ts';
import type { Block } from './page-content.ts';
import type { ChangeKind, PageChange } from './page-change.ts';

/** What differs between a block and the one that stands in its place with other words. */
export function compareTexts(known: Block, seen: Block, search: ContactSearch): PageChange[] {
  const changes: PageChange[] = [];
  const words = compareWords(known.text, seen.text);
  const cut = (text: string, { start, end }: Span): string | undefined =>
    start < end ? text.slice(start, end) : undefined;
  const add = (
    kind: ChangeKind,
    what: string,
    before: string | undefined,
    after: string | undefined,
    context: string | undefined,
  ): void => {
    changes.push({ kind, what, before, after, context, notes: nameDisguises(before, after) });
  };
  const [inKnown, inSeen] = [search.find(known.text), search.find(seen.text)];
  if (!words) {
    for (const contact of inSeen)
      add(
        contact.kind,
        `${articleOf(contact.what)} ${contact.what} stands in a text that is too long to compare`,
        undefined,
        cut(seen.text, contact),
        undefined,
      );
    add(
      known.warning ? 'warning' : 'text',
      known.warning ? 'a warning reads differently' : 'a long text differs',
      known.text,
      seen.text,
      undefined,
    );
    return changes;
  }

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
    add(
      contact.kind,
      after === undefined ? `the ${contact.what} is missing` : `the ${contact.what} is another one`,
      cut(known.text, contact),
      after,
      undefined,
    );
  }
  for (const contact of inSeen) {
    if (!rest.some(({ after }) => touches(after, contact))) continue;
    const was = words.trace(contact);
    rest = rest.filter(({ after }) => !touches(after, contact));
    add(
      contact.kind,
      `${articleOf(contact.what)} ${contact.what} was put in`,
      cut(known.text, was),
      cut(seen.text, contact),
      known.text,
    );
  }

  const signs = compareSigns(known, seen);
  const others: (typeof rest)[number][] = [];
  for (const change of rest) {
    const [before, after] = [cut(known.text, change.before), cut(seen.text, change.after)];
    if (signs.some((sign) => sign.before === before && sign.after === after)) continue; // said as such
    if (
      known.warning ||
      listNumerals(before ?? '').join(' ') === listNumerals(after ?? '').join(' ')
    )
      others.push(change);
    else
      add(
        'figure',
        before === undefined
          ? 'a number was added'
          : after === undefined
            ? 'a number is missing'
            : 'a number differs',
        before,
        after,
        before === undefined ? seen.text : known.text,
      );
  }
  if (others.length === 0) return changes;
  const all = {
    before: cut(known.text, hull(others.map(({ before }) => before))),
    after: cut(seen.text, hull(others.map(({ after }) => after))),
  };
  const disguises = nameDisguises(all.before, all.after);
  if (known.warning)
    changes.push({
      kind: 'warning',
      what: 'a warning reads differently',
      before: known.text,
      after: seen.text,
      notes: disguises,
    });
  else
    changes.push({
      kind: 'text',
      what: `${nounOf(known)} reads differently`,
      before: known.text,
      after: seen.text,
      notes: disguises,
    });
  return changes;
}

/** Signs of danger that stand in a line, such as that an organisation is banned. */
export function compareSigns(known: Block, seen: Block): PageChange[] {
  const gone = known.signs.filter((sign) => !seen.signs.includes(sign));
  const come = seen.signs.filter((sign) => !known.signs.includes(sign));
  const marked = (sign: string, block: Block): string =>
    block.text.includes(sign)
      ? 'a sign of danger has become plain words'
      : 'a sign of danger is missing';
  return [
    ...gone.map(
      (sign) =>
        ({
          kind: 'warning',
          what: marked(sign, seen),
          before: sign,
          after: undefined,
          context: seen.text,
        }) as const,
    ),
    ...come.map(
      (sign) =>
        ({
          kind: 'warning',
          what: 'a sign of danger was added',
          before: undefined,
          after: sign,
          context: seen.text,
        }) as const,
    ),
  ];
}

function hull(spans: readonly Span[]): Span {
  return {
    start: Math.min(...spans.map(({ start }) => start)),
    end: Math.max(...spans.map(({ end }) => end)),
  };
}
