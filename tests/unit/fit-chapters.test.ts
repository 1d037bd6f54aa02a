import { describe, expect, test } from 'vitest';
import { parsePage } from '../../src/integrations/post-build/built-page.ts';
import type {
  Chapter,
  ChapterGroup,
  ChapterPart,
} from '../../src/integrations/post-build/carry/chapters.ts';
import {
  printWithin,
  type Selection,
} from '../../src/integrations/post-build/carry/fit-chapters.ts';

const part = (group: ChapterGroup, count: number, words: string): ChapterPart => ({
  group,
  chapters: Array.from({ length: count }, (_, index): Chapter => {
    const name = `${group}/${index + 1}`;
    const html = `<html lang="en"><body><main data-listed><p>${words}</p></main>`;
    const page = parsePage(`en/${name}.html`, html);
    return { page, name, title: name, state: 'live', bytes: Buffer.byteLength(words) };
  }),
});

/** Prints a selection as what it holds, and keeps what it was asked for. */
function print(parts: readonly ChapterPart[], maxBytes: number, bytesPerChapter = 100) {
  const asked: Selection[] = [];
  const made = printWithin(parts, { maxBytes, packing: 4 }, (selection) => {
    asked.push(selection);
    const names = selection.parts.flatMap(({ chapters }) => chapters.map(({ name }) => name));
    return { length: names.length * bytesPerChapter, names, isWhole: selection.isWhole };
  });
  return { ...made, asked };
}

describe('a file that holds many pages', () => {
  const guides = part('guide', 2, 'Water the beds at dawn.');
  const news = part('update', 8, 'The frost took the beans.');

  test('that is too large without any news stays so, for its check to say', () => {
    const { length, names } = print([guides, news], 150);
    expect(length).toBe(200);
    expect(names).toEqual(['guide/1', 'guide/2']);
  });

  test('leaves out the news that readers meet last, and nothing else, and knows it', () => {
    const { length, names, isWhole } = print([guides, news], 650);
    expect(length).toBeLessThanOrEqual(650);
    expect(names.slice(0, 4)).toEqual(['guide/1', 'guide/2', 'update/1', 'update/2']);
    expect(names).not.toContain('update/8');
    expect(isWhole).toBe(false);
  });

  test('is printed once, whole, where all fits', () => {
    const { names, isWhole, asked } = print([guides, news], 1000);
    expect(names).toHaveLength(10);
    expect(isWhole).toBe(true);
    expect(asked).toHaveLength(1);
  });

  test('of thousands of news is not printed whole to be thrown away', () => {
    const words = 'frost '.repeat(100).trim();
    const { length, names, asked } = print([guides, part('update', 3000, words)], 60_000, 700);
    expect(length).toBeLessThanOrEqual(60_000);
    expect(names.length).toBeGreaterThan(60); // most of the room is used
    expect(asked.length).toBeLessThanOrEqual(4);
    const most = Math.max(...asked.map(({ parts }) => parts.flatMap((one) => one.chapters).length));
    expect(most).toBeLessThan(420);
  });
});
