import { getCollection, type CollectionEntry } from 'astro:content';
import { hasFilterPage } from '../lib/filter-page.ts';
import { paginate, pathOf, listPage } from '../lib/paths.ts';
import { site } from './campaign.ts';
import { wasPublished } from './edition.ts';
import { updatePages, type TextPage, type UpdateEntry } from './texts.ts';

export type SubjectEntry = CollectionEntry<'subjects'>;

/** A subject with its updates, the newest first. */
export interface Subject {
  subject: SubjectEntry;
  items: TextPage<UpdateEntry>[];
  /** Whether these have a page of their own; else they are on the list of all subjects. */
  isPage: boolean;
}

/** So many subjects, each with a few updates, are on a page of the list of them. */
export const subjectsPerPage = 10;

const sorted = (await getCollection('subjects')).sort(
  (a, b) => a.data.order - b.data.order || (a.id < b.id ? -1 : 1),
);

/** The name of the page of a subject, as its address holds it. */
export const subjectList = (id: string): string => `updates/about/${id}`;
/** The name of the list of subjects. A subject may be called `2`, so that it is in no folder of it. */
export const subjectsList = 'updates/subjects';

const bySubject = new Map(site.languages.map(({ tag }) => [tag, describeSubjects(tag)]));

function describeSubjects(tag: string): Subject[] {
  const updates = updatePages(tag);
  return sorted.flatMap((subject) => {
    const items = updates.filter(({ entry }) =>
      entry.data.subjects.some((id) => id === subject.id),
    );
    const published = wasPublished(subjectList(subject.id));
    return items.length === 0 && !published
      ? []
      : [{ subject, items, isPage: hasFilterPage(items.length, updates.length, published) }];
  });
}

/** The subjects that have updates, in their order. */
export const subjectsIn = (tag: string): readonly Subject[] => bySubject.get(tag) ?? [];

/** Where the updates on a subject are: on a page, or at a place in the list of subjects. */
export function subjectPath(tag: string, id: string): string {
  const all = subjectsIn(tag);
  if (all.find(({ subject }) => subject.id === id)?.isPage)
    return pathOf(tag, `${subjectList(id)}.html`);
  const number = paginate(all, subjectsPerPage).findIndex((part) =>
    part.some(({ subject }) => subject.id === id),
  );
  return `${pathOf(tag, listPage(subjectsList, number + 1))}#${id}`;
}

/** The subjects of an update, in the order of the list of subjects. */
export const subjectsOf = (ids: readonly string[]): SubjectEntry[] =>
  sorted.filter(({ id }) => ids.includes(id));
