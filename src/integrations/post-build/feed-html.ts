import {
  defaultTreeAdapter as adapter,
  serialize,
  type DefaultTreeAdapterTypes as Tree,
} from 'parse5';
import { attributeOf, type BuiltPage } from './built-page.ts';
import { blocks } from './page-text.ts';

/**
 * What readers of feeds show alike. Others are left out with what is in them, or replaced by their
 * content.
 */
const kept = new Set(
  'p h2 h3 h4 ul ol li dl dt dd blockquote pre br hr b strong i em s sub sup code table thead tbody tr th td'.split(
    ' ',
  ),
);
const dropped = new Set(['nav', 'svg', 'script', 'style', 'h1']);

/**
 * The words of a page as HTML for a feed: no classes, no menus; links only if the campaign has an
 * address of its own, and only to itself: a link to a designated site in a reader's feed is a trace
 * on their device.
 */
export function serializeForFeed(page: BuiltPage, canonical: string | undefined): string {
  const main = page.elements.find(({ tagName }) => tagName === 'main');
  const fragment = adapter.createDocumentFragment();
  if (main) copyChildren(main, fragment, page, canonical);
  closeGaps(fragment);
  return serialize(fragment).trim();
}

function copyChildren(
  from: Tree.ParentNode,
  to: Tree.ParentNode,
  page: BuiltPage,
  canonical: string | undefined,
): void {
  for (const node of from.childNodes) {
    if (node.nodeName === '#text' && 'value' in node) adapter.insertText(to, node.value);
    if (!('tagName' in node) || dropped.has(node.tagName)) continue;
    if (node.tagName === 'img') {
      adapter.insertText(to, attributeOf(node, 'alt') ?? '');
      continue;
    }
    const link = page.links.get(node);
    const language = node.attrs.filter(({ name }) => name === 'lang' || name === 'dir');
    if (node.tagName === 'a' && link?.kind === 'inside' && canonical !== undefined)
      copyInto(
        'a',
        [{ name: 'href', value: canonical + link.path + link.fragment }, ...language],
        node,
        to,
        page,
        canonical,
      );
    else if (kept.has(node.tagName)) copyInto(node.tagName, language, node, to, page, canonical);
    else if (blocks.has(node.tagName) && (language.length > 0 || hasWords(node)))
      copyInto('div', language, node, to, page, canonical);
    else if (language.length > 0) copyInto('span', language, node, to, page, canonical);
    else copyChildren(node, to, page, canonical);
  }
}

function copyInto(
  tagName: string,
  attributes: Tree.Element['attrs'],
  from: Tree.Element,
  to: Tree.ParentNode,
  page: BuiltPage,
  canonical: string | undefined,
): void {
  const copy = adapter.createElement(tagName, from.namespaceURI, attributes);
  adapter.appendChild(to, copy);
  copyChildren(from, copy, page, canonical);
}

/**
 * Whether an element holds more than blocks: without it, its words would run on into its
 * neighbours'.
 */
const hasWords = (element: Tree.Element): boolean =>
  element.childNodes.some((node) =>
    'tagName' in node
      ? !blocks.has(node.tagName) && !dropped.has(node.tagName)
      : node.nodeName === '#text' && 'value' in node && node.value.trim() !== '',
  );

/** Takes out the empty lines that templates leave, but not those of preformatted text. */
function closeGaps(parent: Tree.ParentNode): void {
  for (const node of parent.childNodes) {
    if (node.nodeName === '#text' && 'value' in node)
      node.value = node.value.replace(/\n\s*\n+/g, '\n');
    else if ('tagName' in node && node.tagName !== 'pre') closeGaps(node);
  }
}
