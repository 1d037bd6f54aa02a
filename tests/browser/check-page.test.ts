import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { makeCheckPage } from '../../scripts/release/check-page.ts';
import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { trustGiven } from '../../src/kit/core/trust/trust.ts';
import { verdicts, type Verdict } from '../../src/kit/core/verify/verdict.ts';
import { nodePlatform } from '../../src/kit/node/platform.ts';
import { checkTarget } from '../../src/kit/node/verify/check-target.ts';
import { languages } from '../../src/check-page/words/languages.ts';
import { auditPage, loadAxe } from '../helpers/axe.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { makeFolder } from '../helpers/build.ts';
import { isLong } from '../helpers/depth.ts';
import { htmlPart, makeMhtml } from '../helpers/make-mhtml.ts';
import { changeCopy, makeEdition, makeKeys } from '../helpers/signed-sites.ts';
import { check } from '../vectors/vyrai.ts';
import { keysOfCase, readCases, vectors } from '../vectors/contract.ts';

let browser: Browser;
let html: string;
let address: string;
beforeAll(async () => {
  [browser, html] = await Promise.all([launchBrowser(), makeCheckPage('0.0.0')]);
  const file = join(makeFolder('check-page-'), 'check.html');
  writeFileSync(file, html);
  address = pathToFileURL(file).href;
});
afterAll(() => browser.close());

let context: BrowserContext;
let page: Page;
/** What the browser asked for besides the page, and what it complained of. */
let asked: string[];
async function open(locale = 'en', viewport = { width: 390, height: 800 }): Promise<void> {
  context = await browser.newContext({ locale, viewport });
  asked = [];
  page = await context.newPage();
  page.on('console', (message) => asked.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => asked.push(`error: ${error.message}`));
  context.on('request', (request) => {
    if (request.url() !== address) asked.push(request.url());
  });
  await page.clock.setFixedTime('2026-06-01T12:00:00Z');
  await page.goto(address);
}
beforeEach(() => open());
afterEach(() => context.close());

const [key] = makeKeys(1) as [ReturnType<typeof makeKeys>[number]];
const give = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Give</title></head><body><main><h1>Give</h1><p>Seeds cost money: NL91 ABNA 0417 1643 00.</p><p>Ask <a href="home.html">at home</a> first.</p></main></body></html>`;
let site: string;
beforeAll(async () => {
  site = await makeEdition(
    { 'index.html': '<p>Garden</p>', 'en/give.html': give, 'en/home.html': '<p>Home</p>' },
    { number: 1, keys: [key] },
  );
});

async function enterKeys(keys: readonly string[], threshold?: number): Promise<void> {
  await page.fill('#keys', keys.join('\n'));
  await page.fill('#threshold', threshold === undefined ? '' : String(threshold));
}

/** Chooses a copy: a folder by its field, anything else by that for files. */
async function choose(target: string, field: 'copy' | 'against' = 'copy'): Promise<void> {
  const kind = extname(target) === '' ? 'folder' : 'file';
  await page.setInputFiles(`#${field}-${kind}`, target);
  await page
    .locator(`output[for~="${field}-${kind}"]`)
    .filter({ hasText: `"${basename(target)}"` })
    .waitFor();
}

/** Starts the check, and gives the verdict that is shown. */
async function judge(): Promise<string> {
  await page.locator('form button:not([type])').click();
  await page.locator('#result .verdict').waitFor();
  return (await page.locator('#result .verdict h3').textContent()) ?? '';
}

const findings = (): Promise<string[]> => page.locator('.findings li').allTextContents();

