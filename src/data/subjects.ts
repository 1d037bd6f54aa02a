import { getCollection, type CollectionEntry } from 'astro:content';
import { pathOf } from '../lib/paths.ts';

export type SubjectEntry = CollectionEntry<'subjects'>;

export const subjects = (await getCollection('subjects')).sort(
  (a, b) => a.data.order - b.data.order || (a.id < b.id ? -1 : 1),
);

/** The name of a subject's list of updates, as addresses hold it. */
export const subjectList = (id: string): string => `updates-about-${id}`;
export const subjectPath = (tag: string, id: string): string =>
  pathOf(tag, `${subjectList(id)}.html`);

/** The subjects of an update, in the order of the list of subjects. */
export const subjectsOf = (ids: readonly string[]): SubjectEntry[] =>
  subjects.filter(({ id }) => ids.includes(id));
