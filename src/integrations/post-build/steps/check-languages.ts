import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import type { Entry } from '../../../campaign/schema/entries.ts';
import { findForeignWords } from '../../../lib/foreign-words.ts';
import { manyLanguages } from '../../../lib/localized-text.ts';
import { attributeOf, type BuiltPage, type KnownWords } from '../built-page.ts';
import { findOrigin, type Dist } from '../dist.ts';

/** What is not read as words of a language. */
const mute = new Set(['script', 'style', 'code', 'pre', 'kbd']);
/** Attributes that a reader sees or hears. */
const spoken = ['alt', 'aria-label', 'content', 'title'] as const;
/** Shorter texts are words that many languages have. */
const minLength = 12;

/** A piece of text of a page, with the language in which a browser reads it. */
interface Piece {
  text: string;
  language: string;
  /** What the nearest mark says of it. */
  known: KnownWords | undefined;
}

/**
 * Checks that each text is read in its language, by where it comes from: what is known anywhere as
 * words of one language must not be shown as another one, English as French no more than English as
 * Persian. What no mark knows is found by its letters.
 */
export function checkLanguages(dist: Dist, strings: readonly Entry<'interface'>[]): void {
  const sources = new TextSources();
  for (const { data, language = '', file } of strings)
    for (const text of stringsOf(data)) sources.add(text, language, file);
  const pieces = new Map(dist.pages.map((page) => [page, listPieces(page)]));
  for (const { text, known } of [...pieces.values()].flat())
    if (known && known.language !== manyLanguages) sources.add(text, known.language, known.file);
  const seen = new Set<string>();
  for (const [page, all] of pieces)
    for (const piece of all) {
      checkSource(dist, page, piece, sources, seen);
      checkLetters(dist, page, piece, seen);
    }
}

function checkSource(
  dist: Dist,
  page: BuiltPage,
  { text, language }: Piece,
  sources: TextSources,
  seen: Set<string>,
): void {
  if (/\[object \w+\]/.test(text))
    dist.faults.push({
      file: page.path,
      found: `"${text}"`,
      expected: 'words: a record was printed as it is, in no language',
      fix: 'show it by <LangSpan of={localize(…)} />',
    });
  const found = sources.findOther(text, language);
  if (!found || seen.has(found.text)) return;
  seen.add(found.text);
  dist.faults.push({
    ...(found.file === undefined ? findOrigin(page, found.text) : { file: found.file }),
    found: `"${found.text}", a text in ${found.language}, shown in ${page.path} as ${language}`,
    expected: 'each text under its own language, or a voice reads it as another one',
    fix: 'show it by <LangSpan of={…} />, in the component that prints it',
  });
}

function checkLetters(
  dist: Dist,
  page: BuiltPage,
  { text, language, known }: Piece,
  seen: Set<string>,
): void {
  for (const word of findForeignWords(text, language)) {
    // the same text is in lists, too: one fault says it
    if (seen.has(`${language} ${word}`)) continue;
    seen.add(`${language} ${word}`);
    dist.faults.push({
      ...findOrigin({ path: page.path, source: known?.file ?? page.source }, text, word),
      found: `the word ${word} in a text in ${language}`,
      expected:
        'words in other letters with their language, since a voice cannot read them otherwise',
      fix:
        `write <Phrase lang="…">${word}</Phrase> in an .mdx file; ` +
        'in a record, write it in the letters of its language',
    });
  }
}

/** All texts of a page, head and attributes too. */
function listPieces(page: BuiltPage): Piece[] {
  const pieces: Piece[] = [];
  const add = (text: string, language: string, known: KnownWords | undefined) => {
    const words = text.replace(/\s+/g, ' ').trim();
    if (/\p{L}/u.test(words) && language !== manyLanguages)
      pieces.push({ text: words, language, known });
  };
  const visit = (parent: Tree.Element, language: string, known: KnownWords | undefined): void => {
    for (const name of spoken) {
      // Only these are words: the others of <meta> are settings.
      if (name === 'content' && attributeOf(parent, 'name') !== 'description') continue;
      add(attributeOf(parent, name) ?? '', language, known);
    }
    for (const child of parent.childNodes) {
      if (child.nodeName === '#text' && 'value' in child) add(child.value, language, known);
      if (!('tagName' in child) || mute.has(child.tagName)) continue;
      const inner = page.words.has(child) ? page.words.get(child) : known;
      visit(child, attributeOf(child, 'lang') ?? language, inner);
    }
  };
  const root = page.elements.find(({ tagName }) => tagName === 'html');
  if (root && page.language !== '') visit(root, page.language, undefined);
  return pieces;
}

/** The languages in which texts are known, and from which file. */
class TextSources {
  readonly #languages = new Map<string, Map<string, string | undefined>>();
  /** Texts by their beginning, to find them within longer ones however many a site has. */
  readonly #byBeginning = new Map<string, Set<string>>();

  add(text: string, language: string, file: string | undefined): void {
    const words = text.replace(/\s+/g, ' ').trim();
    const languages = this.#languages.get(words) ?? new Map<string, string | undefined>();
    languages.set(language, languages.get(language) ?? file);
    this.#languages.set(words, languages);
    if (words.length < minLength) return;
    const beginning = words.slice(0, minLength);
    this.#byBeginning.set(beginning, (this.#byBeginning.get(beginning) ?? new Set()).add(words));
  }

  /** A text that is in `text`, but is not known in `language`. */
  findOther(
    text: string,
    language: string,
  ): { text: string; language: string; file: string | undefined } | undefined {
    if (this.#isKnown(text, language)) return undefined;
    const [own] = this.#languages.get(text) ?? [];
    if (own) return { text, language: own[0], file: own[1] };
    for (const { index } of text.matchAll(/(?<=^|\s|\p{P})\S+/gu)) {
      const rest = text.slice(index);
      // The longest says what it is: a shorter one may be a part of a text of this language.
      const longest = [...(this.#byBeginning.get(rest.slice(0, minLength)) ?? [])]
        .filter((candidate) => rest.startsWith(candidate))
        .reduce((a, b) => (b.length > a.length ? b : a), '');
      if (!longest.includes(' ') || this.#isKnown(longest, language)) continue;
      const [other] = this.#languages.get(longest) ?? [];
      if (other) return { text: longest, language: other[0], file: other[1] };
    }
    return undefined;
  }

  /** A name of no language is right in all. */
  #isKnown(text: string, language: string): boolean {
    const languages = this.#languages.get(text);
    return languages !== undefined && (languages.has(language) || languages.has(''));
  }
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}
