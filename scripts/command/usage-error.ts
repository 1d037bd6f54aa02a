/** What whoever started a command has asked of it that cannot be done, in words; or a question for its help, or its end. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** What the command ends with: 2, 0 for help, 130 if it was stopped. */
  readonly exitCode: number;
  constructor(message: string, exitCode = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}
