import { UserError } from '../../src/kit/core/text/user-error.ts';

/** A commit that could not be built again, in words, with what was printed; or somebody stopped it (`stopped`). */
export class RebuildError extends UserError {
  override readonly name = 'RebuildError';
  constructor(message: string, exitCode = 1) {
    super(message, { exitCode });
  }
}
