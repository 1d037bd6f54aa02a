import { charsetOf, pageLimits } from '../core/page-diff/page-file.ts';
import type {
  Attribute,
  Parser as VendoredParser,
  ParserOptions,
  TreeAdapter,
} from '../core/vendor/parse5.js';

/**
 * The browser's own parser behind the interface of the vendored one, which is bundled in its place:
 * it is half of what a page may weigh, and a browser brings the same (HTML standard, 13.2; scripts
 * off, nothing is loaded or run). Its tree is handed on node by node to the same adapter, so that
 * limits, comments, doctypes and encodings are judged by the same code.
 */
export class Parser<Parent, Element extends Parent, Child> {
  readonly document: Parent;
  readonly openElements = { depth: 0 };
  readonly tokenizer: {
    readonly write: (text: string) => void;
    readonly preprocessor: { offset: number };
  };
  readonly #tree: TreeAdapter<Parent, Element, Child>;

  constructor({ treeAdapter }: ParserOptions<Parent, Element, Child>) {
    this.#tree = treeAdapter;
    this.document = treeAdapter.createDocument();
    this.tokenizer = {
      write: (text) => this.#write(text),
      preprocessor: { offset: 0 },
    };
  }

  #write(text: string): void {
    // It is asked for only where a tag says the encoding: early enough for browsers, or not.
    this.tokenizer.preprocessor.offset = saysEncodingEarly(text) ? -1 : text.length - 1;
    const page = parse(text);
    this.#handOn(page.firstChild, this.document, 1);
  }

  /** A node and its next siblings, with all that is in them; not by calls for depth alone. */
  #handOn(first: ChildNode | null, parent: Parent, depth: number): void {
    for (let node = first; node; node = node.nextSibling) {
      if (node instanceof DocumentType)
        this.#tree.setDocumentType(this.document, node.name, node.publicId, node.systemId);
      else if (node instanceof Text) this.#tree.insertText(parent, node.data);
      else if (node instanceof globalThis.Element) this.#handOnElement(node, parent, depth);
      else this.#tree.createCommentNode(describeComment(node));
    }
  }

  #handOnElement(node: globalThis.Element, parent: Parent, depth: number): void {
    const attributes = [...node.attributes].map(({ name, value }): Attribute => ({ name, value }));
    const element = this.#tree.createElement(node.localName, node.namespaceURI ?? '', attributes);
    this.#tree.appendChild(parent, element as unknown as Child);
    // Chromium puts what is deeper into the elements of this level, which hides how deep it was.
    this.openElements.depth = depth < pageLimits.maxDepth ? depth : depth + 1;
    this.#tree.onItemPush?.(element);
    const content = node instanceof HTMLTemplateElement ? node.content : node;
    this.#handOn(content.firstChild, element, depth + 1);
  }
}

// The compiler holds both to one interface.
void (Parser satisfies typeof VendoredParser);

const parse = (text: string): Document => new DOMParser().parseFromString(text, 'text/html');

/** Comments, and instructions such as `<?xml-stylesheet …?>`, which are comments in HTML. */
function describeComment(node: ChildNode): string {
  if (node instanceof ProcessingInstruction) return `?${node.target} ${node.data}?`;
  return node.nodeValue ?? '';
}

/**
 * Whether a page has a tag with its encoding where browsers look for it: in the tree of these bytes
 * alone, since a tag that goes on behind them is none there.
 */
function saysEncodingEarly(text: string): boolean {
  const bytes = new TextEncoder().encode(text).subarray(0, pageLimits.maxCharsetBytes);
  const tags = parse(new TextDecoder().decode(bytes)).querySelectorAll('meta');
  return [...tags].some(
    ({ attributes }) =>
      charsetOf(new Map([...attributes].map(({ name, value }) => [name, value]))) !== undefined,
  );
}
