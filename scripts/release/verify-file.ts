/**
 * What `verify.mjs` is made from: the commands of the checker in one file, for whoever has Node and
 * no clone. It is bundled with all that it imports, and nothing of it is another implementation.
 */
import { keygen } from '../checker/keygen.ts';
import { mirror } from '../checker/mirror.ts';
import { verify } from '../checker/verify.ts';
import type { CheckerCommand, RunChecker } from '../checker/invocation.ts';
import { UsageError, runCommand } from '../cli/command-line.ts';
import { quoteName } from '../../src/kit/core/text/plain-characters.ts';

interface CommandRow {
  readonly run: RunChecker;
  readonly what: string;
  /** What it ends with after an error that does not say it. */
  readonly failure: number;
}

const commands: Record<CheckerCommand, CommandRow> = {
  verify: { run: verify, what: 'says whether a copy of a site is genuine and whole', failure: 2 },
  mirror: { run: mirror, what: 'fetches an edition from any mirror, if it is genuine', failure: 1 },
  keygen: { run: keygen, what: 'makes a key pair for signing editions', failure: 1 },
};

const call = (command: string): string => `node verify.mjs ${command}`;

const usage = `${call('COMMAND')} …

${Object.entries(commands)
  .map(([name, { what }]) => `  ${name}   ${what}`)
  .join('\n')}

${call('COMMAND')} --help says more of each.`;

// npm sets it where it starts something, to the folder in which it was called: paths here are
// meant from where this file is started.
delete process.env['INIT_CWD'];

const [name = '--help', ...words] = process.argv.slice(2);
const row = Object.entries(commands).find(([command]) => command === name)?.[1];
await runCommand(async () => {
  if (name === '--help' || name === '-h') throw new UsageError(usage, 0);
  if (!row)
    throw new UsageError(
      `Found the command ${quoteName(name)}, expected one of these.\n\n${usage}`,
    );
  return row.run(words, { call, clone: undefined });
}, row?.failure ?? 2);
