import type { PageElement } from './parse-page.ts';

/** What a page says and does, to be compared with another edition. All strings are a stranger's. */
export interface PageContent {
  readonly title: string;
  readonly language: string | undefined;
  /** All words in their order, the title and those in attributes too. */
  readonly blocks: readonly Block[];
  readonly links: readonly Link[];
  readonly images: readonly Image[];
  /** The tags of each drawing (<svg>); its words are blocks. */
  readonly drawings: readonly string[];
  /** The edition line in the foot. */
  readonly edition: string | undefined;
  /** Content security policies. */
  readonly policies: readonly string[];
  readonly styles: readonly string[];
  /** All that can run, load, send or lead away by itself. */
  readonly active: readonly ActivePart[];
  /** What the page says of itself to a program: its kind, encoding, language, direction. */
  readonly declarations: readonly string[];
  /** Elements, attributes and other marks that pages are not made of (`allowed-markup.ts`). */
  readonly foreign: readonly string[];
  /** The tree of the page; undefined where its structure is not to be compared as a whole. */
  readonly root: PageElement | undefined;
}

export type BlockKind =
  | 'title'
  | 'heading'
  | 'paragraph'
  | 'list item'
  | 'table cell'
  | 'quotation'
  | 'code'
  | 'caption'
  | 'label'
  | 'words';

/** Words that a reader sees as one run: a number split by tags is still a number. */
export interface Block {
  readonly kind: BlockKind;
  /** With single spaces. */
  readonly text: string;
  /** The same with the tags inside that say how words look or what they are; no addresses. */
  readonly form: string;
  /** The elements around it that have attributes. */
  readonly place: Place | undefined;
  /** Not seen, or not by all: its words count, but someone may want them unseen. */
  readonly hidden: boolean;
  /** It is part of a notice of danger. */
  readonly warning: boolean;
  /** Words in it that are a sign of danger of their own, such as that an organisation is banned. */
  readonly signs: readonly string[];
}

/** An element around words: one object for one element. */
export interface Place {
  readonly tag: string;
  readonly above: Place | undefined;
  readonly depth: number;
}

export interface Link {
  /** Its words; of a <link> in the head, the tag. */
  readonly text: string;
  /** As written. */
  readonly href: string;
}

export interface Image {
  readonly alt: string;
  /** As written. */
  readonly src: string;
}

export interface ActivePart {
  /** With its article: "a script". */
  readonly what: string;
  /** The tag, and what it holds. */
  readonly text: string;
}

/** All kinds of spaces that a browser or a forwarding program writes for one another. */
const spaces = /[\t\n\f\r \u00A0\u2007\u202F]+/g;

/** A text with single spaces, and none at its ends. */
export const joinSpaces = (text: string): string => text.replace(spaces, ' ').replace(/^ | $/g, '');

/** A start tag as everyone writes the same one: attributes in order, quoted where they need it. */
export function printTag(name: string, attributes: Iterable<readonly [string, string]>): string {
  const parts = [...attributes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) =>
      value === ''
        ? key
        : `${key}=${/^[^\s'"<>=`]+$/.test(value) ? value : `'${value.replaceAll("'", '&#39;')}'`}`,
    );
  return `<${[name, ...parts].join(' ')}>`;
}
