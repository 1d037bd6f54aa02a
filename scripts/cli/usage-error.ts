import { UserError } from '../../src/kit/core/text/user-error.ts';

/** What whoever started a command has asked of it that cannot be done, in words; or a question for its help (0), or its end (`stopped`). */
export class UsageError extends UserError {
  override readonly name = 'UsageError';
  constructor(message: string, exitCode = 2) {
    super(message, { exitCode });
  }
}
