/**
 * A text of the campaign with its language, so that no page can show it without saying what it is.
 * It is no string on purpose: a template that prints it as one fails the build, and only
 * `LangSpan.astro` takes the text out, under the mark from which the build sets `lang` and `dir`.
 */
export class LocalizedText {
  readonly #text: string;
  /** A BCP 47 tag; undefined for a name that is the same in all languages. */
  readonly language: string | undefined;
  /** The file of the campaign in which it is written, where one is known. */
  readonly file: string | undefined;

  constructor(text: string, language?: string, file?: string) {
    this.#text = text;
    this.language = language;
    this.file = file;
  }

  static textOf(localized: LocalizedText): string {
    return localized.#text;
  }

  /** @throws TypeError always: without its language, a text is read in the wrong voice and order */
  toString(): never {
    throw new TypeError(
      `"${this.#text.slice(0, 40)}" is printed without its language: show it by <LangSpan of={…} />`,
    );
  }
  toJSON(): never {
    return this.toString();
  }
}

/** Words of a page: strings are in its own language, the others say theirs. */
export type Words = string | LocalizedText | readonly (string | LocalizedText)[];

/** The parts of words, one after the other. */
export const partsOf = (words: Words): readonly (string | LocalizedText)[] =>
  typeof words === 'string' || words instanceof LocalizedText ? [words] : words;

/**
 * Words without their languages, for what holds no elements: an attribute, a title, a code of
 * squares. Whoever uses it marks the element with `markOfWords`.
 */
export const plainText = (words: Words): string =>
  partsOf(words)
    .map((part) => (typeof part === 'string' ? part : LocalizedText.textOf(part)))
    .join('');

/** The tag of words in several languages (ISO 639-2). */
export const manyLanguages = 'mul';

/**
 * The value of `data-words` for an element that holds these words and nothing else: a language and
 * the file; empty for a name of no language; undefined where there is nothing to say.
 * @param own the language of strings, where it is known
 */
export function markOfWords(words: Words, own?: string): string | undefined {
  const parts = partsOf(words).filter((part) => /\p{L}/u.test(plainText(part)));
  const localized = parts.filter((part) => part instanceof LocalizedText);
  const speaking = localized.find(({ language }) => language !== undefined) ?? localized[0];
  if (!speaking) return undefined;
  const { language = '', file = '' } = speaking;
  const isOther = (part: string | LocalizedText) =>
    typeof part === 'string' ? own !== language : (part.language ?? language) !== language;
  if (language === '') return localized.length === parts.length ? '' : undefined;
  return parts.some(isOther) ? manyLanguages : `${language} ${file}`.trim();
}

/** Puts words into the `{braces}` of a string of the interface. A brace without words stays. */
export function compose(template: string, values: Readonly<Record<string, Words | number>>): Words {
  return template.split(/(\{\w+\})/).flatMap((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    const value = name !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return part === '' ? [] : [part];
    return typeof value === 'number' ? [String(value)] : partsOf(value);
  });
}

/** Words one after the other, with something between them. */
export const joinWords = (items: readonly Words[], separator: string): Words =>
  items.flatMap((item, index) => [...(index > 0 ? [separator] : []), ...partsOf(item)]);
