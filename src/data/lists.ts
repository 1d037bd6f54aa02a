import { listPage, paginate, pathOf } from '../lib/paths.ts';
import type { Words } from '../lib/localized-text.ts';
import { interpolate } from '../lib/words.ts';
import {
  actionFilters,
  filterName,
  isOffer,
  labelFilter,
  type ActionFilter,
} from './action-filters.ts';
import { site, localeOf } from './campaign.ts';
import {
  actionsAbroad,
  cardsPerPage,
  initiatives,
  pastActions,
  type ActionEntry,
  type InitiativeEntry,
} from './directory.ts';
import { timeline, type DateEntry } from './facts.ts';
import { listPages, type PageLine } from './inventory.ts';
import { subjectList, subjects, type SubjectEntry } from './subjects.ts';
import {
  guidePages,
  updatePages,
  updatesAbout,
  type GuideEntry,
  type TextPage,
  type UpdateEntry,
} from './texts.ts';

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
  | { kind: 'initiatives'; items: InitiativeEntry[] }
  | { kind: 'actions' | 'past-actions'; items: ActionEntry[]; filter?: ActionFilter }
  | { kind: 'timeline'; items: DateEntry[] }
  | { kind: 'pages'; items: PageLine[] };

/** One page of a list that is cut into pages, so that no page grows with the site. */
export type ListPage = Items & { name: string; number: number; total: number };

const addressOf = ({ name, number }: ListPage) => listPage(name, number);

/**
 * All pages of all lists of a language. The first page of `pages` is the search page, which shows
 * it itself.
 */
function makeLists(tag: string): ListPage[] {
  const updates = updatePages(tag);
  const years = [...new Set(updates.map(({ entry }) => entry.data.date.slice(0, 4)))];
  return [
    ...cut('guides', linesPerPage, guidePages(tag), (items) => ({ kind: 'guides', items })),
    ...cut('initiatives', cardsPerPage, initiatives, (items) => ({ kind: 'initiatives', items })),
    ...cut('actions', cardsPerPage, actionsAbroad, (items) => ({ kind: 'actions', items })),
    ...cut('actions-archive', cardsPerPage, pastActions, (items) => ({
      kind: 'past-actions',
      items,
    })),
    ...actionFilters.flatMap((filter) =>
      cut(filterName(filter), cardsPerPage, filter.actions, (items) => ({
        kind: isOffer(filter) ? 'actions' : 'past-actions',
        items,
        filter,
      })),
    ),
    ...cut('timeline', eventsPerPage, timeline, (items) => ({ kind: 'timeline', items })),
    ...years.flatMap((year) =>
      cut(
        `updates-${year}`,
        linesPerPage,
        updates.filter(({ entry }) => entry.data.date.startsWith(year)),
        (items) => ({ kind: 'updates', items, of: { year } }),
      ),
    ),
    ...subjects.flatMap((subject) => {
      const about = updatesAbout(subject.id, tag);
      return about.length === 0
        ? []
        : cut(subjectList(subject.id), linesPerPage, about, (items) => ({
            kind: 'updates',
            items,
            of: { subject },
          }));
    }),
    ...cut('pages', pageLinesPerPage, listPages(tag), (items) => ({ kind: 'pages', items })),
  ];
}

function cut<T>(
  name: string,
  size: number,
  all: readonly T[],
  describe: (items: T[]) => Items,
): ListPage[] {
  const pages = paginate(all, size);
  return pages.map((items, index) => ({
    ...describe(items),
    name,
    number: index + 1,
    total: pages.length,
  }));
}

const lists = new Map(site.languages.map(({ tag }) => [tag, makeLists(tag)]));
const addresses = new Map([...lists].map(([tag, pages]) => [tag, new Set(pages.map(addressOf))]));

/** For `getStaticPaths` of the page that shows lists. */
export const listPaths = () =>
  [...lists].flatMap(([tag, pages]) =>
    pages
      .filter(({ kind, number }) => kind !== 'pages' || number > 1)
      .map((list) => ({
        params: { lang: tag, list: addressOf(list).replace(/\.html$/, '') },
        props: { list },
      })),
  );

/** The first page of the list of all pages, for the search page. */
export const firstPagesList = (tag: string) =>
  lists.get(tag)?.find((list) => list.kind === 'pages');

/**
 * A list can be shorter in another language, or its year missing: then the language switch leads to
 * its beginning.
 */
export function elsewhereOf(list: ListPage): Record<string, string> {
  const beginning =
    list.kind === 'updates'
      ? 'updates.html'
      : list.kind === 'pages'
        ? 'search.html'
        : `${list.name}.html`;
  return Object.fromEntries(
    [...addresses].map(([tag, known]) => [
      tag,
      known.has(addressOf(list)) ? addressOf(list) : beginning,
    ]),
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
