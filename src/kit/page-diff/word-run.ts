import type { OpenElement } from './open-elements.ts';
import type { Block } from './page-content.ts';

/** All kinds of spaces that a browser or a forwarding program writes for one another. */
const spaces = /[\t\n\f\r \u00A0\u2007\u202F]+/g;
export const joinSpaces = (text: string): string => text.replace(spaces, ' ').replace(/^ | $/g, '');

/** Words that are gathered until their block ends, with the tags among them. */
export class WordRun {
  readonly #texts: string[] = [];
  readonly #forms: string[] = [];
  readonly #signs: string[] = [];
  /** The element in which the run begins. */
  #within: OpenElement | undefined;
  #hidden = false;
  #hasTags = false;
  #signStart: number | undefined;

  add(text: string, within: OpenElement): void {
    this.#within ??= within;
    this.#hidden ||= within.hidden && /\S/.test(text);
    this.#texts.push(text);
    this.#forms.push(text);
  }

  /** A tag in the line, in an element. */
  addTag(tag: string, within: OpenElement): void {
    this.#within ??= within;
    this.#forms.push(tag);
    this.#hasTags = true;
  }

  startSign(): void {
    this.#signStart ??= this.#texts.length;
  }

  endSign(): void {
    if (this.#signStart === undefined) return;
    const sign = joinSpaces(this.#texts.slice(this.#signStart).join(''));
    if (sign !== '') this.#signs.push(sign);
    this.#signStart = undefined;
  }

  /** The block of the words since the last one, if there were any; the next run begins. */
  take(): { block?: Block; isEdition: boolean } {
    this.endSign();
    const within = this.#within;
    const signs = this.#signs.splice(0);
    const text = joinSpaces(this.#texts.splice(0).join(''));
    const forms = this.#forms.splice(0);
    const form = this.#hasTags ? joinSpaces(forms.join('')) : text;
    const hidden = this.#hidden;
    [this.#within, this.#hidden, this.#hasTags] = [undefined, false, false];
    if (within === undefined || text === '') return { isEdition: false };
    const { kind, place, warning } = within;
    return {
      block: { kind, text, form, place, hidden, warning, signs },
      isEdition: within.edition,
    };
  }
}
