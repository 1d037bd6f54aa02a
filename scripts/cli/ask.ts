import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { stopped, UsageError } from './command-line.ts';

/**
 * Answers that came through a pipe, line by line, since a second reader of stdin would find
 * nothing.
 */
let piped: Promise<string[]> | undefined;

async function readPiped(): Promise<string> {
  piped ??= (async () => {
    let text = '';
    for await (const part of process.stdin.setEncoding('utf8')) text += part;
    return text.split(/\r?\n/);
  })();
  const line = (await piped).shift();
  if (line === undefined)
    throw new UsageError('There is no terminal to ask at, and standard input has no further line.');
  return line;
}

/**
 * Asks on the terminal; where there is none, takes the next line of standard input.
 * @param hidden whether what is typed stays off the screen
 * @throws UsageError if nothing is left to read, or somebody stops it (Ctrl-C, Ctrl-D)
 */
export async function ask(question: string, hidden = false): Promise<string> {
  if (!process.stdin.isTTY) {
    process.stderr.write(question);
    return readPiped();
  }
  const output = hidden
    ? new Writable({ write: (_chunk, _encoding, done) => done() })
    : process.stderr;
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  // only now: what is typed before the terminal listens would be shown
  process.stderr.write(question);
  try {
    return await new Promise((done, fail) => {
      // without a listener the question ends with a stack trace
      terminal.on('SIGINT', () => terminal.close());
      terminal.on('close', () => fail(new UsageError('Stopped.', stopped)));
      terminal.question('').then(done, fail);
    });
  } finally {
    terminal.close();
    if (hidden) process.stderr.write('\n');
  }
}
