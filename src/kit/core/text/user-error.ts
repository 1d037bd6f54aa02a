/**
 * An error whose message is a sentence for whoever started a command: which file, what was found,
 * what was expected, how to fix it. All others are faults of the program, and keep their stack
 * trace. Commands know this one class, so that no list of kinds can lack one.
 */
export abstract class UserError extends Error {
  /** What the command ends with; undefined for what this command ends with after a failure. */
  readonly exitCode: number | undefined;

  constructor(message: string, options: ErrorOptions & { exitCode?: number } = {}) {
    super(message, options);
    this.exitCode = options.exitCode;
  }
}
