import { isBlock } from './elements.ts';
import type { PageChange } from './page-change.ts';
import { joinSpaces, printTag } from './page-content.ts';
import { charsetOf, walkPage, type PageElement } from './parse-page.ts';

/**
 * Compares two pages element by element, so that no difference goes unseen for which the other
 * comparisons have no words: a link that has moved to other words, an image in another paragraph,
 * an attribute, a line of code that is broken in another way.
 * @returns the first difference, if there is one
 */
export function compareStructures(known: PageElement, seen: PageElement): PageChange | undefined {
  const [before, after] = [listPieces(known), listPieces(seen)];
  const at = before.findIndex((piece, index) => piece !== after[index]);
  if (at < 0 && before.length === after.length) return undefined;
  const place = at < 0 ? before.length : at;
  return {
    kind: 'structure',
    what: 'the page is built differently',
    before: before[place],
    after: after[place],
  };
}

/**
 * A page as a list of tags and lines of words, in the order of its tree. Browsers that save a page
 * change these, so they are left out or written in one way: comments, how tags are written, spaces
 * (but not in code), how the encoding is said. Where links and images lead is compared by itself,
 * since a saved page has other addresses; that they are there, and where, is part of the list.
 */
function listPieces(root: PageElement): string[] {
  const pieces: string[] = [];
  let line: string[] = [];
  let codeDepth = 0;
  const endLine = (): void => {
    const words = joinSpaces(line.join(''));
    if (words !== '') pieces.push(words);
    line = [];
  };
  const add = (tag: string, name: string): void => {
    if (!isBlock(name)) {
      line.push(tag);
      return;
    }
    endLine();
    pieces.push(tag);
  };
  walkPage(root, {
    start({ name, attributes }) {
      if (name === 'meta' && charsetOf(attributes) !== undefined) return;
      const others = [...attributes].filter(([key]) => !isAddress(name, key));
      add(printTag(name, others), name);
      if (name === 'pre') codeDepth += 1;
    },
    end({ name }) {
      if (name === 'pre') codeDepth -= 1;
      if (name !== 'meta') add('</>', name);
    },
    text: (text) => line.push(codeDepth > 0 ? showSpaces(text) : text),
  });
  endLine();
  return pieces;
}

/** Whether an attribute is one of those that are compared by themselves. */
const isAddress = (name: string, key: string): boolean =>
  (key === 'href' && (name === 'a' || name === 'link')) || (key === 'src' && name === 'img');

const shown: Readonly<Record<string, string>> = { ' ': '␠', '\t': '⇥', '\n': '⏎' };
const showSpaces = (text: string): string =>
  text.replace(/[ \t\n]/g, (space) => shown[space] ?? space);
