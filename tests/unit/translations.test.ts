import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeInterface } from '../../scripts/new/campaign-words.ts';
import { listEnglishTexts, printEnglishTexts } from '../../scripts/translations/list-english.ts';
import { listTranslations } from '../../scripts/translations/list-translations.ts';
import { printPage } from '../../scripts/translations/print-page.ts';
import { printTable, printWork } from '../../scripts/translations/print-table.ts';
import { parse } from 'yaml';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { changeGarden, makeFolder, swap, type Changes } from '../helpers/build.ts';
import { runNode } from '../helpers/run-node.ts';

const unread = (text: string): string => text.replace(/checked: read-\w+ \}/, 'checked: false }');
async function list(changes: Changes = {}) {
  const { entries, locales } = await readCampaign(changeGarden(changes), 'the-garden');
  const states = listTranslations(entries, locales);
  const rows = printTable(states, locales).map((line) => line.trim().split(/ {2,}/).join(' '));
  return { rows, work: printWork(states, 'ar') };
}

test('an unread translation that lags, and what it touches, are said first', async () => {
  const { rows, work } = await list({
    'guides/en/watering.mdx': swap('version: 2', 'version: 3\ntouches: [safety]'),
    'guides/ar/watering.mdx': unread,
  });
  expect(rows).toContain('guides 5 1 2 7');
  expect(work.join('\n')).toMatch(
    /^behind: \d\n {2}guides\/ar\/watering\.mdx; the original is 2 ahead; touches safety\n/m,
  );
  const found = work.filter((line) => /guides\/ar/.test(line));
  expect(found).toEqual([
    '  guides/ar/watering.mdx; the original is 2 ahead; touches safety',
    '  guides/ar/watering.mdx; touches safety',
    '  guides/ar/home.mdx',
  ]);
});

test('what is missing is counted, texts and parts of records alike', async () => {
  const before = (await list()).rows;
  const { rows, work } = await list({ 'notices/wet-feet.yaml': swap(', ar: ليس ظهرا.', '') });
  expect(before).toContain('notices 0 0 1 1');
  expect(rows).toContain('notices 1 0 0 1');
  expect(work).toContain('  notices/wet-feet.yaml; touches law, safety, money');
  expect(work).toContain('  guides/en/digging.md');
});

test('a page has the same as the table, and nothing that runs or is loaded', async () => {
  const folder = changeGarden({
    'guides/en/watering.mdx': swap('version: 2', 'version: 3\ntouches: [safety]'),
    'guides/ar/watering.mdx': unread,
    'site.yaml': swap('name: العربية', 'name: العربية <b>&'),
  });
  const { entries, locales, site } = await readCampaign(folder, 'the-garden');
  const page = printPage(listTranslations(entries, locales), site);
  expect(page).toContain(
    '<li>guides/ar/watering.mdx; the original is 2 ahead; touches safety</li>',
  );
  expect(page).toContain('<h2 id="ar" lang="ar">العربية &lt;b>&amp;</h2>');
  expect(page).toMatch(/<th scope="row">\d{4}-\d\d-\d\d<\/th><td><code>/);
  expect(page).not.toMatch(/<script|<link|src=|https?:/);
});

test('the texts that were compared with their sources longest ago come first', async () => {
  const { rows } = await list({
    'notices/wet-feet.yaml': swap('checked: 2025-03-02', 'checked: 2025-02-01'),
  });
  expect(rows[rows.indexOf('oldest checks') + 1]).toBe('2025-02-01 notices/wet-feet.yaml');
});

describe('texts of the interface', async () => {
  const { entries } = await readCampaign('tests/fixtures/garden', 'the-garden');
  const [known] = entries.interface;
  if (!known) throw new Error('the garden has an interface');
  const listIn = (tag: string, text: string) =>
    listEnglishTexts([
      {
        ...known,
        file: `interface/${tag}.yaml`,
        slug: tag,
        data: parse(text) as typeof known.data,
      },
    ]);

  test('that nobody has translated are named in the language that they are not in', () => {
    const [all] = listIn('de', makeInterface('de'));
    expect(all?.places.length).toBeGreaterThan(150);
    const [rest] = listIn(
      'de',
      makeInterface('de').replace(/^( +firstActions:) .*/m, '$1 Was man tun kann'),
    );
    expect(all?.places.filter((place) => !rest?.places.includes(place))).toEqual([
      'home.firstActions',
    ]);
    expect(printEnglishTexts(all ? [all] : []).join('\n')).toMatch(
      /still in English\n {2}interface\/de\.yaml: \d+ texts, nav\.skip, .*, …$/,
    );
  });

  test('are none where all is translated, and none in a language of the program', () => {
    expect(listIn('en', makeInterface('en'))).toEqual([]);
    const german = JSON.stringify(parse(makeInterface('de')), (_, value: unknown) =>
      typeof value === 'string' ? 'Ein deutscher Text' : value,
    );
    expect(listIn('de', german)).toEqual([]);
    expect(printEnglishTexts([])).toEqual([]);
  });
});

describe('npm run translations', () => {
  test('prints a table, or the work of one language', async () => {
    const folder = changeGarden({});
    const run = (...words: string[]) =>
      runNode(['scripts/translations.ts', ...words], { CONTENT_DIR: folder });
    expect((await run()).stdout).toMatch(/^ar\n\s+missing\s+behind\s+unread\s+all\n/);
    expect((await run('--lang', 'ar')).stdout).toMatch(/^missing: \d+\n/);
    const page = join(makeFolder('translations-'), 'all.html');
    expect((await run('--html', page)).stdout).toContain('translations in ');
    expect(readFileSync(page, 'utf8')).toContain('<h1>Translations of garden</h1>');
    expect(await run('--lang', 'fr')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--lang is "fr", expected one of ar'),
    });
  });
});