describe('check.html gives no verdict', () => {
  it.each<[what: string, arrange: () => Promise<void>, says: RegExp]>([
    ['without a key', () => choose(site), /at least one public key/],
    ['with half a key', () => enterKeys(['RWQ']).then(() => choose(site)), /56 characters/],
    [
      'with a key twice',
      () =>
        enterKeys(Array(2).fill(printPublicKey(key.publicKey)) as string[]).then(() =>
          choose(site),
        ),
      /is there twice/,
    ],
    [
      'with more signatures asked for than keys',
      () => enterKeys([printPublicKey(key.publicKey)], 2).then(() => choose(site)),
      /from 1 to 1/,
    ],
    ['without a copy', () => enterKeys([printPublicKey(key.publicKey)]), /Choose a copy/],
    [
      'on a page alone',
      () =>
        enterKeys([printPublicKey(key.publicKey)]).then(() => choose(join(site, 'en/give.html'))),
      /to compare the page with/,
    ],
    [
      'on a file that is none of its kinds',
      () => enterKeys([printPublicKey(key.publicKey)]).then(() => choose(resolve('package.json'))),
      /no zip, no CAR and no page/,
    ],
  ])('%s, and says why', async (_, arrange, says) => {
    await arrange();
    expect(await judge()).toBe('No verdict');
    expect(await page.locator('#result').innerText()).toMatch(says);
  });

  it.each([
    ['lacks Ed25519', 'crypto.subtle.importKey = () => Promise.reject(new Error("unknown"))'],
    ['takes any signature for true', 'crypto.subtle.verify = () => Promise.resolve(true)'],
    ['has no WebCrypto', 'Object.defineProperty(crypto, "subtle", { value: undefined })'],
    ['unpacks nothing', 'delete globalThis.DecompressionStream'],
  ])('in a browser that %s', async (_, script) => {
    await context.addInitScript(script);
    await page.reload();
    await page.locator('#result .verdict').waitFor();
    expect(await page.locator('#result').innerText()).toMatch(/lacks what a check needs/);
    await enterKeys([printPublicKey(key.publicKey)]);
    await choose(site);
    expect(await judge()).toBe('No verdict');
  });
});

describe('check.html gives the verdict of the command', () => {
  /** Keys are pasted as text here: these cases are about the bytes of a file that holds one. */
  const onKeyFiles = ['k-file-lone-cr', 'k-file-latin1', 'k-file-long'];
  /** Browsers follow links, so that no page could know of them: these cases are left out, too. */
  const rows = readCases()
    .filter(({ links, name }) => !links && !onKeyFiles.includes(name))
    .filter((_, index) => index % (isLong ? 1 : 15) === 0);

  it(`on ${rows.length} of the vectors`, { timeout: 900_000 }, async () => {
    const differences: string[] = [];
    for (const each of rows) {
      const { keys, threshold } = keysOfCase(each);
      const target = join(vectors, each.target);
      const words = [
        ...keys.flatMap((_, index) => ['--key', keyFiles(each)[index] ?? '']),
        ...(threshold === undefined ? [] : ['--threshold', String(threshold)]),
      ];
      const command = await check(['verify', ...words, '--today', each.today, target]);
      await page.clock.setFixedTime(`${each.today}T12:00:00Z`);
      await enterKeys(keys, threshold);
      await choose(target);
      const verdict = await judge();
      if (verdict !== (command.verdict ?? 'No verdict'))
        differences.push(`${each.name}: ${verdict}, the command: ${command.verdict}`);
    }
    expect(differences).toEqual([]);
  });

  const keyFiles = (each: (typeof rows)[number]): readonly string[] =>
    (each.trust !== null && 'keys' in each.trust
      ? each.trust.keys
      : ['keys/anna.pub', 'keys/boris.pub', 'keys/clara.pub']
    ).map((file) => join(vectors, file));

  const swap = (from: string | RegExp, to: string) => () => {
    const changed = give.replace(from, to);
    if (changed === give) throw new Error('nothing was changed');
    return changed;
  };
  it.each<[what: string, verdict: Verdict, name: string, make: () => string]>([
    ['the true page', 'authentic', 'give.html', () => give],
    [
      'the page as a browser saves it',
      'authentic',
      'give.html',
      swap('<!DOCTYPE html>', '<!DOCTYPE html>\n'),
    ],
    ['another account', 'tampered', 'give.html', swap('1643', '1644')],
    ['another link', 'tampered', 'give.html', swap('home.html', 'https://elsewhere.invalid/')],
    [
      'one link to a host',
      'tampered',
      'give.html',
      swap('home.html', 'https://mirror.invalid/en/home.html'),
    ],
    [
      'a script',
      'tampered',
      'give.html',
      swap('</main>', '<script src="//x.invalid/"></script></main>'),
    ],
    [
      'an image of elsewhere',
      'tampered',
      'give.html',
      swap('</main>', '<img src="http://x.invalid/i"></main>'),
    ],
    [
      'a word in a hidden template',
      'tampered',
      'give.html',
      swap('</main>', '<template><p>x</p></template></main>'),
    ],
    [
      'a word for browsers without scripts',
      'tampered',
      'give.html',
      swap('</main>', '<noscript>x</noscript></main>'),
    ],
    [
      'a word outside of a table',
      'tampered',
      'give.html',
      swap('</main>', '<table>x<tr><td>y</table></main>'),
    ],
    ['an emphasis that never ends', 'tampered', 'give.html', swap('<p>Seeds', '<p><b>Seeds')],
    [
      'a drawing with a link',
      'tampered',
      'give.html',
      swap('</main>', '<svg><a xlink:href="//x.invalid/"><text>x</text></a></svg></main>'),
    ],
    [
      'its encoding too late',
      'tampered',
      'give.html',
      swap('<meta', `<!-- ${'x'.repeat(1024)} --><meta`),
    ],
    [
      'its encoding in a comment',
      'tampered',
      'give.html',
      swap('<meta charset="utf-8">', '<!-- --!><meta charset="utf-8"><!-- -->'),
    ],
    ['no encoding', 'tampered', 'give.html', swap('<meta charset="utf-8">', '')],
    [
      'an instruction of XML',
      'tampered',
      'give.html',
      swap('<!DOCTYPE', '<?xml-stylesheet href="//x.invalid/"?><!DOCTYPE'),
    ],
    ['a NUL', 'tampered', 'give.html', swap('Seeds', 'Seeds\0')],
    ['no doctype', 'tampered', 'give.html', swap('<!DOCTYPE html>', '')],
    ['a comment between letters', 'authentic', 'give.html', swap('Seeds', 'Se<!-- x -->eds')],
    ['entities', 'authentic', 'give.html', swap('Seeds', '&#83;eeds&NewLine;')],
    [
      'elements without end',
      'tampered',
      'give.html',
      swap('</main>', `${'<div>'.repeat(2000)}</main>`),
    ],
    [
      'too many tags',
      'tampered',
      'give.html',
      swap('</main>', `${'<i></i>'.repeat(160_000)}</main>`),
    ],
    [
      'another page',
      'injected',
      'give.html',
      () => '<!DOCTYPE html><title>Won</title><p>You have won.',
    ],
    ['a page under the name of XML', 'injected', 'give.xhtml', () => give],
    ['a page as phones save it', 'unsigned', 'give.mhtml', () => makeMhtml([htmlPart(give)])],
    [
      'the same with another account',
      'tampered',
      'give.mhtml',
      () => makeMhtml([htmlPart(swap('1643', '1644')())]),
    ],
  ])('on a saved page with %s: %s', async (_, verdict, name, make) => {
    const file = join(makeFolder('saved-'), name);
    writeFileSync(file, make());
    const { report } = await checkTarget(
      { place: file, against: site, proxy: undefined, call: 'node verify.mjs verify' },
      trustGiven([key.publicKey], undefined),
      { today: '2026-06-01', seen: () => [], progress: () => {}, platform: nodePlatform },
    );
    await enterKeys([printPublicKey(key.publicKey)]);
    await choose(file);
    await choose(site, 'against');
    expect({ page: await judge(), command: report.verdict }).toEqual({
      page: verdict,
      command: verdict,
    });
    expect(asked).toEqual([]);
  });

  it('on a folder of the site, in an archive of it, and where a byte differs', async () => {
    await enterKeys([printPublicKey(key.publicKey)]);
    for (const copy of [
      site,
      join(site, 'download/garden-1.zip'),
      join(site, 'download/garden-1.car'),
    ]) {
      await choose(copy);
      expect(await judge(), copy).toBe('authentic');
    }
    await choose(changeCopy(site, { 'en/home.html': '<p>Hame</p>' }));
    expect(await judge()).toBe('tampered');
    expect((await findings()).join()).toContain('"en/home.html" has other bytes');
  });
});

