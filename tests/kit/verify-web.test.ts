import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { hostWith } from '../../scripts/lab/hosts/habits/serve-habit.ts';
import { routePlainly, type Habit } from '../../scripts/lab/hosts/habits/habit.ts';
import {
  brotli,
  folderWithoutSlash,
  foldsCase,
  gzip,
  latin1Header,
  scriptAfterPolicy,
  scriptBeforePolicy,
  startPageForMissing,
  stricterPolicy,
  stripsHtml,
} from '../../scripts/lab/hosts/habits/habits.ts';
import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import type { Verdict } from '../../src/kit/core/verify/verdict.ts';
import { makeFolder } from '../helpers/build.ts';
import { changeCopy } from '../helpers/signed-sites.ts';
import { anna, boris, clara, makeWorld, page, type World } from '../helpers/garden-editions.ts';
import { reply, startRawHost } from '../helpers/raw-host.ts';
import { runVerify, verifyAsJson, type JsonReport } from '../helpers/run-verify.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

async function verifyOn(
  habit: Habit,
  site: string,
  under = '',
  words: readonly string[] = [],
): Promise<{ code: number; report: JsonReport }> {
  const root = makeFolder('root-');
  cpSync(site, join(root, under), { recursive: true });
  const { address, stop } = await hostWith(habit).start(root, makeFolder('host-'));
  try {
    return await verifyAsJson([`${address}/${under}`, ...words], { CONTENT_DIR: world.clone });
  } finally {
    await stop();
  }
}

const plain: Habit = { name: 'plain' };
const falsePage = page('Garden', 'Send money to mallory.');

