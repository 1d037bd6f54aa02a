import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeCampaign } from '../../scripts/new/campaign.ts';
import { recordKinds, writeRecord, type RecordWord } from '../../scripts/new/record.ts';
import { makeFolder, tryBuild } from '../helpers/build.ts';
import { fillIn } from '../helpers/fill-in.ts';
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

test('with a record of each kind, begun by the command and filled in, it has their pages', async () => {
  const folder = join(makeFolder('new-'), 'campaign');
  const out = join(makeFolder('new-site-'), 'site');
  const today = '2026-11-28';
  writeCampaign(folder, {
    ...{ id: undefined, name: 'Garden days', main: 'de', languages: ['de', 'fa'] },
    ...{ accent: '#1f6f3a', today, program: '..' },
  });
  for (const kind of Object.keys(recordKinds) as RecordWord[]) {
    const isAddress = kind === 'mirror' || kind === 'site';
    const title = isAddress ? 'https://beet.example/' : `Beet ${kind}`;
    const asked = kind === 'date' ? { annual: '06-21' } : {};
    const file = writeRecord(recordKinds[kind], folder, title, asked, today);
    writeFileSync(file, fillIn(readFileSync(file, 'utf8'), 'Ein Satz vom Beet.'));
  }
  const site = join(folder, 'site.yaml');
  writeFileSync(site, readFileSync(site, 'utf8').replace(/^# day: .*/m, 'day: beet-date'));
  const { code, output } = await tryBuild(out, { CONTENT_DIR: folder });
  expect({ code, output }).toMatchObject({ code: 0 });
  const pages = ['action/beet-action', 'initiative/beet-initiative', 'leaflet', 'letter-sheet'];
  for (const page of [...pages, 'timeline', 'day'])
    for (const tag of ['de', 'fa'])
      expect(existsSync(join(out, tag, `${page}.html`)), `${tag}/${page}`).toBe(true);
});
