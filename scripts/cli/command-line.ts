import { resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { showText } from '../../src/kit/core/text/plain-characters.ts';
import { UserError } from '../../src/kit/core/text/user-error.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Reads the words after a command's name.
 * @param usage what is printed for --help, and after a mistake
 * @param most how many words without dashes there may be
 * @throws UsageError
 */
export function parseWords<T extends Options>(
  words: readonly string[],
  options: T,
  usage: string,
  most: number,
) {
  const parsed = parse(words, options, usage);
  if ('help' in parsed.values && parsed.values.help === true) throw new UsageError(usage, 0);
  refuseLostWords(words, Object.keys(options));
  if (parsed.positionals.length > most)
    throw new UsageError(
      `Found ${parsed.positionals.length} words (${parsed.positionals.join(' ')}), expected at most ${most}.\n\n${usage}`,
    );
  return parsed;
}

function parse<T extends Options>(words: readonly string[], options: T, usage: string) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { ...options, help: { type: 'boolean', short: 'h' } } as const,
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${error.message}\n\n${usage}`);
  }
}

/**
 * Refuses words that npm kept for itself, since they stood before its `--`: the command would do
 * something else than was asked. npm hands over its own settings by the same names; one that an
 * .npmrc switches off is empty, and nobody's word.
 * @param names the options of the command, without dashes
 * @throws UsageError
 */
function refuseLostWords(words: readonly string[], names: readonly string[]): void {
  for (const name of names) {
    const taken = process.env[`npm_config_${name.replaceAll('-', '_')}`] ?? '';
    if (taken === '' || words.some((word) => word === `--${name}` || word.startsWith(`--${name}=`)))
      continue;
    throw new UsageError(
      `npm took --${name} for itself. Put -- before all words: npm run ${process.env['npm_lifecycle_event'] ?? 'COMMAND'} -- … --${name} …`,
    );
  }
}

/**
 * A path as its user means it: npm starts commands in the project, whoever asks is elsewhere.
 */
export const resolveHere = (path: string): string =>
  resolve(process.env['INIT_CWD'] ?? process.cwd(), path);

/**
 * What whoever started a command has asked of it that cannot be done, in words; or a question for
 * its help (0), or its end (`stopped`).
 */
export class UsageError extends UserError {
  override readonly name = 'UsageError';
  constructor(message: string, exitCode = 2) {
    super(message, { exitCode });
  }
}

/** What commands end with that somebody stopped, as shells have it after Ctrl-C. */
export const stopped = 130;

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
