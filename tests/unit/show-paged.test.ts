import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { showPaged, type Terminal } from '../../scripts/cli/show-paged.ts';

/** A terminal of five rows at which somebody presses keys, one at each question. */
function makeTerminal(pressed: readonly string[], isTTY = true) {
  const input = Object.assign(new PassThrough(), {
    isTTY,
    modes: [] as boolean[],
    setRawMode(mode: boolean) {
      this.modes.push(mode);
      if (mode) setImmediate(() => input.write(pressed[asked++] ?? '\x03'));
      return this;
    },
  });
  let [asked, shown] = [0, ''];
  const output = { isTTY, rows: 5, write: (text: string) => void (shown += text) };
  return {
    terminal: { input, output } as unknown as Terminal,
    shown: () => shown,
    asked: () => asked,
    modes: input.modes,
  };
}

const lines = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index + 1}`);
const pages = [lines('a', 6), lines('b', 6), lines('c', 2)];

describe('pages of text', () => {
  it.each<[what: string, keys: string[], isShown: string[], isNot: string[], unread: number]>([
    ['all, by Enter', ['\r', '\r', ' ', '\n'], ['a6', 'b6', 'c2'], [], 0],
    ['without the rest of a page', ['n', '\r', '\r'], ['a4', 'b6', 'c2'], ['a5'], 1],
    ['all at once from some key on', ['\r', 'a'], ['a6', 'b6', 'c2'], [], 0],
    ['until the reader stops', ['\r', '\r', 'q'], ['a6', 'b4'], ['b5', 'c1'], 2],
    ['until the reader stops between two', ['\r', 'q'], ['a6'], ['b1'], 2],
    ['by keys among others that mean nothing', ['xyz\r', 'Q'], ['a6'], ['b1'], 2],
  ])('are shown a screen at a time: %s', async (_, keys, isShown, isNot, unread) => {
    const { terminal, shown, modes } = makeTerminal(keys);
    expect(await showPaged(pages, terminal)).toBe(unread);
    for (const line of isShown) expect(shown()).toContain(`${line}\n`);
    for (const line of isNot) expect(shown()).not.toContain(`${line}\n`);
    expect(modes.at(-1)).toBe(false);
  });

  it('never fill more than the screen before the question', async () => {
    const { terminal, shown } = makeTerminal(['\r', '\r', '\r', '\r']);
    await showPaged(pages, terminal);
    const screens = shown().split(/page \d of 3: .*\n/);
    expect(Math.max(...screens.map((screen) => screen.split('\n').length - 1))).toBe(4);
  });

  it.each(['\x03', '\x04'])('end with the command by Ctrl-C or Ctrl-D', async (key) => {
    const { terminal, modes } = makeTerminal([key]);
    await expect(showPaged(pages, terminal)).rejects.toThrow('Stopped.');
    expect(modes).toEqual([true, false]);
  });

  it('come all at once where there is no terminal', async () => {
    const { terminal, shown, asked } = makeTerminal([], false);
    expect(await showPaged(pages, terminal)).toBe(0);
    expect(shown()).toBe(`${pages.flat().join('\n')}\n`);
    expect(asked()).toBe(0);
  });
});
