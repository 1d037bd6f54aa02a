import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { readRecords } from '../../src/campaign/read-campaign.ts';
import { maxMailPageBytes, printMailPage } from '../../src/kit/core/mail/mail-page.ts';
import { layOutMail, parseMailText } from '../../src/kit/core/mail/mail-text.ts';
import { parseManifest } from '../../src/kit/core/manifest/manifest.ts';
import { columns, widthOf } from '../../src/kit/core/text/wrap-lines.ts';
import { makeFolder } from '../helpers/build.ts';
import { runNode } from '../helpers/run-node.ts';
import { runVerify } from '../helpers/run-verify.ts';

const write = (...words: string[]) => runNode(['scripts/run.mjs', 'scripts/mail.ts', ...words]);

describe('npm run mail', () => {
  test.each<[string, string[], RegExp, number?]>([
    ['no language', [], /expected --lang/, 2],
    [
      'a folder without a site',
      ['--lang', 'en', '--site', '.'],
      /holds no built site.*npm run build/,
    ],
    ['a language that the site has not', ['--lang', 'xx'], /xx.mail\.txt is not there.*: ar, en\./],
    ['a path for a language', ['--lang', '../en'], /expected --lang/, 2],
  ])('refuses %s, in words', async (_, words, said, exit = 1) => {
    const site = words.includes('--site') ? [] : ['--site', inject('gardenSite')];
    const { code, stderr } = await write(...words, ...site);
    expect({ code, stderr }).toEqual({ code: exit, stderr: expect.stringMatching(said) });
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('writes a mail that verify calls what it is: a draft, unsigned and else as it was built', async () => {
    const file = join(makeFolder('mail-'), 'garden.eml');
    const { code, stdout } = await write(
      '--lang',
      'ar',
      '--site',
      inject('gardenSite'),
      '--out',
      file,
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/draft of edition 1, 0 signatures\n.*UNSIGNED/);
    const { code: verdict, stdout: said } = await runVerify([
      file,
      '--allow-unsigned',
      '--no-memory',
    ]);
    expect(said).toMatch(/UNSIGNED[^]*a draft of edition 1/);
    expect(said).not.toMatch(/tampered|injected|incomplete/);
    expect(verdict).toBe(0);
  });
});

describe.each([
  ['default', inject('defaultSite'), 'src/content'],
  ['second', inject('gardenSite'), 'tests/fixtures/garden'],
])('the digests of the %s campaign', (name, folder, campaign) => {
  const { site, entries } = readRecords(campaign, name);
  const tags = site.languages.map(({ tag }) => tag);
  const readText = (tag: string): string =>
    readFileSync(join(folder, tag, 'mail.txt'), 'utf8').replace(/^\uFEFF/, '');

  test.each(tags)(
    '%s/mail.txt is in the manifest, and its layout follows from its words',
    (tag) => {
      const manifest = parseManifest(readFileSync(join(folder, 'SHA256SUMS')));
      expect(manifest.map(({ path }) => path)).toContain(`${tag}/mail.txt`);
      const text = readText(tag);
      expect(layOutMail(text)).toBe(text);
      expect(layOutMail(text.replace(/\n(?!\n)/g, '\r\n> '))).toBe(text);
      const long = text.split('\n').filter((line) => widthOf(line) > columns);
      expect(long.filter((line) => !/^\s*(?:[!|-] )?\S+$/.test(line))).toEqual([]);
    },
  );

  test.each(tags)(
    '%s/mail.txt begins with who must keep none, and ends with how to check it',
    (tag) => {
      const { mirrors, mail } = entries.interface.find(({ slug }) => slug === tag)!.data;
      const plain = (string: string) => string.replace(/[ \n]+/g, ' ');
      const blocks = parseMailText(readText(tag));
      expect(blocks[0]?.kind).toBe('title');
      expect(blocks.slice(0, 4)).toContainEqual({ kind: 'warning', text: plain(mirrors.storage) });
      expect(blocks.at(-1)).toEqual({ kind: 'paragraph', text: plain(mail.check) });
    },
  );

  test.each(tags)(
    '%s/mail.txt makes a page that no program cuts off, and leads to copies only',
    (tag) => {
      const page = printMailPage(readText(tag), '', tag);
      expect(Buffer.byteLength(page)).toBeLessThan(maxMailPageBytes - 4000);
      const addresses = [...page.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(
        ([, found]) => found,
      );
      const own = [...entries.mirrors.map(({ data }) => data.address), site.canonical];
      expect(addresses.filter((address) => !own.includes(address))).toEqual([]);
    },
  );

  test.each(tags)('%s/mail.txt names no address that is banned or not live', (tag) => {
    const text = readText(tag);
    const banned = entries.sites
      .filter(({ data }) => data.designation.status !== 'none' || data.state !== 'live')
      .flatMap(({ data }) =>
        data.prefixes.map((prefix) => prefix.replace(/^https?:\/\/|\/$/g, '')),
      );
    expect(banned.length).toBeGreaterThan(0);
    expect(banned.filter((address) => text.includes(`(${address}`))).toEqual([]);
  });
});
