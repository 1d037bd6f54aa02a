import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { findForeignWords } from '../../../lib/foreign-words.ts';
import { attributeOf } from '../built-page.ts';
import { findOrigin, type Dist } from '../dist.ts';

/** What is not read as words of a language. */
const mute = new Set(['script', 'style', 'code', 'pre', 'kbd']);

/** Checks that words in letters of another language say which language it is. */
export function checkPhrases(dist: Dist): void {
  const seen = new Set<string>();
  for (const page of dist.pages) {
    const visit = (node: Tree.ParentNode, language: string): void => {
      for (const child of node.childNodes) {
        if ('tagName' in child) {
          if (!mute.has(child.tagName)) visit(child, attributeOf(child, 'lang') ?? language);
        } else if (child.nodeName === '#text' && 'value' in child) {
          for (const word of findForeignWords(child.value, language)) {
            if (seen.has(`${language} ${word}`)) continue; // the same text stands in lists, too: one fault says it
            seen.add(`${language} ${word}`);
            dist.faults.push({
              ...findOrigin(page, word),
              found: `the word ${word} in a text in ${language}`,
              expected:
                'words in other letters with their language, since a voice cannot read them otherwise',
              fix:
                `write <Phrase lang="…">${word}</Phrase> in an .mdx file; ` +
                'in a record, write it in the letters of its language',
            });
          }
        }
      }
    };
    const body = page.elements.find(({ tagName }) => tagName === 'body');
    if (body && page.language !== '') visit(body, page.language);
  }
}
