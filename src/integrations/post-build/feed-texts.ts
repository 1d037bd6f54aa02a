import type { InterfaceStrings } from '../../campaign/schema/interface.ts';
import { escapeHtml } from '../../lib/escape-html.ts';
import { interpolate } from '../../lib/words.ts';
import { attributeOf } from './built-page.ts';
import { htmlOf, type FeedItem, type FeedText, type LanguageContext } from './feed-source.ts';

/** A text as an item, in full; that of another language says so. */
export function describeText(context: LanguageContext, { page, item }: FeedText): FeedItem {
  const { language, strings, localize, records, changes, dateOf } = context;
  const heading = page.elements.find(({ tagName }) => tagName === 'h1');
  const meta = page.elements.find(
    (element) => element.tagName === 'meta' && attributeOf(element, 'name') === 'description',
  );
  const change = changes.find(({ name }) => name === item.name);
  const isOriginal = page.language !== language.tag;
  const original = interpolate(strings.page.fallback, {
    language:
      records.site.languages.find(({ tag }) => tag === page.language)?.name ?? page.language,
  });
  const html = htmlOf(context, page);
  return {
    identity: page.path,
    title: heading?.childNodes.map((node) => ('value' in node ? node.value : '')).join('') ?? '',
    language: page.language,
    description: [
      ...stateWords(strings, item.state),
      ...(isOriginal ? [original] : []),
      (meta && attributeOf(meta, 'content')) ?? '',
    ].join(' '),
    html: isOriginal
      ? `<p lang="${language.tag}" dir="${language.direction}">${escapeHtml(original)}</p><div lang="${page.language}" dir="auto">${html}</div>`
      : html,
    published: item.published,
    updated: change ? dateOf(change.since) : item.published,
    path: page.path,
    author: item.publisher,
    subjects: records.entries.subjects
      .filter(({ slug }) => item.subjects?.includes(slug))
      .map(({ slug, data }) => ({ id: slug, name: localize(data.name) })),
  };
}

/** What is not plainly valid says so before anything else. */
export const stateWords = ({ states, stateMeanings }: InterfaceStrings, state: string): string[] =>
  state === 'live' || !isState(states, state) ? [] : [`${states[state]}.`, stateMeanings[state]];

export const isState = <T extends object>(states: T, state: string): state is keyof T & string =>
  Object.hasOwn(states, state);
