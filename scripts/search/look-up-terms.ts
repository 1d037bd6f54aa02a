import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stemmer } from '../../src/integrations/post-build/terms/stems.ts';
import { foldWord, splitWords } from '../../src/lib/search/fold.ts';
import { TermPages, type Link, type Row } from './term-pages.ts';

/**
 * Looks words up in the index of a built site as a reader does who knows their forms: by the letter
 * on the search page, then by the page of the letter, then by the word.
 */
export class TermReader {
  private readonly language: string;
  private readonly stemmer: Stemmer;
  private readonly pages: TermPages;

  constructor(folder: string, language: string, stemmer: Stemmer) {
    this.pages = new TermPages((path) => readFileSync(join(folder, path), 'utf8'));
    this.language = language;
    this.stemmer = stemmer;
  }

  /**
   * Places within three clicks of the search page, by any word of a query: a reader takes the one
   * that says most.
   * @returns paths with fragments, below the language
   */
  lookUp(query: string): string[] {
    const words = splitWords(query).map((word) => this.stemmer.detach(word));
    const start = this.pages.open(`${this.language}/search.html`);
    return words.flatMap((word) => {
      const key = foldWord(word);
      const letter = start.letters.find(({ text }) => startsWith(key, text)); // the first click
      if (!letter) return [];
      let rows = this.pages.open(letter.target).rows;
      if (rows.every(({ label }) => label === '')) {
        const leaf = this.chooseLeaf(rows, key); // the second one
        rows = leaf ? this.pages.open(leaf.target).rows : [];
      }
      const own = this.stemmer.stemsOf(word);
      return rows
        .filter(
          ({ label }) =>
            foldWord(label) === key ||
            this.stemmer.stemsOf(label).some((stem) => own.includes(stem)),
        )
        .flatMap(({ links }) => links) // the last one
        .map(({ target }) => target.slice(this.language.length + 1));
    });
  }

  private chooseLeaf(rows: readonly Row[], key: string): Link | undefined {
    const { compare } = new Intl.Collator([this.language, 'en']);
    return rows
      .flatMap(({ links }) => links)
      .findLast(({ text }) => compare(foldWord(text.split(' – ')[0] ?? ''), key) <= 0);
  }
}

const startsWith = (key: string, letter: string): boolean =>
  letter === '0–9' ? /^[0-9]/.test(key) : key.startsWith(foldWord(letter));
