import { showText } from '../../src/kit/core/text/quote-name.ts';
import { UserError } from '../../src/kit/core/text/user-error.ts';

/**
 * Runs a command, and ends the process with what it returns. An error for its user is printed
 * without a stack trace, whichever part of the project it comes from.
 * @param failure what to end with after an error that does not say it
 */
export async function runCommand(main: () => Promise<number>, failure = 1): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    // What the system refuses (a file that may not be read) names the file and the reason by
    // itself.
    const isForUser = error instanceof UserError || (error instanceof Error && 'syscall' in error);
    if (!isForUser) throw error;
    const exitCode = (error instanceof UserError ? error.exitCode : undefined) ?? failure;
    // a name or the output of a build can be in it
    (exitCode === 0 ? console.log : console.error)(showText(error.message));
    process.exitCode = exitCode;
  }
}
