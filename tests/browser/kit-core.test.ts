import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { makeEdition, makeKeys } from '../helpers/signed-sites.ts';

/** Bundles the core as for a page; whatever is missing in a browser stops it. */
async function bundleCore(): Promise<string> {
  const bundle = await rolldown({ input: 'tests/helpers/browser-check.ts', platform: 'browser' });
  const { output } = await bundle.generate({ format: 'iife' });
  const [{ code, imports }] = output;
  expect(imports).toEqual([]);
  return code;
}

describe('the core of the kit, in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('gives the verdict on a zip that is true, and on one that is not', async () => {
    const [key] = makeKeys(1);
    const site = await makeEdition(
      { 'index.html': '<p>Start</p>'.repeat(50), 'en/mint.html': '<p>Mint</p>' },
      { number: 1, keys: [key!] },
    );
    const zip = readFileSync(join(site, 'download/garden-1.zip'));
    const changed = Buffer.from(zip);
    const at = changed.indexOf('<p>Mint</p>'); // stored, since it is too short to pack
    changed[at + 3] = 'H'.charCodeAt(0);
    const code = await bundleCore();
    expect(code).not.toMatch(/\bnode:|\bBuffer\b|\bprocess\./);
    const context = await browser.newContext();
    const page = await context.newPage();
    // WebCrypto is there on safe origins alone.
    await page.route('https://mirror.example/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>x</title>' }),
    );
    await page.goto('https://mirror.example/');
    await page.addScriptTag({ content: code });
    const check = (bytes: Buffer): Promise<unknown> =>
      page.evaluate(
        ([base64, line]) =>
          (
            globalThis as unknown as {
              check: (zip: Uint8Array, key: string) => Promise<unknown>;
            }
          )
            .check(
              Uint8Array.from(atob(base64!), (character) => character.charCodeAt(0)),
              line!,
            )
            .catch((error: unknown) => String(error)),
        [bytes.toString('base64'), printPublicKey(key!.publicKey)],
      );
    expect(await check(zip)).toEqual({ verdict: 'authentic', files: 3 });
    expect(await check(changed)).toMatchObject({ verdict: 'tampered' });
    await context.close();
  });
});
