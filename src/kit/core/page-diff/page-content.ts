import { isAllowedAttribute, isAllowedElement, isAllowedLink, type BlockKind } from './elements.ts';
import { charsetOf } from './page-file.ts';
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
  /** Elements, attributes and other marks that pages are not made of (`elements.ts`). */
  readonly foreign: readonly string[];
  /** The tree of the page; undefined where its structure is not to be compared as a whole. */
  readonly root: PageElement | undefined;
}

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

/** Gathers what a page is made of next to its words. */
export class PageParts {
  readonly links: Link[] = [];
  readonly images: Image[] = [];
  readonly drawings: string[] = [];
  readonly policies: string[] = [];
  readonly styles: string[] = [];
  readonly active: ActivePart[] = [];
  readonly declarations = new Set<string>();
  readonly foreign: string[] = [];
  language: string | undefined;
  #drawing: string[] = [];

  /** Takes an element, each before those in it. */
  add(element: PageElement): void {
    const { name, attributes, isForeign } = element;
    if (isForeign) this.#drawing.push(printTag(name, attributes));
    if (name === 'html') this.language ??= attributes.get('lang');
    if ((name === 'html' || name === 'body') && attributes.size > 0)
      this.declarations.add(printTag(name, attributes));
    if (name === 'meta') this.#addMeta(element);
    if (name === 'style') this.styles.push(textOf(element));
    if (name === 'img')
      this.images.push({ alt: attributes.get('alt') ?? '', src: attributes.get('src') ?? '' });
    if (name === 'link' && isAllowedLink(attributes.get('rel'))) {
      const others = [...attributes].filter(([key]) => key !== 'href');
      this.links.push({ text: printTag(name, others), href: attributes.get('href') ?? '' });
    }
    this.#addUnusual(element);
  }

  /** Called where a drawing ends. */
  endDrawing(): void {
    this.drawings.push(this.#drawing.splice(0).join(''));
  }

  #addMeta({ attributes, parent }: PageElement): void {
    const charset = charsetOf(attributes);
    if (charset !== undefined) this.declarations.add(`charset=${charset}`);
    else if (attributes.get('http-equiv')?.toLowerCase() === 'content-security-policy') {
      // Attack: a policy below the head looks as if it held, and holds nothing.
      const policies = parent?.name === 'head' ? this.policies : this.foreign;
      policies.push(joinSpaces(attributes.get('content') ?? ''));
    } else if (attributes.get('name') !== 'description')
      this.declarations.add(printTag('meta', attributes));
  }

  /** What can act, and else what pages are not made of. */
  #addUnusual(element: PageElement): void {
    const { name, attributes } = element;
    const active = findActiveParts(element);
    this.active.push(...active);
    if (active.length > 0) return;
    if (!isAllowedElement(name)) {
      this.foreign.push(printTag(name, attributes));
      return;
    }
    for (const [key, value] of attributes)
      if (!isAllowedAttribute(name, key, value)) this.foreign.push(printTag(name, [[key, value]]));
  }
}

const elements: Readonly<Record<string, string>> = {
  script: 'a script',
  ...all('iframe frame frameset object embed applet portal fencedframe', 'a page within the page'),
  ...all('form input button select textarea', 'a form'),
  ...all('animate set animatetransform animatemotion', 'a change of the page by itself'),
  ...all('video audio source track bgsound', 'something that loads'),
  base: 'another base of all links',
};
const loading = new Set(
  (
    'srcset srcdoc background poster ping action formaction manifest data archive codebase ' +
    'classid xlink:href attributionsrc'
  ).split(' '),
);

/**
 * What of an element can run, load, send or lead away without being asked, with its article.
 * No page of ours has any, but the one for searching.
 */
function findActiveParts(element: PageElement): ActivePart[] {
  const { name, attributes } = element;
  const found = new Set<string>();
  const kind = name.toLowerCase();
  const what = Object.hasOwn(elements, kind) ? elements[kind] : undefined;
  if (what !== undefined) found.add(what);
  if (name === 'link' && !isAllowedLink(attributes.get('rel'))) found.add('something that loads');
  if (
    name === 'meta' &&
    !/^(?:content-security-policy|content-type)?$/i.test(attributes.get('http-equiv') ?? '')
  )
    found.add('an order to the browser');
  for (const [key, value] of attributes) {
    if (/^on/.test(key)) found.add('code in an attribute');
    else if (isCode(value)) found.add('code in an address');
    else if (what === undefined && loading.has(key)) found.add('something that loads');
  }
  if (found.size === 0) return [];
  const code = kind === 'script' ? joinSpaces(textOf(element)) : '';
  return [...found].map((what) => ({ what, text: `${printTag(name, attributes)}${code}` }));
}

/**
 * Whether an address is code. Browsers take out line ends and tabs, and skip what is in front (URL
 * standard, 4.4): ` java\nscript:` runs.
 */
const isCode = (value: string): boolean => code.test(value.replace(/[\0-\x20]+/g, ''));
const code =
  /^(?:javascript|vbscript|data:(?:text\/html|application|image\/svg\+xml[^,]*base64|text\/xml))/i;

/** The text right in an element, such as the rules of a style sheet. */
function textOf(element: PageElement): string {
  let text = '';
  for (let node = element.first; node; node = node.next)
    if (node.type === 'text') text += node.text;
  return text;
}

function all(names: string, what: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map((name) => [name, what]));
}
