/**
 * The components that a text of the campaign may use, with the attributes that each takes. Content is data (invariant 6):
 * a translator's change can alter words, never behaviour, so nothing else of MDX is allowed.
 * The value says what an attribute may hold: fixed words, the tag of a language, ids of sources of the same file, or the id of a
 * record of a collection.
 */
export const contentComponents = {
  Notice: { kind: ['note', 'warning', 'archive'] },
  Initiative: { id: 'initiatives' },
  Action: { id: 'actions' },
  Chart: { id: 'figures' },
  Phrase: { lang: 'language' },
  Source: { id: 'cited' },
} as const;

export type ContentComponent = keyof typeof contentComponents;
export const isContentComponent = (name: string): name is ContentComponent =>
  Object.hasOwn(contentComponents, name);
