import { cutFromOldest, cutFromStart, pathOf, type CutPage } from '../lib/paths.ts';
import type { Words } from '../lib/localized-text.ts';
import { interpolate } from '../lib/words.ts';
import {
  actionFilters,
  actionsPerPage,
  filterName,
  isPage,
  labelFilter,
  type ActionFilter,
} from './action-filters.ts';
import { site, localeOf } from './campaign.ts';
import {
  actionsAbroad,
  initiatives,
  pastActions,
  type ActionEntry,
  type InitiativeEntry,
} from './directory.ts';
import { timeline, type DateEntry } from './facts.ts';
import { listPages, type PageLine } from './inventory.ts';
import {
  subjectList,
  subjectsIn,
  subjectsList,
  subjectsPerPage,
  type Subject,
  type SubjectEntry,
} from './subjects.ts';
import {
  guidePages,
  updatePages,
  type GuideEntry,
  type TextPage,
  type UpdateEntry,
} from './texts.ts';

/** How many cards a page holds: with the frame it stays within one flight (invariant 4). */
const cardsPerPage = 16;
const linesPerPage = 30;
const eventsPerPage = 25;
const pageLinesPerPage = 40;

type Items =
  | { kind: 'guides'; items: TextPage<GuideEntry>[] }
  | {
      kind: 'updates';
      items: TextPage<UpdateEntry>[];
      of: { year: string } | { subject: SubjectEntry };
    }
  | { kind: 'subjects'; items: Subject[] }
  | { kind: 'initiatives'; items: InitiativeEntry[] }
  | { kind: 'actions' | 'past-actions'; items: ActionEntry[]; filter?: ActionFilter }
  | { kind: 'timeline'; items: DateEntry[] }
  | { kind: 'pages'; items: PageLine[] };

/** One page of a list that is cut into pages, so that no page grows with the site. */
export type ListPage = Items & {
  /** The list's address below its language, without ending. */
  name: string;
  path: string;
  number: number;
  /** All pages of the list, in the order of reading. */
  pages: readonly { path: string; number: number }[];
};

type Cut = <T>(name: string, items: readonly T[], size: number) => CutPage<T>[];

/**
 * All pages of all lists of a language. The first page of `search` is the search page, which shows
 * it itself.
 */
function makeLists(tag: string): ListPage[] {
  const updates = updatePages(tag);
  const years = [...new Set(updates.map(({ entry }) => yearOf(entry)))];
  return [
    ...cutList('guides', cutFromStart, linesPerPage, guidePages(tag), (items) => ({
      kind: 'guides',
      items,
    })),
    ...cutList('initiatives', cutFromStart, cardsPerPage, initiatives, (items) => ({
      kind: 'initiatives',
      items,
    })),
    ...cutList('actions', cutFromStart, actionsPerPage.actions, actionsAbroad, (items) => ({
      kind: 'actions',
      items,
    })),
    ...cutList(
      'actions-archive',
      cutFromStart,
      actionsPerPage['actions-archive'],
      pastActions,
      (items) => ({
        kind: 'past-actions',
        items,
      }),
    ),
    ...actionFilters.filter(isPage).flatMap((filter) =>
      cutList(
        filterName(filter),
        cutFromStart,
        actionsPerPage[filter.of],
        filter.actions,
        (items) => ({
          kind: filter.of === 'actions' ? 'actions' : 'past-actions',
          items,
          filter,
        }),
      ),
    ),
    ...cutList('timeline', cutFromStart, eventsPerPage, timeline, (items) => ({
      kind: 'timeline',
      items,
    })),
    ...years.flatMap((year) =>
      cutList(
        yearList(year),
        cutFromOldest,
        linesPerPage,
        updates.filter(({ entry }) => yearOf(entry) === year),
        (items) => ({ kind: 'updates', items, of: { year } }),
      ),
    ),
    ...subjectsIn(tag)
      .filter((subject) => subject.isPage)
      .flatMap(({ subject, items: about }) =>
        cutList(subjectList(subject.id), cutFromOldest, linesPerPage, about, (items) => ({
          kind: 'updates',
          items,
          of: { subject },
        })),
      ),
    ...(subjectsIn(tag).length === 0
      ? []
      : cutList(subjectsList, cutFromStart, subjectsPerPage, subjectsIn(tag), (items) => ({
          kind: 'subjects',
          items,
        }))),
    ...cutList('search', cutFromStart, pageLinesPerPage, listPages(tag), (items) => ({
      kind: 'pages',
      items,
    })),
  ];
}