describe('hosts of an adversary', () => {
  it.each<[attack: string, wish: string, habit: Habit, verdict: Verdict, evidence: RegExp]>([
    [
      'a script before the policy of each page',
      'to see who reads',
      scriptBeforePolicy,
      'tampered',
      /"index\.html" has other bytes/,
    ],
    [
      'a script after the policy of each page',
      'the same',
      scriptAfterPolicy,
      'tampered',
      /"index\.html" has other bytes/,
    ],
    [
      'one sentence changed on the way',
      'the money',
      { name: 'alters', alter: (html) => html.replace('0417 1643', '0417 1644') },
      'tampered',
      /"en\/give\.html" has other bytes/,
    ],
    [
      'another page at the front door alone',
      'whoever types the address, and no checker of files',
      { name: 'front door', extra: { '': falsePage } },
      'injected',
      /The address itself shows a page that is in no list/,
    ],
    [
      'a header that sends readers on',
      'all readers, after true bytes',
      { name: 'refresh', headers: { refresh: '5;url=https://elsewhere.invalid/' } },
      'injected',
      /sends readers on to another address/,
    ],
    ...(
      [
        ['a relation with a quoted pair', '</x.css>; rel="st\\ylesheet"'],
        ['a relation of capitals, without quotes', '</x.css>; REL=StyleSheet'],
        ['a second rel', '</x.css>; rel=canonical; rel=stylesheet'],
        ['a relation among harmless ones', '</x.css>; rel="canonical stylesheet"'],
        [
          'a link behind a comma in quotes',
          '</a>; rel=canonical; title="a, b", </x.css>; rel=preload',
        ],
        ['a relation that Firefox loads ahead', '</x.html>; rel=next'],
        ['a relation that nobody knows yet', '</x.html>; rel=conjure'],
        ['no relation', '</x.html>'],
        ['a quote that does not end', '</x.css>; rel="stylesheet'],
        ['a backslash at the end', '</x.css>; rel="stylesheet\\'],
      ] as const
    ).map(([name, link]): [string, string, Habit, Verdict, RegExp] => [
      `a Link header with ${name}`,
      'to cover the words, or to know who reads',
      { name: 'link', headers: { link } },
      'injected',
      /makes browsers load what the page does not name/,
    ]),
    ...(
      [
        ['report-uri', "default-src 'none'; report-uri https://elsewhere.invalid/r"],
        ['report-uri in capitals', 'REPORT-URI //elsewhere.invalid/r'],
        ['report-uri behind a comma', "img-src 'self', report-uri https://elsewhere.invalid/r"],
        ['a second address', 'report-uri /r https://elsewhere.invalid/r'],
      ] as const
    ).flatMap(([name, policy]) =>
      ['content-security-policy', 'content-security-policy-report-only'].map(
        (header): [string, string, Habit, Verdict, RegExp] => [
          `a ${header} with ${name}`,
          'to know who reads what',
          { name: 'policy', headers: { [header]: policy } },
          'injected',
          /has browsers report each visit to another host/,
        ],
      ),
    ),
    [
      'a policy that reports to a named place',
      'the same',
      {
        name: 'policy',
        headers: {
          'content-security-policy': "default-src 'none'; report-to r",
          'reporting-endpoints': 'r="https://elsewhere.invalid/r"',
        },
      },
      'injected',
      /has browsers report each visit to another host/,
    ],
    [
      'a header that loads a style sheet',
      'to cover the words',
      { name: 'link', headers: { link: '</x.css>; rel=stylesheet' } },
      'injected',
      /makes browsers load what the page does not name/,
    ],
    [
      'a false archive under the name that pages link',
      'whoever takes the site home to have a false one',
      { name: 'false archive', extra: { 'download/garden-3.zip': 'PK\x03\x04false' } },
      'tampered',
      /download\/garden-3\.zip: there is no end of a zip in it/,
    ],
    [
      'the CID of another site under the name that pages link',
      'whoever asks a gateway to have a false one',
      { name: 'false CID', extra: { 'download/CID.txt': `b${'a'.repeat(58)}\n` } },
      'tampered',
      /download\/CID\.txt does not say the CID of the archive next to it/,
    ],
    [
      'one page led to another host',
      'to show another one there',
      {
        name: 'elsewhere',
        route: (path, files) =>
          path === 'en/give.html'
            ? { status: 302, to: '/elsewhere.invalid/give.html' }
            : routePlainly(path, files),
      },
      'tampered',
      /elsewhere\.invalid/,
    ],
    [
      'true files but one missing',
      'a warning not to be read',
      {
        name: 'missing',
        route: (path, files) =>
          path === 'en/give.html' ? { status: 404, file: '404.html' } : routePlainly(path, files),
      },
      'incomplete',
      /"en\/give\.html" is missing/,
    ],
  ])('%s (to get %s)', async (_attack, _wish, habit, verdict, evidence) => {
    const { code, report } = await verifyOn(habit, world.sites[3]);
    expect(report.evidence.map(({ text }) => text).join('\n')).toMatch(evidence);
    expect({ verdict: report.verdict, code }).toEqual({ verdict, code: 1 });
  });

  it('an older edition, a mixed and an unsigned one are told as on a disk', async () => {
    const mixed = changeCopy(world.sites[3], {
      'en/give.html': readFileSync(join(world.sites[2], 'en/give.html')),
    });
    const outcomes = await Promise.all([verifyOn(plain, world.sites[2]), verifyOn(plain, mixed)]);
    expect(outcomes.map(({ report }) => report.verdict)).toEqual(['rolled back', 'mixed']);
  });

  it('a cookie is told, since it marks readers, and is no fault of the copy', async () => {
    const { report } = await verifyOn(
      { name: 'cookie', headers: { 'set-cookie': 'id=1' } },
      world.sites[3],
    );
    expect(report.verdict).toBe('authentic');
    expect(report.notes.join('\n')).toMatch(/sets a cookie/);
  });
});

