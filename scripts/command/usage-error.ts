/** A mistake of whoever started a command, in words; or a question for its help. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** What the command ends with: 2, or 0 for help. */
  readonly exitCode: number;
  constructor(message: string, exitCode = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}
