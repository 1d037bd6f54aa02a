/** An error in words for whoever started a command, which says with what the command ends. */
export abstract class ExitError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What commands end with that somebody stopped, as shells have it after Ctrl-C. */
export const stopped = 130;
