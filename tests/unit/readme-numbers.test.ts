import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { budgets } from '../../src/lib/page-size.ts';

const readme = readFileSync('README.md', 'utf8');
/** The cell of a row of the table of numbers. */
const cell = (row: string): string =>
  new RegExp(`^\\| ${row} +\\| (.*?) +\\|$`, 'm').exec(readme)?.[1] ?? '';
const written = (number: number): string => number.toLocaleString('en-GB');

test('the numbers of the README are the budgets of pages, and half of the pages are as small as it says', () => {
  expect(cell('Bytes of a page')).toContain(`95 % under ${written(budgets.ordinary)}`);
  expect(cell('Bytes of a page')).toContain(`none over ${written(budgets.page)}`);
  expect(cell('Frame of a page')).toContain(`at most ${written(budgets.frame)} bytes`);
  const sizes = readFileSync('tests/sizes.md', 'utf8')
    .split('\n')
    .flatMap((line) => /^\| \S+\.html \| (\d+) /.exec(line)?.slice(1).map(Number) ?? [])
    .sort((a, b) => a - b);
  const [, half = ''] = /half of the pages under ([\d,]+)/.exec(cell('Bytes of a page')) ?? [];
  expect(sizes.length).toBeGreaterThan(200);
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(Number(half.replace(',', '')));
});

test('it counts packages, languages and hosts as they are', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies: object;
  };
  const { languages } = parse(readFileSync('src/content/site.yaml', 'utf8')) as {
    languages: unknown[];
  };
  const hosts = globSync('scripts/lab/hosts/*.ts', { exclude: ['**/*.d.ts'] }).flatMap(
    (file) => readFileSync(file, 'utf8').match(/^ +name: '/gm) ?? [],
  );
  expect(cell('Packages')).toContain(`to build ${Object.keys(dependencies).length}`);
  expect(cell('Languages')).toMatch(new RegExp(`^${languages.length};`));
  expect(cell('Hosts')).toMatch(new RegExp(`^${hosts.length} in`));
});
