import type { CopyFault } from '../../../core/source/copy-error.ts';

/** When the same request may be tried again: `at once` where it met a connection that the host had just closed. */
export type Again = 'at once' | 'later' | 'never';

interface Circumstances extends ErrorOptions {
  readonly again?: Again;
  /** Seconds that the host asks to wait. */
  readonly retryAfter?: number | undefined;
}

/** A fault below the level where the file is known: its message is half a sentence, which `CopyError` completes. */
export class WebFault extends Error {
  override readonly name = 'WebFault';
  readonly fault: CopyFault;
  readonly again: Again;
  readonly retryAfter: number | undefined;

  /** @param what what was found, and what was expected or helps; without a full stop */
  constructor(
    fault: CopyFault,
    what: string,
    { again = 'never', retryAfter, ...options }: Circumstances = {},
  ) {
    super(what, options);
    this.fault = fault;
    this.again = again;
    this.retryAfter = retryAfter;
  }
}
