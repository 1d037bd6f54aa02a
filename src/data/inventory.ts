import { entryPage } from '../lib/entry-page.ts';
import type { Words } from '../lib/localized-text.ts';
import { pathOf } from '../lib/paths.ts';
import { localeOf } from './campaign.ts';
import { initiatives } from './directory.ts';
import { leaflets, letters } from './sheets.ts';
import { guidePages, standingGuide, updatePages } from './texts.ts';
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
  return [
    at('actions.html', strings.actions.title, strings.actions.intro),
    standing('actions-inside'),
    at('guides.html', strings.guides.title, strings.guides.intro),
    ...guidePages(tag)
      .filter(({ fallback }) => !fallback)
      .map(({ entry: { data } }) =>
        at(entryPage('guides', data.slug), data.title, data.description),
      ),
    standing('day'),
    at('timeline.html', strings.day.timeline, strings.day.timelineIntro),
    at('initiatives.html', strings.initiatives.title, strings.initiatives.intro),
    ...initiatives.map(({ id, data }) =>
      at(entryPage('initiatives', id), localize(data.name), localize(data.summary)),
    ),
    at('updates.html', strings.updates.title, strings.updates.intro),
    ...updatePages(tag)
      .filter(({ fallback }) => !fallback)
      .map(({ entry: { data } }) =>
        at(entryPage('updates', data.slug), data.title, data.description),
      ),
    at('actions-archive.html', strings.actions.archiveTitle, strings.actions.archiveIntro),
    standing('mirrors'),
    ...leaflets
      .slice(0, 1)
      .map(() => at('leaflet.html', strings.sheets.leaflets, strings.sheets.leafletsIntro)),
    ...letters
      .slice(0, 1)
      .map(({ data }) => at('letter-sheet.html', localize(data.title), localize(data.intro))),
    standing('about'),
  ];
}
