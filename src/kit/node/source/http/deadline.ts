import { WebFault } from './web-fault.ts';

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
   * Calls `stop` once, after the seconds with the fault that `pass` makes, or at the deadline with that of the deadline.
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
