import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/kit/core/verify/verdict.ts';
import { makeFolder } from '../helpers/build.ts';
import { changeCopy } from '../helpers/signed-sites.ts';
import { makeWorld, page, type World } from '../helpers/garden-editions.ts';
import { verifyAsJson } from '../helpers/run-verify.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

const save = (html: string | Buffer): string => {
  const file = join(makeFolder('saved-'), 'a page from a friend.html');
  writeFileSync(file, html);
  return file;
};
const read = (path: string, edition: 1 | 2 | 3 = 3): string =>
  readFileSync(join(world.sites[edition], path), 'utf8');
const noReference = '/nowhere';

describe('a single page', () => {
  it.each<
    [
      what: string,
      verdict: Verdict,
      html: () => string | Buffer,
      against: (() => string) | undefined,
      said: RegExp,
    ]
  >([
    [
      'with another account',
      'tampered',
      () => read('en/give.html').replace('0417 1643', '0417 1644'),
      () => world.sites[3],
      /account.*0417 1643.*0417 1644/i,
    ],
    [
      'with a script',
      'tampered',
      () =>
        read('en/give.html').replace(
          '</body>',
          '<script src="https://elsewhere.invalid/x.js"></script></body>',
        ),
      () => world.sites[3],
      /script.*elsewhere/is,
    ],
    [
      'with another sentence',
      'tampered',
      () => read('en/home.html').replace('What grows', 'Nothing grows'),
      () => world.sites[3],
      /known "What.*here "Nothing/,
    ],
    [
      'that is like none',
      'injected',
      () => page('Lottery', 'You have won a prize, call now.'),
      () => world.sites[3],
      /like none of its pages/,
    ],
    [
      'of an older edition',
      'rolled back',
      () => read('en/give.html', 2),
      undefined,
      /is the page of edition 2, and edition 3 is known/,
    ],
    [
      'that nobody can compare',
      'unsigned',
      () => read('en/give.html').replace('0417 1643', '0417 1644'),
      undefined,
      /--against COPY/,
    ],
    [
      'that is held against a false copy',
      'tampered',
      () => read('en/give.html').replace('0417 1643', '0417 1644'),
      () => changeCopy(world.sites[3], { 'en/home.html': 'x' }),
      /is tampered itself/,
    ],
    [
      'without end',
      'tampered',
      () => `<html>${'x'.repeat(5 * 2 ** 20)}`,
      () => world.sites[3],
      /bytes/,
    ],
  ])('%s is %s', async (_, verdict, html, against, said) => {
    const { code, report } = await verifyAsJson(
      [save(html()), '--against', against?.() ?? noReference],
      { CONTENT_DIR: world.clone },
    );
    expect(report.evidence.map(({ text }) => text).join('\n')).toMatch(said);
    expect({ verdict: report.verdict, code }).toEqual({ verdict, code: 1 });
  });

  it('of the newest edition is authentic by its bytes alone, and is named', async () => {
    const { code, report } = await verifyAsJson([save(read('en/give.html'))], {
      CONTENT_DIR: world.clone,
    });
    expect({ verdict: report.verdict, code, evidence: report.evidence }).toEqual({
      verdict: 'authentic',
      code: 0,
      evidence: [],
    });
    expect(report.notes).toEqual(['It is en/give.html of edition 3, byte for byte.']);
  });

  it('that a browser has saved is authentic in words, and the report says where its links lead', async () => {
    const saved = read('en/give.html')
      .replace(
        '<head>',
        '<head><!-- saved from url=(0031)https://mirror.invalid/en/give.html -->\r\n',
      )
      .replaceAll('"utf-8"', "'utf-8'");
    const { report } = await verifyAsJson([save(saved), '--against', world.sites[3]], {
      CONTENT_DIR: world.clone,
    });
    expect({ verdict: report.verdict, evidence: report.evidence }).toEqual({
      verdict: 'authentic',
      evidence: [],
    });
    expect(report.notes.join('\n')).toMatch(/the bytes are not, as when a browser saves a page/);
  });

  it('is compared with a zip and a CAR as with a folder', async () => {
    for (const ending of ['zip', 'car']) {
      const { report } = await verifyAsJson(
        [
          save(read('fr/give.html').replace('0417 1643', '0417 1644')),
          '--against',
          join(world.sites[3], `download/garden-3.${ending}`),
        ],
        { CONTENT_DIR: world.clone },
      );
      expect(report.evidence.map(({ text }) => text).join('\n')).toMatch(/account/i);
    }
  });
});
