import { UserError } from '../../src/kit/core/text/user-error.ts';

/** A signature that is not made or not taken; in words for its maker. */
export class SigningError extends UserError {
  override readonly name = 'SigningError';
}
