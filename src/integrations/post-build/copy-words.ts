import { defaultTreeAdapter as adapter, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { attributeOf, type BuiltPage, type LinkVerdict } from './built-page.ts';
import { markOf } from './marks.ts';
import { blocks, collectTexts, isReference } from './page-text.ts';

/**
 * What readers of feeds and books show alike. Others are left out with what is in them, or replaced
 * by their content.
 */
const kept = new Set(
  'p h2 h3 h4 ul ol li dl dt dd blockquote pre br hr b strong i em del s sub sup code table thead tbody tr th td'.split(
    ' ',
  ),
);
const dropped = new Set(['nav', 'svg', 'script', 'style', 'h1']);

/** What a copy keeps of a page besides its words. */
export interface CopyRules {
  /** How the language says that words no longer hold, with `{text}` for them. */
  struckOut: string;
  /** The address of a link in the copy; undefined where only its words are to be there. */
  leadTo: (link: LinkVerdict) => string | undefined;
  /** Words behind a link whose address is not in the copy; none if it is left out. */
  behind?: (link: LinkVerdict, element: Tree.Element) => string | undefined;
  /** The name of a place in the copy. Places have none if it is left out. */
  nameOf?: (id: string) => string;
  /** What goes into the place of a drawing or picture; the words for a picture if it is left out. */
  picture?: (element: Tree.Element) => Tree.Element | undefined;
  /** Whether boxes of notices stay, as <div class="warning">. */
  notices?: boolean;
}

/**
 * The words of a page as a plain tree: no classes, no menus, no title. What markup alone says is
 * said in characters as well, since half of the readers show plain text: a withdrawn date must not
 * read as valid, nor 10² as 102.
 */
export function copyWords(page: BuiltPage, rules: CopyRules): Tree.DocumentFragment {
  const main = page.elements.find(({ tagName }) => tagName === 'main');
  const fragment = adapter.createDocumentFragment();
  if (main) copyChildren(main, fragment, page, rules);
  closeGaps(fragment);
  return fragment;
}

function copyChildren(
  from: Tree.ParentNode,
  to: Tree.ParentNode,
  page: BuiltPage,
  rules: CopyRules,
): void {
  for (const node of from.childNodes) {
    if (node.nodeName === '#text' && 'value' in node) adapter.insertText(to, node.value);
    if (!('tagName' in node) || markOf(node, 'data-slot') !== undefined) continue;
    if (node.tagName === 'img' || node.tagName === 'svg') {
      const picture = rules.picture?.(node);
      if (picture) adapter.appendChild(to, picture);
      else if (node.tagName === 'img') adapter.insertText(to, attributeOf(node, 'alt') ?? '');
      continue;
    }
    if (dropped.has(node.tagName)) continue;
    copyElement(node, to, page, rules);
  }
}

function copyElement(
  node: Tree.Element,
  to: Tree.ParentNode,
  page: BuiltPage,
  rules: CopyRules,
): void {
  const id = attributeOf(node, 'id');
  const attributes = node.attrs.filter(({ name }) => name === 'lang' || name === 'dir');
  if (id !== undefined && rules.nameOf) attributes.push({ name: 'id', value: rules.nameOf(id) });
  const copy = (tagName: string, own = attributes, around: readonly string[] = []) => {
    const element = adapter.createElement(tagName, node.namespaceURI, own);
    adapter.appendChild(to, element);
    if (around[0]) adapter.insertText(element, around[0]);
    copyChildren(node, element, page, rules);
    if (around[1]) adapter.insertText(element, around[1]);
  };
  const notice = rules.notices ? markOf(node, 'data-notice') : undefined;
  if (notice !== undefined) copy('div', [...attributes, { name: 'class', value: notice }]);
  else if (node.tagName === 'a') copyLink(node, to, page, rules, copy, attributes);
  else if (node.tagName === 'sup' || node.tagName === 'sub') {
    const plain = writeInCharacters(node);
    if (isReference(node)) copyChildren(node, to, page, rules);
    else if (plain !== undefined) adapter.insertText(to, plain);
    else copy(node.tagName);
  } else if (node.tagName === 'del' || node.tagName === 's') {
    copy(node.tagName, attributes, rules.struckOut.split('{text}'));
  } else if (kept.has(node.tagName)) copy(node.tagName);
  else if (blocks.has(node.tagName) && (attributes.length > 0 || hasWords(node))) copy('div');
  else if (attributes.length > 0) copy('span');
  else copyChildren(node, to, page, rules);
}

function copyLink(
  node: Tree.Element,
  to: Tree.ParentNode,
  page: BuiltPage,
  rules: CopyRules,
  copy: (tagName: string, attributes?: Tree.Element['attrs']) => void,
  attributes: Tree.Element['attrs'],
): void {
  const link = page.links.get(node);
  const href = link && rules.leadTo(link);
  if (href !== undefined) copy('a', [{ name: 'href', value: href }, ...attributes]);
  else if (attributes.length > 0) copy('span');
  else copyChildren(node, to, page, rules);
  const behind = link && rules.behind?.(link, node);
  if (behind !== undefined) adapter.insertText(to, behind);
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
