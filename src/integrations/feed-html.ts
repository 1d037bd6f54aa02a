import { defaultTreeAdapter as adapter, serialize, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { attributeOf, type BuiltPage } from './built-page.ts';

/** What readers of feeds show alike. Others are left out with what is in them, or replaced by their content. */
const kept = new Set('p h2 h3 h4 ul ol li dl dt dd blockquote pre br hr b strong i em s sub sup code table thead tbody tr th td'.split(' '));
const dropped = new Set(['nav', 'svg', 'script', 'style', 'h1']);

/**
 * The words of a page as HTML for a feed: no classes, no menus; links only if the campaign has an address of its own, and
 * only to itself: a link to a designated site in a reader's feed is a trace on their device.
 */
export function serializeForFeed(page: BuiltPage, canonical: string | undefined): string {
  const main = page.elements.find(({ tagName }) => tagName === 'main');
  const fragment = adapter.createDocumentFragment();
  if (main) copyChildren(main, fragment, page, canonical);
  return serialize(fragment).replace(/\n\s*\n+/g, '\n').trim();
}

function copyChildren(from: Tree.ParentNode, to: Tree.ParentNode, page: BuiltPage, canonical: string | undefined): void {
  for (const node of from.childNodes) {
    if (node.nodeName === '#text' && 'value' in node) adapter.insertText(to, node.value);
    if (!('tagName' in node) || dropped.has(node.tagName)) continue;
    const link = page.links.get(node);
    const lang = attributeOf(node, 'lang');
    if (node.tagName === 'img') adapter.insertText(to, attributeOf(node, 'alt') ?? '');
    else if (node.tagName === 'a' && link?.kind === 'inside' && canonical !== undefined) copyInto('a', [{ name: 'href', value: canonical + link.path + link.fragment }], node, to, page, canonical);
    else if (kept.has(node.tagName)) copyInto(node.tagName, lang === undefined ? [] : [{ name: 'lang', value: lang }], node, to, page, canonical);
    else copyChildren(node, to, page, canonical);
  }
}

function copyInto(tagName: string, attributes: Tree.Element['attrs'], from: Tree.Element, to: Tree.ParentNode, page: BuiltPage, canonical: string | undefined): void {
  const copy = adapter.createElement(tagName, from.namespaceURI, attributes);
  adapter.appendChild(to, copy);
  copyChildren(from, copy, page, canonical);
}
