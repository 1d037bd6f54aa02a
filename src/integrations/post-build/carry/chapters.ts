import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import type { InterfaceStrings } from '../../../campaign/schema/interface.ts';
import { readItemMark } from '../../../lib/item-mark.ts';
import { homePage } from '../../../lib/paths.ts';
import { isInside, type BuiltPage } from '../built-page.ts';
import type { Dist } from '../dist.ts';
import { hasMark, markOf } from '../marks.ts';
import { collectTexts } from '../page-text.ts';

/** A page of the site as a part of what holds many. */
export interface Chapter {
  page: BuiltPage;
  /** Its path below the language, without ending: `guide/letters`. */
  name: string;
  title: string;
  /** Its state, as its text or the badge under its title says it; undefined where it has none. */
  state: string | undefined;
  /** Bytes of its words. */
  bytes: number;
}

/** The folders of pages below a language, in the order of reading; those at the top come first. */
const groups = ['', 'guide', 'action', 'initiative', 'update'] as const;
export type ChapterGroup = (typeof groups)[number];

/** What the chapters of a folder are together; those at the top need no title. */
export const titlesOf = ({
  guides,
  actions,
  initiatives,
  updates,
}: InterfaceStrings): Record<ChapterGroup, string | undefined> => ({
  '': undefined,
  guide: guides.title,
  action: actions.title,
  initiative: initiatives.title,
  update: updates.title,
});

/** The chapters of one folder. */
export interface ChapterPart {
  group: ChapterGroup;
  chapters: Chapter[];
}

/**
 * The pages of a language that have words of its own, in the order in which readers meet them who
 * begin at home and follow the links of each page: nothing else of the site says an order. A page
 * that stands in for a missing translation is in none: its words are those of another language.
 */
export function listChapters({ pages }: Dist, language: string): ChapterPart[] {
  const own = new Map(
    pages.filter(({ path }) => path.startsWith(`${language}/`)).map((page) => [page.path, page]),
  );
  const home = own.get(`${language}/${homePage}`);
  const order = new Set(home ? [home] : []);
  for (const page of order)
    // grows on the way
    for (const link of page.links.values()) {
      const target = link.kind === 'inside' ? own.get(link.path) : undefined;
      if (target) order.add(target);
    }
  const chapters = [...order].flatMap((page) => describe(page, language));
  return groups.flatMap((group) =>
    selectChapters([{ group, chapters }], ({ name }) => groupOf(name) === group),
  );
}

/** Some of the chapters, in their order; a part with none of them is left out. */
export const selectChapters = (
  parts: readonly ChapterPart[],
  wanted: (chapter: Chapter) => boolean,
): ChapterPart[] =>
  parts
    .map(({ group, chapters }) => ({ group, chapters: chapters.filter(wanted) }))
    .filter(({ chapters }) => chapters.length > 0);

/** Records of the past are no help to whoever has nothing but a file of plain text. */
export const isCurrent = ({ name, state }: Chapter): boolean =>
  state === 'live' && !name.startsWith('initiative/');

const groupOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf('/')));

function describe(page: BuiltPage, language: string): Chapter[] {
  const main = page.elements.find((element) => hasMark(element, 'data-listed'));
  if (!main || page.language !== language) return [];
  const mark = markOf(main, 'data-item');
  return [
    {
      page,
      name: page.path.slice(language.length + 1, -'.html'.length),
      title: titleOf(page.elements),
      state: mark === undefined ? findBadge(page) : readItemMark(mark).state,
      bytes: Buffer.byteLength(collectTexts(main).join('\n')),
    },
  ];
}

/** Of two badges the graver one counts: an action that works may be of somebody who is banned. */
function findBadge({ elements }: BuiltPage): string | undefined {
  const states = elements
    .filter((element) => isInside(element, (above) => hasMark(above, 'data-facts')))
    .flatMap((element) => markOf(element, 'data-state') ?? []);
  return states.find((state) => state !== 'live') ?? states[0];
}

/** The heading of a page; home has none of its own above all, so that its title says what it is. */
const titleOf = (elements: readonly Tree.Element[]): string => {
  const heading =
    elements.find(({ tagName }) => tagName === 'h1') ??
    elements.find(({ tagName }) => tagName === 'title');
  return heading ? collectTexts(heading).join(' ') : '';
};
