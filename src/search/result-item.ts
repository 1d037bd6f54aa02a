import { markFound, showSpaces } from '../lib/search/excerpt.ts';
import type { Place } from './answer-query.ts';

type Made = 'a' | 'b' | 'br' | 'button' | 'input' | 'label' | 'li' | 'mark' | 'p' | 'span' | 'ul';

/** An element with its properties. */
export const make = <K extends Made>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
): HTMLElementTagNameMap[K] => Object.assign(document.createElement(tag), properties);

/**
 * A result as an item of a list: its title and page, a line of what warns of it, and words of its
 * text, with those marked that were asked for. Nothing is parsed as HTML.
 * @param keys what was asked for
 */
export function makeItem(
  { url, plain_excerpt, meta: { title, page, lang, dir, warning } }: Place,
  keys: readonly string[],
  keyOfWord: (word: string) => string,
): HTMLLIElement {
  const item = make('li');
  const link = make('a', { href: url, textContent: title });
  if (lang !== undefined) link.lang = lang;
  if (dir !== undefined) link.dir = dir;
  item.append(link);
  if (page !== undefined) item.append(' ', make('span', { className: 'small', textContent: page }));
  if (warning !== undefined) item.append(make('br'), make('b', { textContent: warning }));
  item.append(make('br'));
  // Pagefind escapes these two
  const excerpt = showSpaces(plain_excerpt).replaceAll('&lt;', '<').replaceAll('&gt;', '>');
  for (const { text, isFound } of markFound(excerpt, keys, keyOfWord))
    item.append(isFound ? make('mark', { textContent: text }) : text);
  return item;
}
