import { Parser, type Attribute, type TreeAdapter } from '../vendor/parse5.js';
import { charsetOf, PageError, pageLimits } from './page-file.ts';

export interface PageElement {
  readonly type: 'element';
  /** In small letters; in a drawing with the capitals of the standard, such as `foreignObject`. */
  readonly name: string;
  /** Whether it belongs to SVG or MathML, where other rules hold. */
  readonly isForeign: boolean;
  readonly attributes: ReadonlyMap<string, string>;
  /** Undefined for the root. */
  readonly parent: PageElement | undefined;
  readonly first: PageNode | undefined;
  readonly next: PageNode | undefined;
}

export interface PageText {
  readonly type: 'text';
  readonly text: string;
  readonly parent: PageElement | undefined;
  readonly next: PageNode | undefined;
}

export type PageNode = PageElement | PageText;

export interface ParsedPage {
  /** As `<!doctype html>`; undefined if there is none. */
  readonly doctype: string | undefined;
  /** An element without a name, which holds the one of the page. */
  readonly root: PageElement;
  /** What browsers could read in another way than this parser does: NUL, and `<?…>`. */
  readonly dubious: readonly string[];
}

/** Says which elements are left out of a tree, with all that is in them. */
export type Omits = (name: string, attributes: ReadonlyMap<string, string>) => boolean;

/**
 * Builds the tree of a page that anyone may have written, as browsers do (HTML standard, 13.2):
 * words in a table outside of its cells are moved before it, `<b>` is repeated across paragraphs,
 * drawings have rules of their own. Comments are left out. The content of a `<template>` counts as
 * its children. In linear time.
 *
 * Scripts count as off, so that the words in `<noscript>` are read. Where browsers and this parser
 * differ (`<noscript>` with scripts on, `<select>` in newer browsers), the element with which they
 * begin to is in the tree of both, and none of our pages has it: so it is reported in either case.
 *
 * @param html without its byte order mark
 * @throws {PageError} if a page has more tags, attributes or levels than `pageLimits` allow
 */
export function parsePage(html: string, omits: Omits = () => false): ParsedPage {
  const tree = new TreeBuilder(omits);
  const parser: Parser<Node, Node, Node> = new Parser({
    scriptingEnabled: false,
    treeAdapter: tree,
  });
  tree.depthOf = () => parser.openElements.depth;
  tree.offsetOf = () => parser.tokenizer.preprocessor.offset + 1;
  if (html.includes('\0')) tree.dubious.push('\0'); // may end the head of a page, unseen
  // Attack: where browsers look for the encoding, `--!>` does not end a comment (13.2.3.2).
  if (html.slice(0, pageLimits.maxCharsetBytes).includes('--!>')) tree.dubious.push('--!>');
  parser.tokenizer.write(html, true);
  const { doctype, dubious, charsetEnd } = tree;
  // Attack: a comment so long that browsers guess the encoding, and show other letters.
  const head = new TextEncoder().encode(html.slice(0, charsetEnd));
  if (charsetEnd !== undefined && head.length > pageLimits.maxCharsetBytes)
    dubious.push(`its encoding after byte ${pageLimits.maxCharsetBytes}`);
  return { doctype, root: parser.document as PageElement, dubious };
}

export interface PageVisitor {
  start(element: PageElement): void;
  end(element: PageElement): void;
  text(text: string): void;
}

/** Walks through a tree in the order of the page, however deep it is. */
export function walkPage(root: PageElement, visitor: PageVisitor): void {
  let node = root.first;
  while (node) {
    if (node.type === 'text') visitor.text(node.text);
    else {
      visitor.start(node);
      if (node.first) {
        node = node.first;
        continue;
      }
      visitor.end(node);
    }
    while (!node.next) {
      const parent: PageElement | undefined = node.parent;
      if (!parent || parent === root) return;
      visitor.end(parent);
      node = parent;
    }
    node = node.next;
  }
}

/** A true page moves nothing. */
const maxMoves = 4 * pageLimits.maxMarks;
const html = 'http://www.w3.org/1999/xhtml';

/** A node of any kind, in a linked list of siblings, so that each step takes the same time. */
class Node {
  type: 'element' | 'text' | 'comment';
  name: string;
  namespace: string;
  attributes: Map<string, string>;
  text = '';
  parent: Node | undefined;
  first: Node | undefined;
  last: Node | undefined;
  next: Node | undefined;
  previous: Node | undefined;

  constructor(
    type: Node['type'],
    name = '',
    namespace = html,
    attributes = new Map<string, string>(),
  ) {
    this.type = type;
    this.name = name;
    this.namespace = namespace;
    this.attributes = attributes;
  }

  get isForeign(): boolean {
    return this.namespace !== html;
  }
}

