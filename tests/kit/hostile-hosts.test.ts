import { beforeAll, describe, expect, test } from 'vitest';
import { allBehaviours } from '../../scripts/lab/oracle/all-behaviours.ts';
import { startBehavingHost } from '../../scripts/lab/oracle/behaving-host.ts';
import { checkHost } from '../../scripts/lab/oracle/check-host.ts';
import { makeSignedSite, type SignedSite } from '../../scripts/lab/oracle/signed-site.ts';
import type { Verdict } from '../../src/kit/core/verify/verdict.ts';

/*
 * Hosts that do something to true bytes, by their names in the oracle's table: the lab shows there
 * what browsers make of each. Here are their verdicts, without a browser.
 */

let site: SignedSite;
beforeAll(async () => {
  site = await makeSignedSite();
});

async function check(name: string) {
  const behaviour = allBehaviours.find((each) => each.name === name);
  if (!behaviour) throw new Error(`the oracle has no behaviour “${name}”`);
  const host = await startBehavingHost(site, behaviour, 'name.invalid');
  try {
    return await checkHost(host.base, site);
  } finally {
    host.stop();
  }
}

const loads = /makes browsers load what the page does not name/;
const reported = /has browsers report each visit to another host/;
const something = /has browsers show pages as something else than pages/;
const letters = /has browsers read files in another encoding, in which letters are others/;
const moved = /sends from files to other folders, from where the links of a page lead elsewhere/;
const behind = /there are further bytes, which browsers and tools read differently/;

describe('a page of true bytes', () => {
  test.each<[behaviour: string, verdict: Verdict, evidence: RegExp]>([
    ['Link: a style sheet', 'injected', loads],
    ['Link: a quoted pair in the relation', 'injected', loads],
    ['Link: an escaped quote', 'injected', loads],
    ['Link: a quote that is never closed', 'injected', loads],
    ['Link: harmless in one header and not in the next', 'injected', loads],
    ['Link: preload with a quoted pair', 'injected', loads],
    ['Link: next', 'injected', loads],
    ['Link: in Early Hints (103)', 'injected', loads],
    ['Content-Security-Policy: a report of what it breaks', 'injected', reported],
    ['Content-Security-Policy: a report in capitals', 'injected', reported],
    ['Content-Security-Policy-Report-Only: a report of each page', 'injected', reported],
    ['Content-Encoding: gzip of two members', 'tampered', behind],
    ['Content-Encoding: gzip of an empty member, then the page', 'tampered', behind],
    ['Content-Encoding: gzip, then an empty member', 'tampered', behind],
    ['Content-Encoding: gzip, then other bytes', 'tampered', behind],
    ['Content-Encoding: gzip, then zeros', 'tampered', behind],
    ['Content-Encoding: deflate, then other bytes', 'tampered', behind],
    ['Content-Encoding: deflate without zlib, then other bytes', 'tampered', behind],
    ['Content-Encoding: br, then other bytes', 'tampered', behind],
    ['Content-Encoding: zstd, then other bytes', 'tampered', behind],
    ['Content-Encoding: the front page as gzip of two members', 'tampered', behind],
    ['Content-Type: none, and no guessing', 'injected', something],
    ['Content-Type: none (a page with byte order mark and policy)', 'injected', something],
    ['Content-Type: plain text', 'injected', something],
    ['Content-Type: XHTML', 'injected', something],
    ['Content-Type: a picture (SVG)', 'injected', something],
    ['Content-Type: multipart, whose boundary is in the page', 'injected', something],
    ['Content-Type: two headers, HTML first', 'injected', something],
    ['Content-Type: two headers, the second with another charset', 'injected', letters],
    ['Content-Type: a comma within quotes', 'injected', letters],
    ['Content-Type: another charset (UTF-16)', 'injected', letters],
    ['Content-Type: another charset, quoted with a quoted pair', 'injected', letters],
    ['Content-Type: the front page as XHTML', 'injected', /shown as something else than a page/],
    ['a text that is called HTML', 'injected', /has browsers read texts as HTML or XML/],
    ['a text that is called SVG', 'injected', /has browsers read texts as HTML or XML/],
    ['a text in another encoding', 'injected', letters],
    ['a feed that is called HTML', 'injected', /has browsers read texts as HTML or XML/],
    ['a feed in another encoding', 'injected', letters],
    ['redirect: into another folder of the host, with the true page', 'injected', moved],
    ['redirect: with a slash in place of .html', 'injected', moved],
    [
      'redirect: the front page into another folder, with the true page',
      'injected',
      /shows index\.html at .*, which is not its place: links on it lead elsewhere/,
    ],
    [
      'redirect: none, but the front page shows another true page',
      'injected',
      /shows en\/home\.html at .*, which is not its place/,
    ],
    [
      'framing: a head of HTTP/0.9',
      'incomplete',
      /the answer is of HTTP\/0\.9, expected 1\.1 or 1\.0/,
    ],
  ])('that comes with %s is %s', async (name, verdict, evidence) => {
    const found = await check(name);
    expect(found.evidence.join('\n')).toMatch(evidence);
    expect(found.verdict).toBe(verdict);
  });
});

describe('a page that is true and not plainly shown', () => {
  test.each<[behaviour: string, note: RegExp]>([
    ['Content-Security-Policy: no styles', /sets a policy of its own/],
    ['Content-Security-Policy: another policy behind a comma', /sets a policy of its own/],
    ['Set-Cookie', /sets a cookie/],
    ['a picture with a cookie', /sets a cookie/],
    ['Content-Type: a stream', /has browsers save pages, and not show them/],
    ['Content-Disposition: an attachment with another name', /garden\.html\.exe/],
    [
      'Content-Type: another charset (UTF-16) (a page with byte order mark and policy)',
      /their byte order mark counts more/,
    ],
    ['redirect: without .html', /sends from the addresses of files to others of its own/],
    ['redirect: the front page to its index.html', /The address itself leads on to "index\.html"/],
    ['redirect: a folder to a true page of the site', /"en\/" shows en\/home\.html and not/],
  ])('is authentic, with a note, where it comes with %s', async (name, note) => {
    const { verdict, notes } = await check(name);
    expect(notes.join('\n')).toMatch(note);
    expect(verdict).toBe('authentic');
  });
});

describe('an honest host', () => {
  test.each(allBehaviours.filter(({ isHabit }) => isHabit).map(({ name }) => [name]))(
    'is authentic: %s',
    async (name) => {
      const { verdict, evidence } = await check(name);
      expect({ verdict, evidence }).toEqual({ verdict: 'authentic', evidence: [] });
    },
  );
});
