import { languages, type Language } from './words/languages.ts';
import type { Words } from './words/words.ts';

/** What an element shows of the words of whichever language is chosen. */
export type Say = (words: Words) => string;

/**
 * Makes an element. Texts of strangers are children: they become text, never markup. Attack: a copy
 * with a file that is called "<img src=…>".
 */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Keeps all texts of the page in the language that is chosen. Nothing is stored. */
export class Translator {
  #language: Language;
  readonly #updates: (() => void)[] = [];

  constructor(language: Language) {
    this.#language = language;
  }

  get language(): Language {
    return this.#language;
  }

  get words(): Words {
    return languages[this.#language];
  }

  /** Changes the language of all that was bound. */
  use(language: Language): void {
    this.#language = language;
    for (const update of this.#updates) update();
  }

  /** Does something now, and again whenever the language changes. */
  bind(update: () => void): void {
    this.#updates.push(update);
    update();
  }

  /** An element with a text of the page's own. */
  make<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    say: Say,
    attributes: Readonly<Record<string, string>> = {},
  ): HTMLElementTagNameMap[Tag] {
    const element = make(tag, attributes);
    this.bind(() => {
      element.textContent = say(this.words);
    });
    return element;
  }
}
