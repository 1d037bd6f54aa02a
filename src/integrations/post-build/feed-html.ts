import {
  defaultTreeAdapter as adapter,
  serialize,
  type DefaultTreeAdapterTypes as Tree,
} from 'parse5';
import { attributeOf, type BuiltPage } from './built-page.ts';
import { blocks, collectTexts, isReference } from './page-text.ts';

/**
 * What readers of feeds show alike. Others are left out with what is in them, or replaced by their
 * content.
 */
const kept = new Set(
  'p h2 h3 h4 ul ol li dl dt dd blockquote pre br hr b strong i em del s sub sup code table thead tbody tr th td'.split(
    ' ',
  ),
);
const dropped = new Set(['nav', 'svg', 'script', 'style', 'h1']);

/** What a text for a feed needs besides its page. */
export interface FeedContext {
  /** The address of the campaign, if it has one. */
  canonical: string | undefined;
  /** How the language says that words no longer hold, with `{text}` for them. */
  struckOut: string;
}

/**
 * The words of a page as HTML for a feed: no classes, no menus; links only if the campaign has an
 * address of its own, and only to itself: a link to a designated site in a reader's feed is a trace
 * on their device. What markup alone says is said in characters as well, since half of the readers
 * show plain text: a withdrawn date must not read as valid, nor 10² as 102.
 */
export function serializeForFeed(page: BuiltPage, context: FeedContext): string {
  const main = page.elements.find(({ tagName }) => tagName === 'main');
  const fragment = adapter.createDocumentFragment();
  if (main) copyChildren(main, fragment, page, context);
  closeGaps(fragment);
  return serialize(fragment).trim();
}

function copyChildren(
  from: Tree.ParentNode,
  to: Tree.ParentNode,
  page: BuiltPage,
  context: FeedContext,
): void {
  for (const node of from.childNodes) {
    if (node.nodeName === '#text' && 'value' in node) adapter.insertText(to, node.value);
    if (!('tagName' in node) || dropped.has(node.tagName)) continue;
    if (node.tagName === 'img') {
      adapter.insertText(to, attributeOf(node, 'alt') ?? '');
      continue;
    }
    const language = node.attrs.filter(({ name }) => name === 'lang' || name === 'dir');
    const copy = (tagName: string, attributes = language, around: readonly string[] = []) => {
      const element = adapter.createElement(tagName, node.namespaceURI, attributes);
      adapter.appendChild(to, element);
      if (around[0]) adapter.insertText(element, around[0]);
      copyChildren(node, element, page, context);
      if (around[1]) adapter.insertText(element, around[1]);
    };
    const link = page.links.get(node);
    if (node.tagName === 'a' && link?.kind === 'inside' && context.canonical !== undefined) {
      const href = context.canonical + link.path + link.fragment;
      copy('a', [{ name: 'href', value: href }, ...language]);
    } else if (node.tagName === 'sup' || node.tagName === 'sub') {
      const plain = writeInCharacters(node);
      if (isReference(node)) copyChildren(node, to, page, context);
      else if (plain !== undefined) adapter.insertText(to, plain);
      else copy(node.tagName);
    } else if (node.tagName === 'del' || node.tagName === 's') {
      copy(node.tagName, language, context.struckOut.split('{text}'));
    } else if (kept.has(node.tagName)) copy(node.tagName);
    else if (blocks.has(node.tagName) && (language.length > 0 || hasWords(node))) copy('div');
    else if (language.length > 0) copy('span');
    else copyChildren(node, to, page, context);
  }
}

const raised = new Map(
  Array.from('0123456789+-−=()ni', (plain, at) => [plain, '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ'.charAt(at)]),
);
const lowered = new Map(
  Array.from('0123456789+-−=()', (plain, at) => [plain, '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎'.charAt(at)]),
);

/**
 * A raised or lowered text in Unicode's own characters, or after a mark where it has none;
 * undefined where it holds no digit: "1er" reads well without any.
 */
function writeInCharacters(element: Tree.Element): string | undefined {
  const text = collectTexts(element).join(' ');
  if (!/\p{N}/u.test(text)) return undefined;
  const characters = element.tagName === 'sup' ? raised : lowered;
  const mapped = Array.from(text, (character) => characters.get(character));
  return mapped.every((character) => character !== undefined)
    ? mapped.join('')
    : `${element.tagName === 'sup' ? '^' : '_'}(${text})`;
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
