import { setTimeout } from 'node:timers/promises';
import type { Deadline } from './deadline.ts';
import { WebFault } from './web-fault.ts';
import type { WebOptions } from './web-options.ts';

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
   * Waits until it may be tried again. Tries that follow faults at once count as well, or a host could go on with them for ever.
   * @throws WebFault if it may not, or the time would not be enough
   */
  async wait(fault: WebFault): Promise<void> {
    const { retries, pauseSeconds, longestPauseSeconds } = this.#options;
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
            longestPauseSeconds,
            Math.max(pauseSeconds * 3 ** this.#used, fault.retryAfter ?? 0),
          );
    this.#used += 1;
    if (seconds * 1000 >= this.#deadline.milliseconds)
      throw new WebFault(
        'unreachable',
        `${fault.message}; with one more pause, ${this.#deadline.fault.message}`,
        { cause: fault },
      );
    await setTimeout(seconds * 1000, undefined, { signal: this.#closing }).catch(() => {
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
