import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, tryBuild } from '../helpers/build.ts';
import { runNode } from '../helpers/run-node.ts';

test('a new campaign builds as it is, in all its languages, without any record', async () => {
  const folder = join(makeFolder('new-'), 'campaign');
  const out = join(makeFolder('new-site-'), 'site');
  const words = ['--name', 'Garden days', '--languages', 'en,be,fa', '--main', 'en'];
  const begun = await runNode([
    'scripts/new.ts',
    'campaign',
    folder,
    ...words,
    '--accent',
    '#1f6f3a',
  ]);
  expect(begun, begun.output).toMatchObject({ code: 0 });
  const { code, output } = await tryBuild(out, { CONTENT_DIR: folder });
  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringContaining('in 3 languages (be, en, fa)'),
  });
  for (const page of ['en/home.html', 'be/about.html', 'fa/search.html', 'be/feed.xml'])
    expect(existsSync(join(out, page)), page).toBe(true);
  const home = readFileSync(join(out, 'be/home.html'), 'utf8');
  // without a style, a name in Latin would run on into Cyrillic words
  expect(home).toMatch(/Garden days<\/span><\/a> <a /);
  // no heading without anything below it
  expect(home).not.toMatch(/<\/h2>\s*<(?:h2|aside)/);
});
