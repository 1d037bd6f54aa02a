import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { printEdition, type Edition, type KeySet } from '../../src/kit/core/edition/edition.ts';
import { generateSecretKey } from '../../src/kit/node/minisign/secret-key.ts';
import { type SecretKey, signData } from '../../src/kit/node/minisign/sign.ts';
import { writeArchives, writeManifest } from '../../src/kit/node/edition/write-manifest.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import {
  archiveFolder,
  archiveName,
  editionFile,
  manifestFile,
  signatureFile,
} from '../../src/kit/core/edition/edition-files.ts';
import { makeFolder } from './build.ts';
import type { Files } from './plant.ts';

export interface EditionOptions {
  readonly number: number;
  readonly campaign?: string;
  readonly date?: string;
  readonly lookForNewerAfter?: string;
  readonly keys: readonly SecretKey[];
  readonly threshold?: number;
  readonly next?: { readonly keys: readonly SecretKey[]; readonly threshold?: number } | undefined;
  readonly signers?: readonly SecretKey[];
  readonly previousList?: string | undefined;
  readonly notice?: string;
  readonly archives?: boolean;
}

/** The same key in each run would be one that is in the open: these are made anew. */
export const makeKeys = (count: number): SecretKey[] =>
  Array.from({ length: count }, generateSecretKey);

const keySet = (keys: readonly SecretKey[], threshold = keys.length): KeySet => ({
  threshold,
  keys: keys.map(({ publicKey }) => publicKey),
});

export function writeFiles(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/**
 * Makes a signed edition of a small site by the parts of the kit that builds use. Returns its
 * folder.
 */
export async function makeEdition(files: Files, options: EditionOptions): Promise<string> {
  const { number, keys, next = { keys } } = options;
  const signers = options.signers ?? keys.slice(0, options.threshold ?? keys.length);
  const edition: Edition = {
    campaign: options.campaign ?? 'garden',
    number,
    date: options.date ?? '2026-05-01',
    lookForNewerAfter: options.lookForNewerAfter ?? '2999-01-01',
    previousList: options.previousList,
    keys: keySet(keys, options.threshold),
    nextKeys:
      'next' in options && options.next === undefined
        ? undefined
        : keySet(next.keys, next.threshold ?? options.threshold),
    signers: keys.filter((key) => signers.includes(key)).map(({ publicKey }) => publicKey.id),
    notice: options.notice,
  };
  const folder = makeFolder('edition-');
  writeFiles(folder, { ...files, [editionFile]: printEdition(edition) });
  const list = await writeManifest(folder);
  for (const key of signers) await writeSignature(folder, key, list);
  if (options.archives ?? true) {
    await writeArchives(folder, archiveName(edition));
    const below = join(folder, archiveFolder);
    for (const key of signers)
      await writeSignature(below, key, readFileSync(join(below, manifestFile)));
  }
  return folder;
}

export async function writeSignature(
  folder: string,
  key: SecretKey,
  list: Buffer = readFileSync(join(folder, manifestFile)),
): Promise<void> {
  writeFileSync(
    join(folder, signatureFile(key.publicKey.id)),
    await signData(key, list, { trusted: 'test' }),
  );
}

/** What a campaign keeps of an edition. */
export function keepEdition(
  campaignFolder: string,
  number: number,
  site: string,
  signers: readonly SecretKey[],
): void {
  const kept = join(campaignFolder, 'editions', String(number));
  mkdirSync(kept, { recursive: true });
  for (const name of [
    editionFile,
    manifestFile,
    ...signers.map(({ publicKey }) => signatureFile(publicKey.id)),
  ])
    cpSync(join(site, name), join(kept, name));
}

export const listHash = (site: string): string => hashBytes(readFileSync(join(site, manifestFile)));

/** A copy of a site with some files changed; null takes one away. */
export function changeCopy(
  site: string,
  changes: Record<string, string | Buffer | null | ((bytes: Buffer) => string | Buffer)>,
): string {
  const folder = join(makeFolder('copy-'), 'site');
  cpSync(site, folder, { recursive: true });
  for (const [path, change] of Object.entries(changes)) {
    const file = join(folder, path);
    if (change === null) rmSync(file, { recursive: true });
    else
      writeFiles(folder, {
        [path]: typeof change === 'function' ? change(readFileSync(file)) : change,
      });
  }
  return folder;
}
