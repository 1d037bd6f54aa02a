import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  memoryFile,
  MemoryError,
  readMemory,
  recall,
  remember,
} from '../../src/kit/node/verify/memory.ts';
import { makeFolder } from '../helpers/build.ts';

const [anna, boris] = ['A'.repeat(16), 'B'.repeat(16)];
const seen = (number: number, digit = 'a') => ({ number, list: digit.repeat(64) });
const fileWith = (text: string): string => {
  const file = join(makeFolder('memory-'), 'seen.json');
  writeFileSync(file, text);
  return file;
};
const absent = (): string => join(makeFolder('memory-'), 'deep/er/seen.json');

describe('a memory that cannot be believed stops the check: else an older edition would pass', () => {
  it.each([
    ['nothing', ''],
    ['half a file', '{ "garden A": { "number": 3, '],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number as text', JSON.stringify({ x: { number: '3', list: 'a'.repeat(64) } })],
    ['half a number', JSON.stringify({ x: { number: 3.5, list: 'a'.repeat(64) } })],
    ['no number', JSON.stringify({ x: { list: 'a'.repeat(64) } })],
    ['a short hash', JSON.stringify({ x: { number: 3, list: 'a' } })],
    ['one sound entry and one that is not', JSON.stringify({ x: seen(3), y: null })],
  ])('%s', (_, text) => {
    const file = fileWith(text);
    expect(() => readMemory(file)).toThrow(
      expect.objectContaining({
        name: 'MemoryError',
        message: expect.stringContaining(`${file} is damaged`),
      }),
    );
  });

  it('a folder in its place', () => {
    expect(() => readMemory(makeFolder('memory-'))).toThrow(
      /cannot be read .*Mend its rights, or use --no-memory/,
    );
  });

  it('a place where it cannot be written, and nothing half written stays', () => {
    const parent = makeFolder('memory-');
    mkdirSync(join(parent, 'seen.json')); // a folder cannot be replaced by a file
    expect(() => remember(join(parent, 'seen.json'), {}, 'garden', [anna], seen(1))).toThrow(
      MemoryError,
    );
    expect(readdirSync(parent)).toEqual(['seen.json']);
  });
});

describe('what was seen', () => {
  it('is nothing before the first time', () => {
    expect(readMemory(absent())).toEqual({});
  });

  it.each<[what: string, before: number, now: number, after: number]>([
    ['an older edition does not replace a newer one', 3, 2, 3],
    ['the same number keeps the list that came first', 3, 3, 3],
    ['a newer edition replaces an older one', 3, 4, 4],
  ])('%s', (_, before, now, after) => {
    const file = absent();
    remember(file, {}, 'garden', [anna], seen(before, 'a'));
    remember(file, readMemory(file), 'garden', [anna], seen(now, 'b'));
    expect(recall(readMemory(file), 'garden', [anna])).toEqual([
      seen(after, now > before ? 'b' : 'a'),
    ]);
  });

  it('is kept by campaign and key: neither a stranger’s edition nor another campaign’s raises the bar', () => {
    const file = absent();
    remember(file, {}, 'garden', [anna], seen(3));
    remember(file, readMemory(file), 'meadow', [anna], seen(9));
    remember(file, readMemory(file), 'garden', [boris], seen(5));
    expect(recall(readMemory(file), 'garden', [anna])).toEqual([seen(3)]);
    expect(recall(readMemory(file), 'garden', [anna, boris])).toEqual([seen(3), seen(5)]);
    expect(recall(readMemory(file), 'orchard', [anna, boris])).toEqual([]);
  });

  it('is for its user alone, and always in one order', () => {
    const file = absent();
    remember(file, {}, 'garden', [boris, anna], seen(1));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object)).toEqual([
      `garden ${anna}`,
      `garden ${boris}`,
    ]);
  });
});

describe('its place', () => {
  it.each<[NodeJS.ProcessEnv, NodeJS.Platform, string]>([
    [{ VYRAI_STATE: '/stick/seen.json', XDG_STATE_HOME: '/state' }, 'linux', '/stick/seen.json'],
    [{ XDG_STATE_HOME: '/state' }, 'linux', '/state/vyrai/seen.json'],
    [{ XDG_STATE_HOME: '' }, 'linux', join(homedir(), '.local/state/vyrai/seen.json')],
    [{}, 'darwin', join(homedir(), 'Library/Application Support/vyrai/seen.json')],
    [{ LOCALAPPDATA: '/local' }, 'win32', '/local/vyrai/seen.json'],
  ])('with %j on %s is %s', (settings, platform, file) => {
    expect(memoryFile(settings, platform)).toBe(file);
  });
});
