import { blockKindOf, isBorder, isEndedBy } from './elements.ts';
import type { BlockKind, Place } from './page-content.ts';

/** An element whose end has not come, and what holds for the words in it. */
export interface OpenElement {
  readonly name: string;
  readonly kind: BlockKind;
  readonly place: Place | undefined;
  readonly hidden: boolean;
  readonly warning: boolean;
  readonly edition: boolean;
  readonly inDrawing: boolean;
  readonly startsDrawing: boolean;
  /** It stands in the form of a block, which then shows where it ends. */
  readonly isMarked: boolean;
}

interface Entry {
  readonly element: OpenElement;
  /** Where the nearest block and the nearest border stand, at or below this one. */
  readonly blockAt: number;
  readonly borderAt: number;
}

const nothing: OpenElement = {
  name: '',
  kind: 'words',
  place: undefined,
  hidden: false,
  warning: false,
  edition: false,
  inDrawing: false,
  startsDrawing: false,
  isMarked: false,
};
const ofTables = new Set('table thead tbody tfoot tr td th caption template object'.split(' '));

/** The elements that are open at a place. Each step costs the same, however deep it is. */
export class OpenElements {
  readonly #entries: Entry[] = [];
  readonly #placesOf = new Map<string, number[]>();
  readonly #onClose: (element: OpenElement) => void;

  /** @param onClose is told each element whose end has come, the innermost first, before it is gone */
  constructor(onClose: (element: OpenElement) => void) {
    this.#onClose = onClose;
  }

  get innermost(): OpenElement {
    return this.#entries.at(-1)?.element ?? nothing;
  }

  open(element: OpenElement): void {
    const at = this.#entries.length;
    const above = this.#entries.at(-1);
    const places = this.#placesOf.get(element.name);
    if (places) places.push(at);
    else this.#placesOf.set(element.name, [at]);
    this.#entries.push({
      element,
      blockAt: blockKindOf(element.name) === undefined ? (above?.blockAt ?? -1) : at,
      borderAt: isBorder(element.name) ? at : (above?.borderAt ?? -1),
    });
  }

  /** Ends what a start tag ends without saying so, such as one paragraph by the next. */
  makeRoomFor(name: string): void {
    while (isEndedBy(this.innermost.name, name)) this.#close();
  }

  /** An end tag. One that would reach out of the block or the table cell that it is in ends nothing, as in a browser. */
  end(name: string): void {
    const at = this.#placesOf.get(name)?.at(-1);
    const top = this.#entries.at(-1);
    if (at === undefined || top === undefined) return;
    const border = ofTables.has(name)
      ? -1
      : blockKindOf(name) === undefined
        ? top.blockAt
        : top.borderAt;
    if (at < border) return;
    while (this.#entries.length > at) this.#close();
  }

  endAll(): void {
    while (this.#entries.length > 0) this.#close();
  }

  #close(): void {
    this.#onClose(this.innermost);
    const closed = this.#entries.pop();
    if (closed) this.#placesOf.get(closed.element.name)?.pop();
  }
}
