import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { attributeOf, type BuiltPage } from '../built-page.ts';
import { hasMark, markOf } from '../marks.ts';
import { blocks, collectTexts, isReference } from '../page-text.ts';

/** Words with the language and direction they have, where these are not the page's own. */
export interface Label {
  text: string;
  language: string | undefined;
  direction: string | undefined;
}

/** A part of a page that a reader can be led to. */
export interface Section {
  /** Path of the page below the site. */
  path: string;
  /** The id of its element; empty for the beginning of a page. */
  fragment: string;
  page: Label;
  /** Its own title; that of the page for the beginning of it. */
  heading: Label;
  texts: readonly string[];
  /** Badges of its state or that of its page, but the one that all is well. */
  badges: readonly string[];
  /** Whether it is an entry of a list: one of many on its page. */
  isEntry: boolean;
  /** What the warnings in it say. */
  warnings: readonly string[];
}

/** The parts of a page in the order of the text; none if it does not belong into the search. */
export function listSections(page: BuiltPage): Section[] {
  const main = page.elements.find((element) => hasMark(element, 'data-listed'));
  if (!main) return [];
  const title = findTitle(main);
  const walk = new Walk(page.path, title ? labelOf(title) : { ...noLabel, text: page.path });
  walk.visit(main, title);
  walk.endRun();
  return walk.sections.filter(({ heading, texts }) => heading.text !== '' || texts.length > 0);
}

interface OpenSection extends Section {
  isEntry: boolean;
  texts: string[];
  badges: string[];
  warnings: string[];
}

/** One way through a page: whatever comes belongs to the section that was begun last. */
class Walk {
  readonly sections: OpenSection[] = [];
  private readonly start: OpenSection;
  private current: OpenSection;
  private run = '';
  private readonly path: string;
  private readonly page: Label;

  constructor(path: string, page: Label) {
    this.path = path;
    this.page = page;
    this.start = this.begin('', page);
    this.current = this.start;
  }

  visit(node: Tree.ParentNode, title?: Tree.Element): void {
    for (const child of node.childNodes) {
      if ('value' in child && child.nodeName === '#text') this.run += child.value;
      if ('tagName' in child && child !== title) this.enter(child, title);
    }
  }

  private enter(element: Tree.Element, title?: Tree.Element): void {
    const apart = blocks.has(element.tagName);
    if (apart) this.endRun();
    if (hasMark(element, 'data-entry')) this.visitEntry(element);
    else if (markOf(element, 'data-notice') === 'warning')
      this.current.warnings.push(collectTexts(element).join(' '));
    else if (isBadge(element)) this.current.badges.push(collectTexts(element).join(' '));
    else if (hasMark(element, 'data-facts')) this.visitFacts(element);
    else if (!isSilent(element)) {
      const id = attributeOf(element, 'id') ?? '';
      const isHeading = /^h[2-4]$/.test(element.tagName);
      if (isHeading && (id !== '' || element.tagName === 'h2'))
        // what is under a heading of the engine, which has no id, is found at the page
        this.current =
          id === '' || id.startsWith('_') ? this.start : this.begin(id, labelOf(element));
      else this.visit(element, title);
    }
    if (apart) this.endRun();
  }

  /** An entry of a list: what comes after it belongs to what came before. */
  private visitEntry(element: Tree.Element): void {
    const around = this.current;
    const title = findTitle(element);
    const label = title ? labelOf(title) : { ...noLabel, text: '' };
    this.current = this.begin(attributeOf(element, 'id') ?? '', label);
    this.current.badges.length = 0;
    this.current.isEntry = true;
    this.visit(element, title);
    this.endRun();
    this.current = around;
  }

  /** Takes only the badges of what is known about a page: they warn at all of its parts. */
  private visitFacts(element: Tree.Element): void {
    for (const child of element.childNodes)
      if ('tagName' in child) {
        if (isBadge(child)) this.current.badges.push(collectTexts(child).join(' '));
        else this.visitFacts(child);
      }
  }

  private begin(fragment: string, heading: Label): OpenSection {
    const badges = fragment === '' ? [] : [...this.start.badges];
    const section = {
      path: this.path,
      fragment,
      page: this.page,
      heading,
      texts: [],
      badges,
      isEntry: false,
      warnings: [],
    };
    this.sections.push(section);
    return section;
  }

  endRun(): void {
    const text = this.run.replace(/[ \n\t]+/g, ' ').trim();
    if (text !== '') this.current.texts.push(text);
    this.run = '';
  }
}

const isBadge = (element: Tree.Element): boolean =>
  (markOf(element, 'data-state') ?? 'live') !== 'live';

/**
 * What no part of a page is found by: menus, what is on every page, notices, cards of records that
 * have a place of their own, addresses and keys, sources and their numbers.
 */
const isSilent = (element: Tree.Element): boolean =>
  ['nav', 'aside', 'svg', 'table', 'script', 'style', 'template'].includes(element.tagName) ||
  hasMark(element, 'data-unlisted') ||
  hasMark(element, 'data-notice') ||
  hasMark(element, 'data-shown') ||
  hasMark(element, 'data-record') ||
  isReference(element);

const noLabel = { language: undefined, direction: undefined };

/** The first heading below an element, or the first bold words: those of an entry without one. */
function findTitle(element: Tree.Element): Tree.Element | undefined {
  const isTitle = (pattern: RegExp) => (child: Tree.Element) => pattern.test(child.tagName);
  return find(element, isTitle(/^h[1-4]$/)) ?? find(element, isTitle(/^b$/));
}

function find(
  parent: Tree.ParentNode,
  test: (element: Tree.Element) => boolean,
): Tree.Element | undefined {
  for (const child of parent.childNodes) {
    if (!('tagName' in child)) continue;
    const found = test(child) ? child : find(child, test);
    if (found) return found;
  }
  return undefined;
}

/** The words of a heading, with the language and direction that it or what is around it has. */
function labelOf(element: Tree.Element): Label {
  const inner = element.childNodes.filter(
    (node) => 'tagName' in node || !/^\s*$/.test(valueOf(node)),
  );
  const [only] = inner;
  const innermost =
    inner.length === 1 && only && 'tagName' in only && only.tagName === 'span' ? only : element;
  return {
    text: collectTexts(element, isReference).join(' '),
    language: nearest(innermost, 'lang'),
    direction: nearest(innermost, 'dir'),
  };
}

const valueOf = (node: Tree.ChildNode): string => ('value' in node ? node.value : '');

function nearest(element: Tree.Element, name: 'lang' | 'dir'): string | undefined {
  for (
    let node: Tree.ParentNode | null = element;
    node !== null && 'tagName' in node && node.tagName !== 'html';
    node = node.parentNode
  ) {
    const value = attributeOf(node, name);
    if (value !== undefined) return value;
  }
  return undefined;
}
