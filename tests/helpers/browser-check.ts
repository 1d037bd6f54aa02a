import { parsePublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { browserPlatform as platform } from '../../src/kit/browser/platform.ts';
import { readZip } from '../../src/kit/core/archive/zip/read-zip.ts';
import { makeZipCopy } from '../../src/kit/core/source/archive-copy.ts';
import { verifyCopy } from '../../src/kit/core/verify/verify-copy.ts';

/*
 * The core as a browser runs it: bundled whole by a test, with what browsers have of themselves.
 * Nothing of Node may be in it.
 */

/** The verdict of the core on a zip. */
async function check(zip: Uint8Array, key: string): Promise<{ verdict: string; files: number }> {
  const source = {
    path: 'site.zip',
    size: zip.length,
    read: async (offset: number, length: number) => zip.subarray(offset, offset + length),
    close: async () => {},
  };
  const trust = {
    origin: 'the keys that you gave',
    campaign: undefined,
    editions: new Map<number, never>(),
    given: { threshold: 1, keys: [parsePublicKey(key)] },
  };
  const archive = await readZip(source, platform);
  const { verdict, files } = await verifyCopy(makeZipCopy('site.zip', archive, platform), trust, {
    today: '2026-06-01',
    seen: () => [],
    progress: () => {},
    platform,
  });
  return { verdict, files };
}

Object.assign(globalThis, { check });