function cutList<T>(
  name: string,
  cut: Cut,
  size: number,
  all: readonly T[],
  describe: (items: T[]) => Items,
): ListPage[] {
  const pages = cut(name, all, size);
  return pages.map(({ path, number, items }) => ({
    ...describe(items),
    name,
    path,
    number,
    pages,
  }));
}

const yearOf = ({ data }: UpdateEntry): string => data.date.slice(0, 4);

/** The name of the list of a year's updates, as addresses hold it. */
export const yearList = (year: string): string => `updates/${year}`;

const lists = new Map(site.languages.map(({ tag }) => [tag, makeLists(tag)]));
const addresses = new Map(
  [...lists].map(([tag, pages]) => [tag, new Set(pages.map(({ path }) => path))]),
);

/** Whether it is the page with which its list begins. */
export const isBeginning = ({ name, path }: ListPage): boolean => path === `${name}.html`;

/** For `getStaticPaths` of the page that shows lists. */
export const listPaths = () =>
  [...lists].flatMap(([tag, pages]) =>
    pages
      .filter((list) => list.kind !== 'pages' || !isBeginning(list))
      .map((list) => ({
        params: { lang: tag, list: list.path.replace(/\.html$/, '') },
        props: { list },
      })),
  );

/** Where the timeline has an event. */
export function timelinePath(tag: string, id: string): string {
  const page = lists
    .get(tag)
    ?.find((list) => list.kind === 'timeline' && list.items.some((event) => event.id === id));
  if (!page) throw new Error(`The timeline of "${tag}" is without the event "${id}".`);
  return `${pathOf(tag, page.path)}#${id}`;
}

/** The first page of the list of all pages, for the search page. */
export const firstPagesList = (tag: string) =>
  lists.get(tag)?.find((list) => list.kind === 'pages');

/**
 * A list can be shorter in another language, or its year missing: then the language switch leads to
 * its beginning.
 */
export function elsewhereOf(list: ListPage): Record<string, string> {
  const beginning =
    list.kind === 'updates' || list.kind === 'subjects' ? 'updates.html' : `${list.name}.html`;
  return Object.fromEntries(
    [...addresses].map(([tag, known]) => [tag, known.has(list.path) ? list.path : beginning]),
  );
}

/** The pages above a list, without home. */
export function trailOf({ kind, name }: ListPage, tag: string): { title: Words; path: string }[] {
  const { strings } = localeOf(tag);
  const step = (title: string, page: string) => ({ title, path: pathOf(tag, `${page}.html`) });
  const [actions, archive] = [
    step(strings.actions.title, 'actions'),
    step(strings.actions.archiveTitle, 'actions-archive'),
  ];
  switch (kind) {
    case 'actions':
      return name === 'actions' ? [] : [actions];
    case 'past-actions':
      return name === 'actions-archive' ? [actions] : [actions, archive];
    case 'updates':
    case 'subjects':
      return [step(strings.updates.title, 'updates')];
    case 'timeline':
      return [step(strings.nav.day, 'day')];
    default:
      return [];
  }
}

/** Title and introduction of a list. */
export function wordsOf(list: ListPage, tag: string): { title: Words; intro: Words } {
  const { strings, localize, date } = localeOf(tag);
  switch (list.kind) {
    case 'guides':
      return strings.guides;
    case 'updates': {
      if ('year' in list.of)
        return {
          title: interpolate(strings.updates.yearTitle, { year: date(list.of.year) }),
          intro: strings.updates.intro,
        };
      const { name, description } = list.of.subject.data;
      return { title: localize(name), intro: localize(description) };
    }
    case 'subjects':
      return { title: strings.updates.bySubject, intro: strings.updates.title };
    case 'initiatives':
      return strings.initiatives;
    case 'actions':
    case 'past-actions': {
      const words =
        list.kind === 'actions'
          ? strings.actions
          : { title: strings.actions.archiveTitle, intro: strings.actions.archiveIntro };
      return list.filter
        ? {
            title: interpolate(strings.actions.filtered, {
              title: words.title,
              filter: labelFilter(list.filter, strings),
            }),
            intro: words.intro,
          }
        : words;
    }
    case 'timeline':
      return { title: strings.day.timeline, intro: strings.day.timelineIntro };
    case 'pages':
      return { title: strings.search.list, intro: strings.search.intro };
  }
}
