import { once } from 'node:events';
import type { ReadStream, WriteStream } from 'node:tty';
import { stopped, UsageError } from './command-line.ts';

/** What a reader of pages may press. */
type Answer = 'on' | 'next' | 'all' | 'quit';

const keys: Readonly<Record<string, Answer>> = {
  '\r': 'on',
  '\n': 'on',
  ' ': 'on',
  n: 'next',
  a: 'all',
  q: 'quit',
};

const help = 'Enter goes on, n goes to the next page, a shows all the rest at once, q stops';

export interface Terminal {
  readonly input: Pick<ReadStream, 'isTTY' | 'setRawMode' | 'resume' | 'pause' | 'once'>;
  readonly output: Pick<WriteStream, 'isTTY' | 'rows' | 'write'>;
}

/**
 * Shows pages of text one screen after another, each time until a key is pressed; where there is no
 * terminal, all at once.
 * @returns how many pages were not shown whole
 * @throws UsageError if the reader stops the command (Ctrl-C, Ctrl-D)
 */
export async function showPaged(
  pages: readonly (readonly string[])[],
  { input, output }: Terminal = { input: process.stdin, output: process.stdout },
): Promise<number> {
  const print = (line: string): void => void output.write(`${line}\n`);
  let isPaged = input.isTTY && output.isTTY;
  let skipped = 0;
  for (const [index, lines] of pages.entries()) {
    let left = [...lines];
    while (left.length > 0) {
      // As many lines as the screen has now, less one for the question.
      const room = isPaged ? Math.max(1, output.rows - 1) : left.length;
      left.splice(0, room).forEach(print);
      if (!isPaged || (left.length === 0 && index === pages.length - 1)) continue;
      const answer = await waitForKey(
        { input, output },
        `page ${index + 1} of ${pages.length}: ${help} `,
      );
      if (answer === 'all') isPaged = false;
      if (answer === 'quit') return skipped + pages.length - index - (left.length > 0 ? 0 : 1);
      if (answer !== 'next') continue;
      if (left.length > 0) skipped += 1;
      left = [];
    }
  }
  return skipped;
}

async function waitForKey({ input, output }: Terminal, question: string): Promise<Answer> {
  output.write(question);
  input.setRawMode(true);
  input.resume();
  try {
    for (;;) {
      const [pressed] = (await once(input as ReadStream, 'data')) as [Buffer | string];
      for (const key of String(pressed)) {
        if (key === '\x03' || key === '\x04') throw new UsageError('Stopped.', stopped);
        const answer = keys[key.toLowerCase()];
        if (answer) return answer;
      }
    }
  } finally {
    input.setRawMode(false);
    input.pause();
    output.write('\n');
  }
}
