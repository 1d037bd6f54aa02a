import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const pages = globSync(['*.md', '.github/*.md', 'docs/**/*.md']).sort();

/** The fragments of a page's headings, as forges make them. */
const fragmentsOf = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Links of a page to files and headings of this repository that are not there. */
function findDeadLinks(page: string, markdown: string): string[] {
  return [...markdown.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^(?:https?:|\/|\.\/name)/.test(link)) // or of the site, for editors
    .filter((link) => {
      const [path = '', fragment] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(target)) return true;
      const text = target === page ? markdown : fragment && readFileSync(target, 'utf8');
      return fragment !== undefined && !fragmentsOf(text ?? '').includes(fragment);
    });
}

/**
 * Files of ours that a page names in code and that are not there; of a campaign it may invent some.
 */
const findDeadPaths = (markdown: string): string[] =>
  [...markdown.matchAll(/`((?:src|scripts|tests|public|\.github)\/[^`\s]+)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !/[*<…]|^src\/content\//.test(path) && !existsSync(path));

describe('a page for people is refused', () => {
  test.each([
    ['that links to a file that is not there', '[x](docs/gone.md)', ['docs/gone.md']],
    ['that links to a heading that is not there', '# Here\n[x](#there)', ['#there']],
    ['that links to no heading of another page', '[x](SECURITY.md#gone)', ['SECURITY.md#gone']],
  ])('%s', (_name, markdown, dead) => {
    expect(findDeadLinks('README.md', markdown)).toEqual(dead);
  });

  test('that names a file that is not there', () => {
    expect(findDeadPaths('`src/gone.ts`, `src/kit`, `scripts/*.ts`')).toEqual(['src/gone.ts']);
  });
});

test.each(pages)('%s links to and names only what is there', (page) => {
  const markdown = readFileSync(page, 'utf8');
  expect(findDeadLinks(page, markdown)).toEqual([]);
  expect(findDeadPaths(markdown)).toEqual([]);
});

test('the README has at most 900 words, and with its pages leads to every page of docs/', () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(readme.split(/\s+/).filter((word) => /\p{L}|\d/u.test(word)).length).toBeLessThan(901);
  const linked = globSync(['README.md', 'docs/*.md', 'docs/decisions/README.md']).flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s#]+)/g)].map(([, link = '']) =>
      join(dirname(page), link),
    ),
  );
  const lost = globSync(['docs/*.md', 'docs/decisions/*.md']).filter(
    (page) => !linked.includes(page) && !page.endsWith('README.md'),
  );
  expect(lost).toEqual([]);
});

test('the page on architecture names each folder of the source', () => {
  const text = readFileSync('docs/architecture.md', 'utf8');
  const folders = globSync(['src/*/', 'src/{kit,kit/*,campaign,integrations}/*/', 'scripts/*/'], {
    exclude: ['src/content/*'],
    withFileTypes: true,
  })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(folders.length).toBeGreaterThan(20);
  expect(folders.filter((name) => !text.includes(`${name}/`))).toEqual([]);
});
