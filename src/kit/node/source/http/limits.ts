import { setTimeout as pause } from 'node:timers/promises';
import { archiveLimits } from '../../../core/archive/archive.ts';
import { WebFault } from './address.ts';

/** What the reading of a site over HTTP may take. Times are in seconds, and fractions are fine. */
export interface WebOptions {
  /**
   * A SOCKS5 proxy that also looks up names, as `socks5h://HOST:PORT`: Tor's, for instance.
   * Undefined: straight to the host.
   */
  readonly proxy: string | undefined;
  /** Of one file, unpacked. */
  readonly bytesOfAFile: number;
  /** Of all answers together, as received and, separately, unpacked. */
  readonly bytes: number;
  /** From a request to the head of its answer; the connection is made in this time, too. */
  readonly answerSeconds: number;
  /** Between two pieces of an answer. */
  readonly stallSeconds: number;
  /** For one file, with all pauses and retries. */
  readonly fileSeconds: number;
  /** From the opening of the copy to its last byte. */
  readonly runSeconds: number;
  /** Further tries for one file, after network faults, 429 and 5xx. */
  readonly retries: number;
  /** Before the first further try; each later pause is three times as long. */
  readonly pauseSeconds: number;
  /** The longest pause, also where `Retry-After` asks for more. */
  readonly maxPauseSeconds: number;
}

/** For a site of some 2,000 files and 20 MB on a slow host; ten times that still passes. */
export const webDefaults: WebOptions = {
  proxy: undefined,
  bytesOfAFile: archiveLimits.bytesOfAFile,
  bytes: 2 * 2 ** 30,
  answerSeconds: 30,
  stallSeconds: 20,
  fileSeconds: 600,
  runSeconds: 2 * 60 * 60,
  retries: 3,
  pauseSeconds: 1,
  maxPauseSeconds: 60,
};

const longestTimer = 2 ** 31 - 1;

/** The time by which something must be over, whatever else is allowed. */
export class Deadline {
  readonly #end: number;
  readonly #what: string;

  /** @param what what has taken too long when it passes, half a sentence */
  constructor(seconds: number, what: string) {
    this.#end = performance.now() + seconds * 1000;
    this.#what = what;
  }

  /** The earlier one of this and another that starts now. */
  within(seconds: number, what: string): Deadline {
    const inner = new Deadline(seconds, what);
    return inner.#end < this.#end ? inner : this;
  }

  get milliseconds(): number {
    return Math.max(0, this.#end - performance.now());
  }

  get fault(): WebFault {
    return new WebFault('unreachable', this.#what);
  }

  /**
   * Calls `stop` once, after the seconds with the fault that `pass` makes, or at the deadline with
   * that of the deadline.
   * @returns what ends the waiting
   */
  watch(seconds: number, pass: () => WebFault, stop: (fault: WebFault) => void): () => void {
    const left = this.milliseconds;
    const isLast = left <= seconds * 1000;
    const timer = setTimeout(
      () => stop(isLast ? this.fault : pass()),
      Math.min(longestTimer, isLast ? left : seconds * 1000),
    );
    return () => clearTimeout(timer);
  }
}

/** The further tries that one file has. */
export class Retries {
  #used = 0;
  readonly #options: WebOptions;
  readonly #deadline: Deadline;
  readonly #closing: AbortSignal;

  /** @param closing ends all pauses */
  constructor(options: WebOptions, deadline: Deadline, closing: AbortSignal) {
    this.#options = options;
    this.#deadline = deadline;
    this.#closing = closing;
  }

  /**
   * Waits until it may be tried again. Tries that follow faults at once count as well, or a host
   * could go on with them for ever.
   * @throws WebFault if it may not, or the time would not be enough
   */
  async wait(fault: WebFault): Promise<void> {
    const { retries, pauseSeconds, maxPauseSeconds } = this.#options;
    if (fault.again === 'never' || this.#closing.aborted) throw fault;
    if (this.#used === retries)
      throw new WebFault(
        fault.fault,
        this.#used === 0
          ? fault.message
          : `${fault.message}, also after ${this.#used} further tries`,
        { cause: fault },
      );
    // Attack: "Retry-After: 86400" holds a checker for a day.
    const seconds =
      fault.again === 'at once'
        ? 0
        : Math.min(
            maxPauseSeconds,
            Math.max(pauseSeconds * 3 ** this.#used, fault.retryAfter ?? 0),
          );
    this.#used += 1;
    if (seconds * 1000 >= this.#deadline.milliseconds)
      throw new WebFault(
        'unreachable',
        `${fault.message}; with one more pause, ${this.#deadline.fault.message}`,
        { cause: fault },
      );
    await pause(seconds * 1000, undefined, { signal: this.#closing }).catch(() => {
      throw fault;
    });
  }

  /** Does a task, again if need be. Throws WebFault. */
  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await task();
      } catch (error) {
        if (!(error instanceof WebFault)) throw error;
        await this.wait(error);
      }
    }
  }
}

/** What a run has cost so far. */
export interface Spent {
  readonly requests: number;
  /** Of bodies, as they came over the line. */
  readonly bytes: number;
}

/** Counts what a run costs, and stops it at its limit. */
export class ByteBudget {
  requests = 0;
  #received = 0;
  #unpacked = 0;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get spent(): Spent {
    return { requests: this.requests, bytes: this.#received };
  }

  /**
   * The same pieces, until one answer or all together have too many bytes. Both sides of the
   * unpacking are counted: a bomb has few bytes on the line, and data that unpacks to nothing has
   * few behind.
   * @throws WebFault
   */
  async *count(
    side: 'received' | 'unpacked',
    pieces: AsyncGenerator<Buffer>,
    maxBytes: number,
  ): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const piece of pieces) {
      bytes += piece.length;
      if (side === 'received') this.#received += piece.length;
      else this.#unpacked += piece.length;
      if (bytes > maxBytes)
        throw new WebFault('too long', `more than ${maxBytes} bytes, expected at most that`);
      if (this.#received > this.#maxBytes || this.#unpacked > this.#maxBytes)
        throw new WebFault(
          'too long',
          `with it, all answers together have more than ${this.#maxBytes} bytes, expected at most that`,
        );
      yield piece;
    }
  }
}
