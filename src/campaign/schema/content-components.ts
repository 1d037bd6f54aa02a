import type { CollectionName } from './collections.ts';

/**
 * What an attribute may hold: fixed words, the tag of a language, ids of sources of the same file,
 * or the id of a record.
 */
export type AttributeRule =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'language' }
  | { readonly kind: 'cited' }
  /** `offered`: of a record that has a state, only one that readers are offered. */
  | { readonly kind: 'record'; readonly of: CollectionName; readonly offered: boolean };

const record = <C extends CollectionName>(of: C, offered = false) =>
  ({ kind: 'record', of, offered }) as const;

/**
 * The components that a text of the campaign may use, with the attributes that each takes. Content
 * is data (invariant 6): a translator's change can alter words, never behaviour, so nothing else of
 * MDX is allowed.
 */
export const contentComponents = {
  Notice: { kind: { kind: 'words', words: ['note', 'warning', 'archive'] } },
  Initiative: { id: record('initiatives') },
  // What is over or dangerous is in the archive alone: next to the words of a guide it would read
  // as an offer.
  Action: { id: record('actions', true) },
  Button: { id: record('actions', true) },
  Chart: { id: record('figures') },
  Voice: { id: record('voices') },
  Phrase: { lang: { kind: 'language' } },
  Source: { id: { kind: 'cited' } },
} as const satisfies Readonly<Record<string, Readonly<Record<string, AttributeRule>>>>;

export type ContentComponent = keyof typeof contentComponents;
export const isContentComponent = (name: string): name is ContentComponent =>
  Object.hasOwn(contentComponents, name);
