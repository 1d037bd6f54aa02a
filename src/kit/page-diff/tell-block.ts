import type { ContactSearch } from './find-contacts.ts';
import { nameDisguises } from './name-disguises.ts';
import { articleOf, nounOf } from './nouns.ts';
import type { PageChange } from './page-change.ts';
import type { Block } from './page-content.ts';

/** What is told of a block that the other page does not have at all. */
export function tellBlock(
  block: Block,
  how: 'is missing' | 'was added' | 'stands elsewhere',
  search: ContactSearch,
): PageChange[] {
  const sides = (text: string) => ({
    before: how === 'was added' ? undefined : text,
    after: how === 'is missing' ? undefined : text,
  });
  const contacts = search.find(block.text).map((contact) => {
    const text = block.text.slice(contact.start, contact.end);
    return {
      kind: contact.kind,
      what: `${articleOf(contact.what)} ${contact.what} ${how}`,
      ...sides(text),
      context: text === block.text ? undefined : block.text,
    } as const;
  });
  const notes = how === 'was added' ? nameDisguises(undefined, block.text) : [];
  if (block.warning)
    return [
      ...contacts,
      { kind: 'warning', what: `a warning ${how}`, ...sides(block.text), notes },
    ];
  const signs =
    how === 'stands elsewhere'
      ? []
      : block.signs.map(
          (sign) =>
            ({
              kind: 'warning',
              what: `a sign of danger ${how}`,
              ...sides(sign),
              context: block.text,
            }) as const,
        );
  if (contacts.length > 0 && contacts.every(({ context }) => context === undefined))
    return contacts;
  const kind =
    how === 'stands elsewhere' ? 'structure' : /\p{N}/u.test(block.text) ? 'figure' : 'text';
  return [
    ...contacts,
    ...signs,
    {
      kind,
      what: `${nounOf(block)}${kind === 'figure' ? ' with a number' : ''} ${how}${block.hidden && how === 'was added' ? ', hidden' : ''}`,
      ...sides(block.text),
      notes,
    },
  ];
}
