import type { InterfaceStrings } from '../../campaign/schema/interface.ts';
import type { Site } from '../../campaign/schema/site.ts';
import { escapeHtml } from '../../lib/escape-html.ts';
import { interpolate } from '../../lib/words.ts';
import { attributeOf } from './built-page.ts';
import {
  htmlOf,
  identityOf,
  type FeedItem,
  type FeedText,
  type LanguageContext,
} from './feed-source.ts';

/** A text as an item, in full; that of another language says so. */
export function describeText(context: LanguageContext, text: FeedText): FeedItem {
  const { page, item } = text;
  const { language, strings, say, records, changes, dateOf } = context;
  const heading = page.elements.find(({ tagName }) => tagName === 'h1');
  const meta = page.elements.find(
    (element) => element.tagName === 'meta' && attributeOf(element, 'name') === 'description',
  );
  const change = changes.find(({ name }) => name === item.name);
  const isOriginal = page.language !== language.tag;
  // One that is in an archive document, and has been translated since, does not say that it is not.
  const note =
    isOriginal && context.listedTexts.includes(text)
      ? interpolate(strings.page.fallback, { language: nameOf(records.site, page.language) })
      : '';
  const html = htmlOf(context, page);
  return {
    identity: identityOf(text),
    title: heading?.childNodes.map((node) => ('value' in node ? node.value : '')).join('') ?? '',
    language: page.language,
    description: [
      ...stateWords(strings, item.state),
      ...(note === '' ? [] : [note]),
      (meta && attributeOf(meta, 'content')) ?? '',
    ].join(' '),
    html: isOriginal
      ? `${note && `<p lang="${language.tag}" dir="${language.direction}">${escapeHtml(note)}</p>`}<div lang="${page.language}" dir="auto">${html}</div>`
      : html,
    published: item.published,
    updated: change ? dateOf(change.since) : item.published,
    path: page.path,
    author: item.publisher,
    subjects: records.entries.subjects
      .filter(({ slug }) => item.subjects?.includes(slug))
      .map(({ slug, data }) => ({ id: slug, name: say(data.name) })),
  };
}

const nameOf = ({ languages }: Site, language: string): string =>
  languages.find(({ tag }) => tag === language)?.name ?? language;

/** What is not plainly valid says so before anything else. */
export const stateWords = ({ states, stateMeanings }: InterfaceStrings, state: string): string[] =>
  state === 'live' || !isState(states, state) ? [] : [`${states[state]}.`, stateMeanings[state]];

export const isState = <T extends object>(states: T, state: string): state is keyof T & string =>
  Object.hasOwn(states, state);
