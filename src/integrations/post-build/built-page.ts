import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { escapeHtml } from '../../lib/escape-html.ts';
import { markOf } from './marks.ts';

/** A change of a page's text: what is between the offsets `start` and `end` is replaced. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** The language of words of the campaign, empty for a name of none, and the file they are from. */
export interface KnownWords {
  language: string;
  file: string | undefined;
}

/**
 * A built page, parsed once for all steps. Steps read the tree and add edits; the text itself is
 * changed once, at the end.
 */
export interface BuiltPage {
  /** Path below dist, with `/`. */
  path: string;
  html: string;
  /** All elements in the order of the text. */
  elements: Tree.Element[];
  ids: ReadonlySet<string>;
  /** The page's own language. */
  language: string;
  /** The file of the campaign that its words come from, if they come from one. */
  source: string | undefined;
  /**
   * What is known of words, by the element that holds them; nothing in one with words of the
   * engine.
   */
  words: Map<Tree.Element, KnownWords | undefined>;
  /** What became of each link, for the feeds. */
  links: Map<Tree.Element, LinkVerdict>;
  edits: Edit[];
}

/**
 * What a link is after it was judged: a page or file of the site, an outside address, or no link
 * any more.
 */
export type LinkVerdict =
  | { kind: 'inside'; path: string; fragment: string }
  | { kind: 'outside'; address: string }
  | { kind: 'plain' };

export function parsePage(path: string, html: string): BuiltPage {
  const tree = parse(html, { sourceCodeLocationInfo: true });
  const elements = listElements(tree);
  for (const element of elements) element.attrs = element.attrs.map(nameAsWritten);
  const root = elements.find(({ tagName }) => tagName === 'html');
  return {
    path,
    html,
    elements,
    ids: new Set(
      elements.map((element) => attributeOf(element, 'id') ?? '').filter((id) => id !== ''),
    ),
    language: (root && attributeOf(root, 'lang')) ?? '',
    source: elements
      .map((element) => markOf(element, 'data-source'))
      .find((source) => source !== undefined),
    words: new Map(),
    links: new Map(),
    edits: [],
  };
}

/** All elements below a node, in the order of the text. */
export function listElements(node: Tree.ParentNode): Tree.Element[] {
  const elements: Tree.Element[] = [];
  const collect = (parent: Tree.ParentNode): void => {
    for (const child of parent.childNodes) {
      if (!('tagName' in child)) continue;
      elements.push(child);
      collect('content' in child ? child.content : child);
    }
  };
  collect(node);
  return elements;
}

/**
 * The parser parts `xlink:href`, which then passes for `href` and is in the text under another
 * name.
 */
const nameAsWritten = ({ prefix, name, value }: Tree.Element['attrs'][number]) => ({
  name: prefix ? `${prefix}:${name}` : name,
  value,
});

/** An attribute of HTML; our own marks are read by `markOf`, which knows them all. */
export const attributeOf = <Name extends string>(
  element: Tree.Element,
  name: Name extends `data-${string}` ? never : Name,
): string | undefined => element.attrs.find((attribute) => attribute.name === name)?.value;

export const isInside = (
  element: Tree.Element,
  test: (ancestor: Tree.Element) => boolean,
): boolean => {
  for (
    let node: Tree.ParentNode | null = element;
    node !== null && 'tagName' in node;
    node = node.parentNode
  )
    if (test(node)) return true;
  return false;
};

/** Where an attribute is in the text, with its name and quotes. */
export function placeOf(element: Tree.Element, name: string): { start: number; end: number } {
  const location = element.sourceCodeLocation?.attrs?.[name];
  if (!location)
    throw new Error(`the attribute "${name}" of <${element.tagName}> has no place in the text`);
  return { start: location.startOffset, end: location.endOffset };
}

/** Adds an edit that gives an attribute another value. */
export function setAttribute(
  page: BuiltPage,
  element: Tree.Element,
  name: string,
  value: string,
): void {
  page.edits.push({ ...placeOf(element, name), text: `${name}="${escapeHtml(value)}"` });
}

/** Adds an edit that gives an element one attribute more. */
export function addAttribute(page: BuiltPage, element: Tree.Element, attribute: string): void {
  const end = (element.sourceCodeLocation?.startTag ?? element.sourceCodeLocation)?.endOffset;
  if (end === undefined) throw new Error(`<${element.tagName}> has no place in the text`);
  page.edits.push({ start: end - 1, end: end - 1, text: ` ${attribute}` });
}

/**
 * Adds an edit that takes an attribute out, with the space before it where nothing needs that any
 * more: `rel="z"href="x"` has none.
 */
export function removeAttribute(page: BuiltPage, element: Tree.Element, name: string): void {
  const { start, end } = placeOf(element, name);
  const spared = /\s[\s/>]/.test(page.html.charAt(start - 1) + page.html.charAt(end));
  page.edits.push({ start: spared ? start - 1 : start, end, text: '' });
}

/**
 * The text of a page after all edits. Throws where two edits overlap: then two steps want the same
 * thing.
 */
export function applyEdits({ path, html, edits }: BuiltPage): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let done = 0;
  for (const { start, end, text } of sorted) {
    if (start < done)
      throw new Error(`${path}: two steps edit the same place: ${html.slice(start, end)}`);
    result += html.slice(done, start) + text;
    done = end;
  }
  return result + html.slice(done);
}
