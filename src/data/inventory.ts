import { entryPage } from '../lib/entry-page.ts';
import type { Words } from '../lib/localized-text.ts';
import { pathOf } from '../lib/paths.ts';
import { localeOf } from './campaign.ts';
import { actionsAbroad, actionsInside, initiatives, pastActions } from './directory.ts';
import { ownDay, timeline } from './facts.ts';
import { leaflets, letters } from './sheets.ts';
import {
  guidePages,
  manualPages,
  standingGuide,
  updatePages,
  type GuideEntry,
  type TextPage,
} from './texts.ts';
import type { StandingGuide } from '../campaign/schema/pages.ts';

/** A page as lists name it. */
export interface PageLine {
  path: string;
  title: Words;
  description: Words;
}

/**
 * All pages of a language that hold something of their own, with a line on each: what the search
 * page lists without scripts.
 */
export function listPages(tag: string): PageLine[] {
  const locale = localeOf(tag);
  const { strings, localize } = locale;
  const at = (page: string, title: Words, description: Words): PageLine => ({
    path: pathOf(tag, page),
    title,
    description,
  });
  const standing = (name: StandingGuide) => {
    const { data } = standingGuide(name, tag).entry;
    return at(`${name}.html`, data.title, data.description);
  };
  const guides = (pages: TextPage<GuideEntry>[]) =>
    pages
      .filter(({ fallback }) => !fallback)
      .map(({ entry: { data } }) =>
        at(entryPage('guides', data.slug), data.title, data.description),
      );
  const offered = [...new Set([...actionsAbroad, ...actionsInside])];
  const updates = updatePages(tag).filter(({ fallback }) => !fallback);
  return [
    ...leadTo(offered, at('actions.html', strings.actions.title, strings.actions.intro)),
    ...offered.map(({ id, data }) =>
      at(entryPage('actions', id), localize(data.title), localize(data.short ?? data.text)),
    ),
    standing('actions-inside'),
    at('guides.html', strings.guides.title, strings.guides.intro),
    ...guides(guidePages(tag)),
    standing('day'),
    ...leadTo(timeline, at('timeline.html', strings.day.timeline, strings.day.timelineIntro)),
    ...leadTo(
      initiatives,
      at('initiatives.html', strings.initiatives.title, strings.initiatives.intro),
    ),
    ...initiatives.map(({ id, data }) =>
      at(entryPage('initiatives', id), localize(data.name), localize(data.summary)),
    ),
    ...leadTo(updates, at('updates.html', strings.updates.title, strings.updates.intro)),
    ...updates.map(({ entry: { data } }) =>
      at(entryPage('updates', data.slug), data.title, data.description),
    ),
    at('follow.html', strings.follow.title, strings.follow.intro),
    ...leadTo(
      pastActions,
      at('actions-archive.html', strings.actions.archiveTitle, strings.actions.archiveIntro),
    ),
    standing('mirrors'),
    ...guides(manualPages(tag)),
    ...leaflets
      .slice(0, 1)
      .map(() => at('leaflet.html', strings.sheets.leaflets, strings.sheets.leafletsIntro)),
    ...(ownDay?.data.poster
      ? [at('poster.html', strings.sheets.dayPoster, strings.sheets.dayPosterHow)]
      : []),
    ...letters
      .slice(0, 1)
      .map(({ data }) => at('letter-sheet.html', localize(data.title), localize(data.intro))),
    standing('about'),
  ];
}

/** A list is named where it has something: an empty page helps nobody who searches. */
const leadTo = (items: readonly unknown[], line: PageLine): PageLine[] =>
  items.length > 0 ? [line] : [];
