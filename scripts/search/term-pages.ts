import { posix } from 'node:path';
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { attributeOf, listElements } from '../../src/integrations/post-build/built-page.ts';

/** A link that somebody follows: its words, and where it leads. */
export interface Link {
  text: string;
  /** Path and fragment, from the root of the site. */
  target: string;
}
/** A word of the index with its links. */
export interface Row {
  label: string;
  links: Link[];
}

/** A page of the index of words, or one that leads to it. */
export interface TermPage {
  letters: Link[];
  rows: Row[];
}

/** The pages of the index of words of a built site, each read once. */
export class TermPages {
  private readonly read: (path: string) => string;
  private readonly pages = new Map<string, TermPage>();

  /** @param read gives the text of a page, by its path from the root of the site */
  constructor(read: (path: string) => string) {
    this.read = read;
  }

  open(target: string): TermPage {
    const path = target.replace(/#.*/, '');
    const known = this.pages.get(path);
    if (known) return known;
    const elements = listElements(parse(this.read(path)));
    const hasClass = (name: string) => (element: Tree.Element) =>
      attributeOf(element, 'class') === name;
    const linksOf = (parent: Tree.ParentNode): Link[] =>
      listElements(parent)
        .filter(({ tagName }) => tagName === 'a')
        .map((link) => ({
          text: textOf(link),
          target: resolve(path, attributeOf(link, 'href') ?? ''),
        }));
    const page = {
      letters: elements.filter(hasClass('letters')).flatMap(linksOf),
      rows: elements
        .filter(hasClass('terms'))
        .flatMap((list) => listElements(list).filter(({ tagName }) => tagName === 'li'))
        .map((row) => ({
          label: listElements(row)
            .filter(({ tagName }) => tagName === 'b')
            .map(textOf)
            .join(''),
          links: linksOf(row),
        })),
    };
    this.pages.set(path, page);
    return page;
  }
}

const resolve = (page: string, href: string): string =>
  href.startsWith('#')
    ? page + href
    : posix.join(posix.dirname(page), decodeURIComponent(href.replace(/#.*/, ''))) +
      (/#.*/.exec(href)?.[0] ?? '');

const textOf = (element: Tree.Element): string =>
  element.childNodes
    .map((node) => ('tagName' in node ? textOf(node) : 'value' in node ? node.value : ''))
    .join('');
