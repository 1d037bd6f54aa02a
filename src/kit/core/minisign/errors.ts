import { UserError } from '../text/user-error.ts';

/** A key that cannot be read, written or used. The message is a sentence for people, without a stack trace. */
export class KeyError extends UserError {
  override readonly name = 'KeyError';
}

/**
 * Why a signature does not count: `malformed` is no minisign signature, `other key` was made by another key than the one asked,
 * `other data` fits other bytes, `other comment` has a trusted comment that was changed after signing, `too long` cannot be checked
 * in bounded memory.
 */
export type SignatureFault =
  'malformed' | 'other key' | 'other data' | 'other comment' | 'too long';

/** A signature that cannot be read or does not fit. The message is a sentence for people; `fault` is for the verdict. */
export class SignatureError extends UserError {
  override readonly name = 'SignatureError';
  readonly fault: SignatureFault;

  constructor(fault: SignatureFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
