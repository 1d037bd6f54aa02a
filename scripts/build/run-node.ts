import { spawn } from 'node:child_process';

/** How a process has ended, and all that it has printed. */
export interface Ended {
  /** Undefined if it was stopped by a signal. */
  readonly code: number | undefined;
  readonly output: string;
}

/**
 * Runs the Node that runs this. Ctrl-C reaches it too, and its end is waited for: whoever has
 * started it can still clean up.
 * @param words the script and what it is given
 * @param env all that it gets of its surroundings
 * @param report is called with each line that it prints
 */
export function runNode(
  words: readonly string[],
  { cwd, env }: { cwd?: string; env: NodeJS.ProcessEnv },
  report: (line: string) => void,
): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
      ...(cwd !== undefined && { cwd }),
    });
    const stop = (signal: NodeJS.Signals) => child.kill(signal);
    process.on('SIGINT', stop).on('SIGTERM', stop);
    let output = '';
    const take = (text: string) => {
      output += text;
      for (const line of text.split('\n')) if (line.trim() !== '') report(line);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', fail);
    child.on('close', (code) => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      done({ code: code ?? undefined, output });
    });
  });
}
