import { showText } from '../../src/kit/text/quote-name.ts';
import { ExitError } from './exit-error.ts';
import { UsageError } from './usage-error.ts';

type ErrorClass = new (...args: never[]) => Error;

/**
 * Runs a command, and ends the process with what it returns.
 * @param known errors whose message is a sentence for the user; others are faults of the program and keep their stack trace
 * @param failure what to end with after one of these
 */
export async function runCommand(
  main: () => Promise<number>,
  known: readonly ErrorClass[],
  failure = 1,
): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    // What the system refuses (a file that may not be read) names the file and the reason by itself.
    const isKnown =
      error instanceof UsageError ||
      known.some((kind) => error instanceof kind) ||
      (error instanceof Error && 'syscall' in error);
    if (!isKnown || !(error instanceof Error)) throw error;
    const exitCode = error instanceof ExitError ? error.exitCode : failure;
    (exitCode === 0 ? console.log : console.error)(showText(error.message)); // a name or the output of a build can be in it
    process.exitCode = exitCode;
  }
}
