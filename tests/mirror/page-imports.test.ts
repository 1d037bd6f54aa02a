import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

test('the comparison of pages needs Node and our own pure files alone', () => {
  const folder = 'scripts/mirror/page';
  const waiting = readdirSync(folder).map((name) => join(folder, name));
  const read = new Set<string>();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (read.has(file)) continue;
    read.add(file);
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)) {
      expect(name, file).toMatch(/^(?:node:crypto$|\.{1,2}\/)/); // no files, no network, no processes
      if (name.startsWith('.')) waiting.push(join(dirname(file), name));
    }
  }
  expect(read.size).toBeGreaterThan(20);
  expect([...read].filter((file) => !/^(?:scripts\/mirror\/(?:page\/|quote-name)|src\/lib\/)/.test(file))).toEqual([]);
});