class TreeBuilder implements TreeAdapter<Node, Node, Node> {
  doctype: string | undefined;
  readonly dubious: string[] = [];
  depthOf: () => number = () => 0;
  offsetOf: () => number = () => 0;
  /** Where the tag ends that says the encoding, in characters. */
  charsetEnd: number | undefined;
  readonly #omits: Omits;
  #mode = 'no-quirks';
  #marks = 0;
  /** Nodes that were moved to another place in the tree. */
  #moves = 0;

  constructor(omits: Omits) {
    this.#omits = omits;
  }

  createDocument(): Node {
    return new Node('element');
  }

  createDocumentFragment(): Node {
    return new Node('element');
  }

  createElement(name: string, namespace: string, attributes: Attribute[]): Node {
    this.#count(1 + attributes.length);
    const node = new Node('element', name, namespace);
    this.adoptAttributes(node, attributes);
    if (name === 'meta' && charsetOf(node.attributes) !== undefined)
      this.charsetEnd ??= this.offsetOf();
    return node;
  }

  createCommentNode(data: string): Node {
    this.#count(1);
    // Attack: an instruction such as <?xml-stylesheet …?>, which a program may follow.
    if (data.startsWith('?')) this.dubious.push(`<${data}>`);
    return new Node('comment');
  }

  setDocumentType(_: Node, name: string, publicId: string, systemId: string): void {
    const ids = [publicId, systemId].map((id) => (id === '' ? '' : ` "${id}"`)).join('');
    this.doctype = `<!doctype ${name}${ids}>`;
  }

  setDocumentMode(_: Node, mode: string): void {
    this.#mode = mode;
  }

  getDocumentMode(): string {
    return this.#mode;
  }

  setTemplateContent(): void {
    // Its children are its content.
  }

  getTemplateContent(template: Node): Node {
    return template;
  }

  adoptAttributes(node: Node, attributes: Attribute[]): void {
    for (const { prefix, name, value } of attributes) {
      const key = prefix === undefined || prefix === '' ? name : `${prefix}:${name}`;
      if (!node.attributes.has(key)) node.attributes.set(key, value);
    }
  }

  appendChild(parent: Node, child: Node): void {
    this.#insert(parent, child, undefined);
  }

  insertBefore(parent: Node, child: Node, reference: Node): void {
    this.#insert(parent, child, reference);
  }

  insertText(parent: Node, text: string): void {
    this.#insertText(parent, text, undefined);
  }

  insertTextBefore(parent: Node, text: string, reference: Node): void {
    this.#insertText(parent, text, reference);
  }

  detachNode(node: Node): void {
    const { parent, previous, next } = node;
    if (!parent) return;
    if (previous) previous.next = next;
    else parent.first = next;
    if (next) next.previous = previous;
    else parent.last = previous;
    node.parent = node.previous = node.next = undefined;
  }

  getChildNodes(parent: Node): Node[] {
    const children: Node[] = [];
    for (let child = parent.first; child; child = child.next) children.push(child);
    return children;
  }

  getFirstChild(parent: Node): Node | null {
    return parent.first ?? null;
  }

  getParentNode(node: Node): Node | null {
    return node.parent ?? null;
  }

  getTagName(node: Node): string {
    return node.name;
  }

  getNamespaceURI(node: Node): string {
    return node.namespace;
  }

  getAttrList(node: Node): Attribute[] {
    return [...node.attributes].map(([name, value]) => ({ name, value }));
  }

  onItemPush(): void {
    const depth = this.depthOf();
    if (depth > pageLimits.maxDepth)
      throw new PageError(
        'elements in elements, too deep',
        `at most ${pageLimits.maxDepth} levels`,
      );
  }

  #insert(parent: Node, child: Node, reference: Node | undefined): void {
    if (child.parent) {
      // Attack: content that every end tag moves from one element to the next.
      this.#moves += 1;
      if (this.#moves > maxMoves) throw new PageError('tags that move too much', 'tags in order');
      this.detachNode(child);
    }
    if (child.type === 'comment' || this.#omits(child.name, child.attributes)) return;
    const previous = reference ? reference.previous : parent.last;
    child.parent = parent;
    child.previous = previous;
    child.next = reference;
    if (previous) previous.next = child;
    else parent.first = child;
    if (reference) reference.previous = child;
    else parent.last = child;
  }

  #insertText(parent: Node, text: string, reference: Node | undefined): void {
    const before = reference ? reference.previous : parent.last;
    if (before?.type === 'text') {
      before.text += text;
      return;
    }
    this.#count(1);
    const node = new Node('text');
    node.text = text;
    this.#insert(parent, node, reference);
  }

  #count(marks: number): void {
    this.#marks += marks;
    if (this.#marks > pageLimits.maxMarks)
      throw new PageError('too many tags and attributes', `at most ${pageLimits.maxMarks}`);
  }
}
