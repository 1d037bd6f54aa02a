import { listPage, paginate } from '../lib/paths.ts';
import { fill } from '../lib/words.ts';
import { site, tongueOf } from './campaign.ts';
import { actionsAbroad, cardsPerPage, initiatives, pastActions, type ActionEntry, type InitiativeEntry } from './directory.ts';
import { listPages, type PageLine } from './inventory.ts';
import { guidePages, updatePages, type GuideEntry, type TextPage, type UpdateEntry } from './texts.ts';

const linesPerPage = 30;
const pageLinesPerPage = 40;

type Items =
  | { kind: 'guides'; items: TextPage<GuideEntry>[] }
  | { kind: 'updates'; items: TextPage<UpdateEntry>[]; year: string }
  | { kind: 'initiatives'; items: InitiativeEntry[] }
  | { kind: 'actions' | 'past-actions'; items: ActionEntry[] }
  | { kind: 'pages'; items: PageLine[] };

/** One page of a list that is cut into pages, so that no page grows with the site. */
export type ListPage = Items & { name: string; number: number; total: number };

const addressOf = ({ name, number }: ListPage) => listPage(name, number);

/** All pages of all lists of a language. The first page of `pages` is the search page, which shows it itself. */
function makeLists(tag: string): ListPage[] {
  const updates = updatePages(tag);
  const years = [...new Set(updates.map(({ entry }) => entry.data.date.slice(0, 4)))];
  return [
    ...cut('guides', linesPerPage, guidePages(tag), (items) => ({ kind: 'guides', items })),
    ...cut('initiatives', cardsPerPage, initiatives, (items) => ({ kind: 'initiatives', items })),
    ...cut('actions', cardsPerPage, actionsAbroad, (items) => ({ kind: 'actions', items })),
    ...cut('actions-archive', cardsPerPage, pastActions, (items) => ({ kind: 'past-actions', items })),
    ...years.flatMap((year) =>
      cut(`updates-${year}`, linesPerPage, updates.filter(({ entry }) => entry.data.date.startsWith(year)), (items) => ({ kind: 'updates', items, year })),
    ),
    ...cut('pages', pageLinesPerPage, listPages(tag), (items) => ({ kind: 'pages', items })),
  ];
}

function cut<T>(name: string, size: number, all: readonly T[], describe: (items: T[]) => Items): ListPage[] {
  const pages = paginate(all, size);
  return pages.map((items, index) => ({ ...describe(items), name, number: index + 1, total: pages.length }));
}

const lists = new Map(site.languages.map(({ tag }) => [tag, makeLists(tag)]));
const addresses = new Map([...lists].map(([tag, pages]) => [tag, new Set(pages.map(addressOf))]));

/** For `getStaticPaths` of the page that shows lists. */
export const listPaths = () =>
  [...lists].flatMap(([tag, pages]) =>
    pages
      .filter(({ kind, number }) => kind !== 'pages' || number > 1)
      .map((list) => ({ params: { lang: tag, list: addressOf(list).replace(/\.html$/, '') }, props: { list } })),
  );

/** The first page of the list of all pages, for the search page. */
export const firstPagesList = (tag: string) => lists.get(tag)?.find((list) => list.kind === 'pages');

/** A list can be shorter in another language, or its year missing: then the language switch leads to its beginning. */
export function elsewhereOf(list: ListPage): Record<string, string> {
  const beginning = list.kind === 'updates' ? 'updates.html' : list.kind === 'pages' ? 'search.html' : `${list.name}.html`;
  return Object.fromEntries([...addresses].map(([tag, known]) => [tag, known.has(addressOf(list)) ? addressOf(list) : beginning]));
}

/** Title and introduction of a list in words of its language. */
export function wordsOf(list: ListPage, tag: string): { title: string; intro: string } {
  const { strings } = tongueOf(tag);
  switch (list.kind) {
    case 'guides':
      return strings.guides;
    case 'updates':
      return { title: fill(strings.updates.yearTitle, { year: list.year }), intro: strings.updates.intro };
    case 'initiatives':
      return strings.initiatives;
    case 'actions':
      return strings.actions;
    case 'past-actions':
      return { title: strings.actions.archiveTitle, intro: strings.actions.archiveIntro };
    case 'pages':
      return { title: strings.search.list, intro: strings.search.intro };
  }
}
