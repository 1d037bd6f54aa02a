import { spawn } from 'node:child_process';

export interface NodeOutcome {
  readonly code: number;
  /** All that was printed, in its order. */
  readonly output: string;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the Node of the tests, and waits for its end. `settings` go on top of those of this process;
 * `input` is all that can be read.
 */
export function runNode(
  words: readonly string[],
  settings: Record<string, string> = {},
  { cwd, input = '' }: { cwd?: string; input?: string } = {},
): Promise<NodeOutcome> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, words, {
      env: { ...process.env, ...settings },
      ...(cwd !== undefined && { cwd }),
    });
    let [output, stdout, stderr] = ['', '', ''];
    child.stdout
      .setEncoding('utf8')
      .on('data', (text: string) => ((output += text), (stdout += text)));
    child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => ((output += text), (stderr += text)));
    child.stdin.on('error', () => {}).end(input); // one that reads nothing may have closed it
    child.on('error', fail);
    child.on('close', (code) => done({ code: code ?? -1, output, stdout, stderr }));
  });
}
