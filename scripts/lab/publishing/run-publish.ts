import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { project } from '../../build/project.ts';
import type { RunningServer } from './publish-server.ts';

export interface PublishRun {
  /** What it ended with; undefined if it was killed. */
  readonly code: number | undefined;
  readonly output: string;
  /** How long it took, in milliseconds. */
  readonly time: number;
}

/**
 * Runs the command as a volunteer does, in a process of its own.
 * @param site the built site
 * @param killAfter milliseconds, after which it is killed with all that it has started
 */
export async function runPublish(
  { target, env }: Pick<RunningServer, 'target' | 'env'>,
  site: string,
  words: readonly string[],
  killAfter?: number,
): Promise<PublishRun> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [join(project, 'scripts/publish.ts'), target, ...words, '--no-memory'],
    {
      env: { ...process.env, ...env, OUT_DIR: site },
      detached: true, // a group of its own, which is killed whole
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const closed = new Promise<number | undefined>((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done(code ?? undefined));
  });
  const end = new AbortController();
  if (killAfter !== undefined)
    await Promise.race([
      closed,
      wait(killAfter, undefined, { signal: end.signal }).catch(() => {}),
    ]);
  if (killAfter !== undefined && child.exitCode === null && child.pid !== undefined)
    process.kill(-child.pid, 'SIGKILL');
  const code = await closed;
  end.abort();
  return { code, output, time: performance.now() - started };
}