describe('honest hosts with habits', () => {
  it.each<[name: string, habit: Habit]>([
    ['a plain one', plain],
    [
      'one with harmless links',
      {
        name: 'links',
        headers: {
          link: '</>; rel="canonical", <https://a.invalid/wp-json/>; rel="https://api.w.org/"; title="a, b"',
        },
      },
    ],
    [
      'one that reports breaches to itself',
      { name: 'own reports', headers: { 'content-security-policy': 'report-uri /reports' } },
    ],
    ['one that strips .html', stripsHtml],
    ['one that folds case', foldsCase],
    ['one that answers with the start page', startPageForMissing],
    ['one with a policy of its own', stricterPolicy],
    ['one that packs with gzip', gzip],
    ['one that packs with brotli', brotli],
    ['one that says latin-1', latin1Header],
  ])('%s is authentic, at its root and below a path', async (_, habit) => {
    for (const under of ['', 'deep/sub/path/']) {
      const { code, report } = await verifyOn(habit, world.sites[3], under);
      expect(report.evidence).toEqual([]);
      expect({ verdict: report.verdict, code, files: report.files }).toEqual({
        verdict: 'authentic',
        code: 0,
        files: 8,
      });
    }
  });

  it('an address proves its edition to whoever has keys that were replaced before', async () => {
    const words = [anna, boris, clara].flatMap(({ publicKey }) => [
      '--key',
      printPublicKey(publicKey),
    ]);
    const { code, report } = await verifyOn(plain, world.sites[3], '', [
      ...words,
      '--threshold',
      '2',
    ]);
    expect([code, report.verdict]).toEqual([0, 'authentic']);
    expect(report.notes.join('\n')).toMatch(/Keys were replaced .* in edition 3/);
  });

  // Links of /site start from /, so whoever has the rest of the host decides where they lead.
  it('one that takes slashes away is authentic at its root, and not below a path', async () => {
    expect((await verifyOn(folderWithoutSlash, world.sites[3])).report.verdict).toBe('authentic');
    const { code, report } = await verifyOn(folderWithoutSlash, world.sites[3], 'deep/sub/path/');
    expect(report.evidence.map(({ text }) => text).join('\n')).toMatch(
      /shows index\.html at ".*\/deep\/sub\/path", which is not its place/,
    );
    expect({ verdict: report.verdict, code }).toEqual({ verdict: 'injected', code: 1 });
  });

  it('a copy without archives is authentic', async () => {
    expect(
      (await verifyOn(plain, changeCopy(world.sites[3], { download: null }))).report.verdict,
    ).toBe('authentic');
  });

  it('the report says what a check of an address cannot know', async () => {
    const { address, stop } = await hostWith(plain).start(world.sites[3], makeFolder('host-'));
    const { output } = await runVerify([`${address}/`], { CONTENT_DIR: world.clone });
    await stop();
    expect(output).toMatch(/^http.*: AUTHENTIC$/m);
    expect(output).toMatch(/served to you, now/);
  });
});

describe('hosts that do not answer', () => {
  it('nobody there is unreachable, and ends with 3', async () => {
    const { code, report } = await verifyAsJson(['http://127.0.0.1:1/'], {
      CONTENT_DIR: world.clone,
    });
    expect({ verdict: report.verdict, code }).toEqual({ verdict: 'unreachable', code: 3 });
  });

  it('a host that drops every second connection for a file is authentic in the end', async () => {
    const files = (path: string): Buffer | undefined => {
      try {
        return readFileSync(join(world.sites[3], path === '/' ? 'index.html' : path));
      } catch {
        return undefined; // a missing page
      }
    };
    // Counted for each file: in which order files are asked for is left to chance.
    const asked = new Map<string, number>();
    const host = await startRawHost((socket) => {
      const path = decodeURIComponent(/^GET (\S+)/.exec(host.heads.at(-1) ?? '')?.[1] ?? '/');
      const count = (asked.get(path) ?? 0) + 1;
      asked.set(path, count);
      if (count % 2 === 1) return void socket.destroy();
      const bytes = files(path);
      const type = `Content-Type: text/${/\.html$|\/$/.test(path) ? 'html' : 'plain'}\r\n`;
      socket.write(bytes ? reply(bytes, type) : reply('gone', '', '404 Not Found'));
    });
    const { code, report } = await verifyAsJson([host.origin], { CONTENT_DIR: world.clone });
    await host.stop();
    expect({ verdict: report.verdict, code }).toEqual({ verdict: 'authentic', code: 0 });
  });

  it('an address that is none is wrong use', async () => {
    const outcome = await runVerify(['https://user:secret@mirror.invalid/'], {
      CONTENT_DIR: world.clone,
    });
    expect(outcome).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/user name or a password/),
    });
  });
});
