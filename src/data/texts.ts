import { getCollection, type CollectionEntry } from 'astro:content';
import { byNewest } from '../kit/core/text/dates.ts';
import { entryPage } from '../lib/entry-page.ts';
import type { TextItem } from '../lib/item-mark.ts';
import { pathOf } from '../lib/paths.ts';
import type { Source } from '../campaign/schema/evidence.ts';
import { isStanding, type StandingGuide } from '../campaign/schema/pages.ts';
import { LocalizedText, type Words } from '../lib/localized-text.ts';
import { site } from './campaign.ts';

type StoredText = CollectionEntry<'guides'> | CollectionEntry<'updates'>;

/** An entry whose words say their language, which is that of its file. */
interface SpokenText<E extends StoredText> {
  /** The entry as the store has it, which alone can be rendered. */
  stored: E;
  data: Omit<E['data'], 'title' | 'description' | 'publisher' | 'language'> & {
    language: string;
    title: LocalizedText;
    description: LocalizedText;
  };
}
export type GuideEntry = SpokenText<CollectionEntry<'guides'>>;
export type UpdateEntry = SpokenText<CollectionEntry<'updates'>> & {
  data: { publisher: LocalizedText };
};

/** A text as a page of one language shows it. */
export interface TextPage<E extends GuideEntry | UpdateEntry> {
  entry: E;
  /**
   * The page's language has no version of this text: it shows the one of the main language, under a
   * notice.
   */
  fallback: boolean;
  /** The text that this one is a translation of. */
  original?: E;
}

const guides = groupBySlug<GuideEntry>(
  (await getCollection('guides')).map((stored) => ({
    stored,
    data: { ...stored.data, ...speak(stored) },
  })),
);
const updates = groupBySlug<UpdateEntry>(
  (await getCollection('updates')).map((stored) => {
    const words = speak(stored);
    const publisher = new LocalizedText(stored.data.publisher, words.language, stored.data.file);
    return { stored, data: { ...stored.data, ...words, publisher } };
  }),
);

/** What of a text is words, with their language. */
function speak({ data: { file, language = site.main, title, description, sources } }: StoredText) {
  return {
    language,
    title: new LocalizedText(title, language, file),
    description: new LocalizedText(description, language, file),
    // A source that is named once is named in the language of the file.
    sources: sources.map(({ name, ...source }): Source => ({
      ...source,
      name: typeof name === 'string' ? { [language]: name } : name,
    })),
  };
}

function groupBySlug<E extends GuideEntry | UpdateEntry>(
  entries: E[],
): Map<string, Map<string, E>> {
  const groups = new Map<string, Map<string, E>>();
  for (const entry of entries) {
    const versions = groups.get(entry.data.slug) ?? new Map<string, E>();
    versions.set(entry.data.language, entry);
    groups.set(entry.data.slug, versions);
  }
  return groups;
}

function showIn<E extends GuideEntry | UpdateEntry>(
  versions: Map<string, E> | undefined,
  tag: string,
): TextPage<E> | undefined {
  const own = versions?.get(tag);
  const entry = own ?? versions?.get(site.main);
  if (!versions || !entry) return undefined;
  const original =
    entry.data.translation &&
    [...versions.values()].find(({ data }) => data.translation === undefined);
  return { entry, fallback: own === undefined, ...(original && { original }) };
}

/** The text of a page of the engine in a language. */
export function standingGuide(name: StandingGuide, tag: string): TextPage<GuideEntry> {
  const page = showIn(guides.get(name), tag);
  if (!page)
    throw new Error(`guides/${site.main}/${name}.mdx is missing, and the loader let it pass.`);
  return page;
}

/** The title of a guide that a record names: the loader has checked that it exists. */
export const guideTitle = (slug: string, tag: string): Words =>
  showIn(guides.get(slug), tag)?.entry.data.title ?? slug;

/** The page of a guide that a record names, below a language. */
export const guidePage = (slug: string): string => entryPage('guides', slug);

/** The guides of the list of guides, in its order. */
export const guidePages = (tag: string): TextPage<GuideEntry>[] => sortGuides(tag, false);

/** The guides about copies of the site, which the page of copies lists. */
export const manualPages = (tag: string): TextPage<GuideEntry>[] => sortGuides(tag, true);

function sortGuides(tag: string, manual: boolean): TextPage<GuideEntry>[] {
  return [...guides]
    .filter(([slug]) => !isStanding(slug))
    .flatMap(([, versions]) => showIn(versions, tag) ?? [])
    .filter(({ entry }) => entry.data.manual === manual)
    .sort(
      (a, b) =>
        a.entry.data.order - b.entry.data.order || (a.entry.data.slug < b.entry.data.slug ? -1 : 1),
    );
}

/**
 * All updates, newest first, each in the best language for a tag: `fallback` ones have no page in
 * it, only a link to the original.
 */
export const updatePages = (tag: string): TextPage<UpdateEntry>[] => updateLists.get(tag) ?? [];

/** Sorted once, asked for on many pages. */
const updateLists = new Map(site.languages.map(({ tag }) => [tag, sortUpdates(tag)]));

function sortUpdates(tag: string): TextPage<UpdateEntry>[] {
  return [...updates.values()]
    .flatMap((versions) => {
      const anyVersion = [...versions.values()].find(({ data }) => data.translation === undefined);
      return showIn(versions, tag) ?? (anyVersion ? { entry: anyVersion, fallback: true } : []);
    })
    .sort(({ entry: a }, { entry: b }) =>
      byNewest({ date: a.data.date, tie: a.data.slug }, { date: b.data.date, tie: b.data.slug }),
    );
}

/** The page's address below its language, and the language it is under. */
export const updateAddress = ({ entry }: TextPage<UpdateEntry>) => ({
  language: entry.data.language,
  page: entryPage('updates', entry.data.slug),
});

/** What feeds have to know of a text; nothing of one that its page shows in another language. */
export function itemOf({
  entry: { stored },
  fallback,
}: TextPage<GuideEntry | UpdateEntry>): TextItem | undefined {
  if (fallback) return undefined;
  const { collection, id, data } = stored;
  const { version, state, published, translation } = data;
  return {
    name: `${collection}/${id}`,
    version,
    state,
    published,
    date: 'date' in data ? data.date : published,
    translation: translation !== undefined,
    ...('publisher' in data && {
      id: data.id,
      publisher: data.publisher,
      subjects: data.subjects,
    }),
    ...(isStanding(data.slug) && collection === 'guides' && { standing: true }),
  };
}

/**
 * Whether an update has a page in a language: the language switch leads to the list where it has
 * none.
 */
export const hasUpdate = (slug: string, tag: string): boolean =>
  updates.get(slug)?.has(tag) ?? false;

/** An update that a record names, as a link: its own page or that of the original. */
export function linkToUpdate(
  slug: string | undefined,
  tag: string,
): { title: LocalizedText; path: string } | undefined {
  const text =
    slug === undefined ? undefined : updatePages(tag).find(({ entry }) => entry.data.slug === slug);
  if (!text) return undefined;
  const { language, page } = updateAddress(text);
  return { title: text.entry.data.title, path: pathOf(language, page) };
}
