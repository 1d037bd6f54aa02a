/** What the kit uses of parse5.js, with the names of parse5's own declarations. */

/** An attribute; those of drawings have their capitals, and `xlink:href` is a prefix and a name. */
export interface Attribute {
  name: string;
  value: string;
  prefix?: string;
}

/**
 * Builds a tree for the parser, which knows nothing of its nodes.
 * The methods that parse5 calls for positions in the text or for fragments are left out: it calls
 * them only where they are asked for.
 */
export interface TreeAdapter<Parent, Element extends Parent, Child> {
  createDocument(): Parent;
  createDocumentFragment(): Parent;
  createElement(tagName: string, namespace: string, attributes: Attribute[]): Element;
  createCommentNode(data: string): Child;
  setDocumentType(document: Parent, name: string, publicId: string, systemId: string): void;
  setDocumentMode(document: Parent, mode: string): void;
  getDocumentMode(document: Parent): string;
  setTemplateContent(template: Element, content: Parent): void;
  getTemplateContent(template: Element): Parent;
  adoptAttributes(element: Element, attributes: Attribute[]): void;
  appendChild(parent: Parent, child: Child): void;
  insertBefore(parent: Parent, child: Child, reference: Child): void;
  insertText(parent: Parent, text: string): void;
  insertTextBefore(parent: Parent, text: string, reference: Child): void;
  detachNode(child: Child): void;
  getChildNodes(parent: Parent): Child[];
  getFirstChild(parent: Parent): Child | null;
  getParentNode(child: Child): Parent | null;
  getTagName(element: Element): string;
  getNamespaceURI(element: Element): string;
  getAttrList(element: Element): Attribute[];
  /** Called after an element has been put on the stack of open elements. */
  onItemPush?(element: Element): void;
}

export interface ParserOptions<Parent, Element extends Parent, Child> {
  /** Whether `<noscript>` holds text, as in a browser that runs scripts. */
  scriptingEnabled: boolean;
  treeAdapter: TreeAdapter<Parent, Element, Child>;
}

/** The parser of the HTML standard (13.2). */
export class Parser<Parent, Element extends Parent, Child> {
  constructor(options: ParserOptions<Parent, Element, Child>);
  readonly document: Parent;
  readonly tokenizer: {
    write(text: string, isLast: boolean): void;
    /** The place of the character that was read last. */
    readonly preprocessor: { readonly offset: number };
  };
  readonly openElements: { readonly depth: number };
}
