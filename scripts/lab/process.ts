import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { UserError } from '../../src/kit/core/text/user-error.ts';

/**
 * A program of the machine that did not do what it should; in words for the person who runs the
 * lab.
 */
export class ProgramError extends UserError {
  override name = 'ProgramError';
}

/** A port of this machine that is free now. */
export function findFreePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

export interface Running {
  /** All that it has printed so far. */
  output: () => string;
  stop: () => Promise<void>;
}

/**
 * Starts a program and waits until it is ready; its whole process group ends with `stop`.
 * @param isReady asked every 50 ms, with what the program has printed
 * @throws ProgramError if it ends before, or is not ready within `seconds`
 */
export async function startProgram(
  command: string,
  parameters: readonly string[],
  isReady: (output: string) => boolean | Promise<boolean>,
  { cwd, env, seconds = 30 }: { cwd?: string; env?: NodeJS.ProcessEnv; seconds?: number } = {},
): Promise<Running> {
  const child = spawn(command, parameters, {
    cwd,
    env: env ?? process.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let ended: string | undefined;
  const take = (text: string) => (output = (output + text).slice(-100_000));
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  const closed = new Promise<void>((done) => {
    child.on('error', (error) => done(void (ended = error.message)));
    child.on('close', (code, signal) => done(void (ended = `it ended with ${signal ?? code}`)));
  });
  const kill = (signal: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch (error) {
      // it has ended by itself
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  };
  const killAll = () => kill('SIGKILL');
  process.once('exit', killAll); // a lab that is stopped leaves no server behind
  const stop = async () => {
    kill('SIGTERM');
    const late = setTimeout(() => kill('SIGKILL'), 3000);
    await closed;
    clearTimeout(late);
    kill('SIGKILL'); // helpers of the program that outlived it
    process.off('exit', killAll);
  };
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    if (ended === undefined && (await isReady(output))) return { output: () => output, stop };
    if (ended !== undefined || performance.now() > deadline) {
      await stop();
      throw new ProgramError(
        `${command} did not start: ${ended ?? `not ready after ${seconds} s`}. ${output.trim().split('\n').slice(-4).join(' / ')}`,
      );
    }
    await wait(50);
  }
}

/** Whether something answers HTTP at an address. */
export async function answers(address: string): Promise<boolean> {
  try {
    await (
      await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(2000) })
    ).arrayBuffer();
    return true;
  } catch {
    return false; // not yet: whoever waits asks again, and gives up by its own clock
  }
}
