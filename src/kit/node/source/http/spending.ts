import { WebFault } from './web-fault.ts';

/** What a run has cost so far. */
export interface Spent {
  readonly requests: number;
  /** Of bodies, as they came over the line. */
  readonly bytes: number;
}

/** Counts what a run costs, and stops it at its limit. */
export class Spending {
  requests = 0;
  #received = 0;
  #unpacked = 0;
  readonly #mostBytes: number;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get spent(): Spent {
    return { requests: this.requests, bytes: this.#received };
  }

  /**
   * The same pieces, until one answer or all together have too many bytes. Both sides of the unpacking are counted: a bomb has few
   * bytes on the line, and data that unpacks to nothing has few behind.
   * @throws WebFault
   */
  async *count(
    side: 'received' | 'unpacked',
    pieces: AsyncGenerator<Buffer>,
    mostBytes: number,
  ): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const piece of pieces) {
      bytes += piece.length;
      if (side === 'received') this.#received += piece.length;
      else this.#unpacked += piece.length;
      if (bytes > mostBytes)
        throw new WebFault('too long', `more than ${mostBytes} bytes, expected at most that`);
      if (this.#received > this.#mostBytes || this.#unpacked > this.#mostBytes)
        throw new WebFault(
          'too long',
          `with it, all answers together have more than ${this.#mostBytes} bytes, expected at most that`,
        );
      yield piece;
    }
  }
}
