import { UserError } from '../text/user-error.ts';

/**
 * What stopped the reading of a copy:
 * `unreachable` nobody can be asked, or the answer breaks off again and again;
 * `too long` more bytes than allowed;
 * `elsewhere` the way leads out of the copy;
 * `damaged` the bytes are not those that their archive declares;
 * `unreadable` there is an answer or file, and it cannot be read as one.
 */
export type CopyFault = 'unreachable' | 'too long' | 'elsewhere' | 'damaged' | 'unreadable';

/** A copy, or one file of it, that cannot be read; the message is a sentence that is safe to print. */
export class CopyError extends UserError {
  override readonly name = 'CopyError';
  readonly fault: CopyFault;

  /** @param message a whole sentence; names that a stranger chose are quoted by `quoteName` */
  constructor(fault: CopyFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}
