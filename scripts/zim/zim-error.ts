import { UserError } from '../../src/kit/core/text/user-error.ts';

/** A ZIM file that cannot be made, in words. */
export class ZimError extends UserError {
  override readonly name = 'ZimError';
}
