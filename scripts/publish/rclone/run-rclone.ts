import { spawn } from 'node:child_process';
import { quoteName } from '../../../src/kit/core/text/plain-characters.ts';
import { PlaceError } from '../place-error.ts';

export interface RcloneOptions {
  /** What it reads. */
  readonly input?: string | Uint8Array;
  /** Whether it sends much: then a terminal is shown how far it has come. */
  readonly isLong?: boolean;
  /** Settings besides those of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

/** rclone's own number for "directory not found". */
const noFolder = 3;

/**
 * Runs rclone, which keeps the secrets of its remotes by itself, and returns what it prints.
 * @throws PlaceError with its own words
 */
export async function rclone(
  words: readonly string[],
  options: RcloneOptions = {},
): Promise<Buffer> {
  const printed = await tryRclone(words, options);
  if (printed !== undefined) return printed;
  throw new PlaceError(`rclone ${words[0]}: the place is not there (any more).`);
}

/** The same; undefined where the folder that it was sent to is not there. */
export async function tryRclone(
  words: readonly string[],
  { input, isLong, env }: RcloneOptions = {},
): Promise<Buffer | undefined> {
  const quick = ['--contimeout=20s', '--timeout=2m', '--retries=2', '--low-level-retries=4'];
  const isShown = isLong === true && process.stderr.isTTY;
  const progress = isShown ? ['--stats=3s', '--stats-one-line', '--stats-log-level=NOTICE'] : [];
  const child = spawn('rclone', [...words, ...quick, ...progress], {
    stdio: [input === undefined ? 'inherit' : 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const out: Buffer[] = [];
  let errors = '';
  child.stdout?.on('data', (bytes: Buffer) => out.push(bytes));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-20_000);
    const [line] = /\d[\d.]*\s?\S+ \/ [^\n]*%[^\n]*/.exec(text) ?? [];
    if (isShown && line !== undefined) process.stderr.write(`\r    ${line}\u001B[K`);
  });
  // One that ends early has closed it, and says why by itself.
  child.stdin?.on('error', () => {}).end(input);
  const code = await new Promise<number>((done, fail) => {
    child.on('error', fail);
    child.on('close', (status) => done(status ?? -1));
  }).catch((error: Error) => {
    throw new PlaceError(
      `rclone could not be started (${error.message}). Install it (Debian: apt-get install rclone; others: https://rclone.org/install/), set the place up with "rclone config", then try again.`,
      { cause: error },
    );
  });
  if (isShown) process.stderr.write('\r\u001B[K');
  if (code === 0) return Buffer.concat(out);
  if (code === noFolder) return undefined;
  throw new PlaceError(`rclone ${words[0]} ended with ${code}: ${explain(errors)}`);
}

/** The last lines that say what was in the way, without times and repetitions. */
function explain(errors: string): string {
  const lines = errors
    .split('\n')
    .filter((line) => /ERROR|Failed|CRITICAL|error/.test(line))
    .map((line) => line.replace(/^[\d/]+ [\d:]+ (?:ERROR|CRITICAL|NOTICE)?\s*:?\s*/, ''));
  return quoteName([...new Set(lines)].slice(-3).join(' / ') || 'it says nothing more', 600);
}
