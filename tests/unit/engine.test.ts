import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** All files of the engine: everything but the default campaign and its tests. */
const engine = ['src', 'scripts', 'public'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name))
    .filter(
      (file) => !file.startsWith(join('src', 'content') + '/') && !file.includes('node_modules'),
    ),
);

test('the engine names no country, campaign, organisation or date of the default campaign', () => {
  expect(engine.length).toBeGreaterThan(80);
  // "Belarusian" (беларуская) is a language, and languages have rules of their own.
  const words =
    /belarus(?!ian)|bélarus(?!se)|беларус(?!к)|minsk|lukashenk|viasna|libereco|nam digest|4 august|08-04/i;
  expect(engine.filter((file) => words.test(readFileSync(file, 'utf8')))).toEqual([]);
});

// Which folder may import which, dependency-cruiser says (`npm run lint`,
// tests/unit/borders.test.ts).
test('only data asks the content store, and lib is pure', () => {
  const sees = (file: string, pattern: RegExp) => pattern.test(readFileSync(file, 'utf8'));
  expect(
    engine.filter((file) => !file.startsWith('src/data/') && sees(file, /getCollection|getEntry/)),
  ).toEqual([]);
  expect(
    engine.filter(
      (file) =>
        file.startsWith('src/lib/') &&
        sees(file, /from '(?:node:fs|node:process)|Date\.now|new Date\(\)|process\./),
    ),
  ).toEqual([]);
});