describe('check.html', () => {
  it('shows names that a stranger chose as text', async () => {
    const name = '<img src=x onerror=alert(1)>.html';
    await enterKeys([printPublicKey(key.publicKey)]);
    await choose(changeCopy(site, { [`en/${name}`]: '<script>alert(1)</script>' }));
    expect(await judge()).toBe('injected');
    expect((await findings()).join()).toContain(name);
    expect(await page.locator('img, iframe').count()).toBe(0);
    expect(asked).toEqual([]);
  });

  it('asks nobody for anything, also where it is served, and stores nothing', async () => {
    const requests: string[] = [];
    const server = createServer(({ url }, answer) => {
      requests.push(url ?? '');
      answer.setHeader('Content-Type', 'text/html').end(html);
    });
    const other = createServer(({ url }, answer) => {
      requests.push(`other: ${url}`);
      answer.end();
    });
    for (const each of [server, other])
      await new Promise<void>((done) => each.listen(0, '127.0.0.1', done));
    const portOf = (of: typeof server): number => (of.address() as AddressInfo).port;
    try {
      const file = join(makeFolder('saved-'), 'give.html');
      const away = `http://127.0.0.1:${portOf(other)}/`;
      writeFileSync(
        file,
        give
          .replace(
            '<title>',
            `<base href="${away}"><link rel="preload" as="image" href="${away}p"><title>`,
          )
          .replace(
            '</main>',
            `<img src="${away}i"><iframe src="${away}f"></iframe><style>@import "${away}s"</style></main>`,
          ),
      );
      await page.goto(`http://127.0.0.1:${portOf(server)}/check.html`);
      await enterKeys([printPublicKey(key.publicKey)]);
      await choose(file);
      await choose(site, 'against');
      expect(await judge()).toBe('tampered');
      expect(requests).toEqual(['/check.html']);
      expect(await context.storageState({ indexedDB: true })).toEqual({ cookies: [], origins: [] });
    } finally {
      server.close();
      other.close();
    }
  });

  it('has its policy first, and runs no other script', async () => {
    expect(html).toMatch(
      /^<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-/,
    );
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken over"';
      document.body.append(script);
    });
    expect(await page.title()).toBe('Check a copy');
    expect(asked.join()).toMatch(/Content Security Policy/);
  });

  it('ends at its bounds on a file that claims to be huge, and can be stopped', async () => {
    await enterKeys([printPublicKey(key.publicKey)]);
    const copy = changeCopy(site, {});
    truncateSync(join(copy, 'en/home.html'), 2 * 2 ** 30);
    await choose(copy);
    expect(await judge()).toBe('tampered');
    expect((await findings()).join()).toMatch(/has 2147483648 bytes, expected at most/);
    const zip = join(makeFolder('huge-'), 'site.zip');
    writeFileSync(zip, 'PK');
    truncateSync(zip, 2 * 2 ** 30);
    await choose(zip);
    expect(await judge()).toBe('incomplete');
    truncateSync(join(copy, 'en/home.html'), 250 * 2 ** 20); // read to its end, in pieces
    await choose(copy);
    await page.locator('form button:not([type])').click();
    await page.locator('form button', { hasText: 'Stop' }).click();
    await page.locator('#result .verdict').waitFor();
    expect(await page.locator('#result').innerText()).toContain('The check was stopped.');
  });

  it('takes keys from files, and is used with the keyboard alone', async () => {
    const folder = makeFolder('keys-');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'anna.pub'),
      `untrusted comment: minisign public key\n${printPublicKey(key.publicKey)}\n`,
    );
    await page.setInputFiles('#key-files', join(folder, 'anna.pub'));
    await page.locator('#keys').filter({ visible: true }).waitFor();
    await expect.poll(() => page.inputValue('#keys')).toContain(printPublicKey(key.publicKey));
    await choose(join(site, 'download/garden-1.zip'));
    const stops: string[] = [];
    for (let at = 0; at < 10; at += 1) {
      await page.keyboard.press('Tab');
      stops.push(
        await page.evaluate(
          () => document.activeElement?.id || (document.activeElement?.textContent ?? ''),
        ),
      );
    }
    expect(stops).toEqual([
      ...Object.values(languages).map(({ language }) => language),
      ...['keys', 'key-files', 'threshold', 'copy-folder', 'copy-file', 'Check'],
    ]);
    await page.focus('form button:not([type])');
    await page.keyboard.press('Enter');
    await page.locator('#result .sound').waitFor();
    expect(await page.locator('#result').getAttribute('aria-live')).toBe('polite');
  });

  it.each(Object.entries(languages))('says all in %s, at 320 px', async (tag, words) => {
    await context.close();
    await open(tag, { width: 320, height: 700 });
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(tag);
    expect(await page.title()).toBe(words.title);
    await enterKeys([printPublicKey(key.publicKey)]);
    await page.setInputFiles('#copy-folder', changeCopy(site, { 'en/new.html': 'x' }));
    await page.locator('output').first().filter({ hasText: 'site' }).waitFor();
    expect(await judge()).toMatch(words.verdicts.injected.name);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    ).toBeLessThanOrEqual(0);
    await loadAxe(page);
    expect(await auditPage(page)).toEqual([]);
    await page.locator('nav button', { hasText: 'English' }).click();
    expect(await page.locator('#result .verdict h3').textContent()).toBe('injected');
  });

  it('has words for each verdict in each language', () => {
    for (const { verdicts: own } of Object.values(languages))
      expect(Object.keys(own).sort()).toEqual([...verdicts].sort());
  });

  it('has at most 250 kB, 90 kB of them compressed', () => {
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(250_000);
    expect(gzipSync(html).length).toBeLessThanOrEqual(90_000);
    expect(html).not.toMatch(/\bnode:|\bBuffer\b|localStorage|\bfetch\(/);
    expect(readFileSync('src/check-page/main.ts', 'utf8')).not.toContain('innerHTML');
  });
});
