import { UserError } from '../../src/kit/core/text/user-error.ts';

/** A place that does not take an edition, or must not, in words. */
export class PlaceError extends UserError {
  override readonly name = 'PlaceError';
}
