import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { toThreeLetters } from '../../scripts/zim/language-codes.ts';
import { zim } from '../../scripts/zim/zim.ts';
import { UserError } from '../../src/kit/core/text/user-error.ts';
import { makeFolder } from '../helpers/build.ts';

const lacks = ['zimwriterfs', 'zimcheck', 'faketime'].some(
  (command) => spawnSync(command, ['--version']).error !== undefined,
);
const path = process.env['PATH'];
afterEach(() => {
  process.env['PATH'] = path;
});

const copySite = (): string => {
  const folder = join(makeFolder('zim-'), 'site');
  cpSync(inject('gardenSite'), folder, { recursive: true });
  return folder;
};

async function run(site: string, ...words: string[]): Promise<{ code: number; output: string }> {
  const lines: string[] = [];
  const campaign = 'tests/fixtures/garden';
  try {
    const code = await zim(words, { site, campaign, print: (text) => lines.push(text) });
    return { code, output: lines.join('\n') };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { code: error.exitCode ?? 1, output: error.message };
  }
}

describe('npm run zim', () => {
  const out = (): string => join(makeFolder('zim-'), 'garden.zim');

  test.each<[name: string, words: () => string[], expected: string]>([
    ['a draft that was not asked for', () => [], 'There is no key to check with'],
    ['a folder that is not there', () => ['--draft', '/nowhere'], 'Build it first: npm run build'],
    ['a folder without a site', () => ['--draft', makeFolder('empty-')], 'holds no built site'],
    [
      'a language that it lacks',
      () => ['--draft', '--lang', 'xx'],
      '--lang xx: the site has no such',
    ],
    ['a folder as its file', () => ['--draft', '--out', '/tmp.zim/x.zim'], '/tmp.zim is not there'],
    ['another ending', () => ['--draft', '--out', '/tmp/garden.zip'], 'ends in .zim'],
    ['two folders', () => ['a', 'b'], 'Found 2 words'],
  ])('refuses %s, in words', async (_name, words, expected) => {
    const { code, output } = await run(inject('gardenSite'), ...words());
    expect(output).toContain(expected);
    expect(code).not.toBe(0);
  });

  test('says what to install where a program is missing', async () => {
    process.env['PATH'] = '/nowhere';
    const file = out();
    const { code, output } = await run(inject('gardenSite'), '--draft', '--out', file);
    expect(output).toContain('apt-get install zim-tools faketime');
    expect([code, existsSync(file)]).toEqual([1, false]);
  });

  test('refuses a site of which a file was changed', async () => {
    const site = copySite();
    writeFileSync(join(site, '404.html'), '<p>Nothing.');
    const { output } = await run(site, '--draft', '--out', out());
    expect(output).toContain('TAMPERED');
  });

  test.skipIf(lacks)('keeps no ZIM file with a link that leads nowhere', async () => {
    const site = copySite();
    rmSync(join(site, 'download'), { recursive: true });
    const file = out();
    const { output } = await run(site, '--draft', '--out', file);
    expect(output).toMatch(/zimcheck refuses the ZIM file, .*download/);
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  test.skipIf(lacks)('makes one with the archive in it, byte for byte', async () => {
    const site = copySite();
    const file = out();
    await run(site, '--draft', '--out', file);
    const [name = ''] = readdirSync(join(site, 'download')).filter((each) => /\.zip$/.test(each));
    const { stdout } = spawnSync('zimdump', ['show', `--url=download/${name}`, file]);
    expect(stdout.equals(readFileSync(join(site, 'download', name)))).toBe(true);
  });

  test.skipIf(lacks)('makes one that opens in a language, and leaves nothing else', async () => {
    const site = copySite();
    const file = out();
    const { code, output } = await run(site, '--draft', '--lang', 'ar', '--out', file);
    expect(output).toMatch(/garden\.zim: \d+ bytes, \d+ files, of \d{4}-\d\d-\d\d\n/);
    expect(output).toContain('opens with ar/index.html; zimcheck passes it');
    expect(readFileSync(file).subarray(0, 4).toString('latin1')).toBe('ZIM\u0004');
    expect([code, readdirSync(dirname(file)), readdirSync(dirname(site))]).toEqual([
      0,
      ['garden.zim'],
      ['site'],
    ]);
  });
});

describe('codes of languages', () => {
  test('are those of ISO 639-3, whatever follows the language', () => {
    expect(['be', 'be-tarask', 'FA', 'szl'].map(toThreeLetters)).toEqual([
      'bel',
      'bel',
      'fas',
      'szl',
    ]);
  });

  test.each(['xx', 'english', ''])('refuse "%s"', (tag) => {
    expect(() => toThreeLetters(tag)).toThrow('expected one that begins with a code of ISO 639');
  });
});
