import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ProgramError } from '../process.ts';

/** The surroundings of a reader: a home of its own, no settings of this machine. */
export const readerEnvironment = (scratch: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: scratch,
  XDG_CONFIG_HOME: scratch,
  XDG_DATA_HOME: scratch,
  XDG_CACHE_HOME: scratch,
  LANG: 'C.UTF-8',
  TZ: 'UTC',
});

/**
 * Runs a reader to its end, with a home of its own: nothing of it may stay on this machine.
 * @returns what it has printed
 * @throws ProgramError if it fails
 */
export async function runReader(
  command: string,
  words: readonly string[],
  scratch: string,
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, words, {
      env: readerEnvironment(scratch),
      cwd: scratch,
      timeout: 120_000,
      maxBuffer: 50_000_000,
    });
    return stdout;
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    throw new ProgramError(
      `${command} failed: ${(stderr.trim() || message).split('\n').slice(-3).join(' / ')}`,
    );
  }
}
