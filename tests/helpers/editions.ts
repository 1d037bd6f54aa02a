import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { printEdition, printHistory, type Edition } from '../../src/kit/core/edition/edition.ts';
import { printSignatureComment } from '../../src/kit/core/edition/edition-files.ts';
import { printManifest } from '../../src/kit/core/manifest/manifest.ts';
import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { generateSecretKey } from '../../src/kit/node/minisign/secret-key.ts';
import { type SecretKey, signData } from '../../src/kit/node/minisign/sign.ts';
import { acquireBuildLock } from '../../scripts/build/build-lock.ts';
import type { Changes } from './build.ts';

/** Two keys that were made for this run; nobody keeps them. */
export const holders: readonly SecretKey[] = [generateSecretKey(), generateSecretKey()];
export const publicLines = holders.map(({ publicKey }) => printPublicKey(publicKey));
export const keyIds = holders.map(({ publicKey }) => publicKey.id);

export const sha256 = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex');

/** An edition of the garden, of both keys, with some of what it says changed. */
export function makeEdition(number: number, changes: Partial<Edition> = {}): Edition {
  const keys = { threshold: 2, keys: holders.map(({ publicKey }) => publicKey) };
  return {
    campaign: 'garden',
    number,
    // The garden was checked last on 2 March 2025, and no edition can be older than what it says.
    date: `2025-0${2 + number}-05`,
    lookForNewerAfter: '2025-09-30',
    previousList: undefined,
    history: undefined,
    keys,
    nextKeys: keys,
    signers: keyIds,
    notice: undefined,
    extensions: [],
    ...changes,
  };
}

/**
 * The folders of the editions 1 to `count` of the garden: each signed but the last, which waits for
 * it.
 */
export async function makeEditions(
  count: number,
  last: Partial<Edition> = {},
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const lists: string[] = [];
  for (let number = 1; number <= count; number++) {
    const text = printEdition(
      makeEdition(number, { ...following(lists), ...(number === count && last) }),
    );
    files[`editions/${number}/EDITION.txt`] = text;
    if (number === count) break;
    const list = printManifest([
      { path: 'EDITION.txt', hash: sha256(text) },
      { path: 'en/actions/care.html', hash: sha256(`care ${number}`) },
      { path: 'index.html', hash: sha256(`start ${number}`) },
    ]);
    files[`editions/${number}/SHA256SUMS`] = list;
    for (const key of holders)
      files[`editions/${number}/SHA256SUMS.${key.publicKey.id}.minisig`] = await signData(
        key,
        Buffer.from(list),
        { trusted: commentOf(number, text, list) },
      );
    lists.push(sha256(list));
  }
  return files;
}

/** What an edition says of those before it, by the hashes of their lists. */
export const following = (lists: readonly string[]): Pick<Edition, 'previousList' | 'history'> => ({
  previousList: lists.at(-1),
  history: lists.length === 0 ? undefined : sha256(printHistory(lists)),
});

/** The trusted comment of a signature of an edition of the garden. */
export const commentOf = (number: number, edition: string, list: string): string =>
  printSignatureComment({
    campaign: 'garden',
    number,
    editionHash: sha256(edition),
    listHash: sha256(list),
  });

/** `site.yaml` with the keys of these editions. */
export const withKeys = (yaml: string): string =>
  `${yaml}keys: { threshold: 2, keys: [${publicLines.join(', ')}] }\n`;

/** A campaign with its newest edition, from the first on. */
export const editionChanges = async (
  count: number,
  last: Partial<Edition> = {},
): Promise<Changes> => ({ 'site.yaml': withKeys, ...(await makeEditions(count, last)) });

/**
 * Builds an edition as the build command does once it has found that the sources are those of the
 * edition: that part of it is not what is looked at here, so Astro is started without it.
 * @throws with Astro's output where it fails
 */
export async function buildEdition(
  outDir: string,
  campaign: string,
  number: number | string,
): Promise<void> {
  const release = await acquireBuildLock(() => undefined);
  try {
    const settings = {
      OUT_DIR: outDir,
      CACHE_DIR: `${outDir}.cache`,
      CONTENT_DIR: campaign,
      EDITION_NUMBER: String(number),
      NODE_ENV: 'production',
      NO_COLOR: '1',
    };
    const { DEV, MODE, VITEST, FORCE_COLOR, ...environment } = process.env;
    const child = spawn(process.execPath, ['node_modules/astro/bin/astro.mjs', 'build'], {
      env: { ...environment, ...settings },
    });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(output);
  } finally {
    release();
  }
}
