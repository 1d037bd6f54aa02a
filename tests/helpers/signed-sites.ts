import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeChain, parseChain, printChain, type Chain } from '../../src/kit/core/chain/chain.ts';
import {
  parseEdition,
  printEdition,
  printHistory,
  type Edition,
} from '../../src/kit/core/edition/edition.ts';
import type { KeySet } from '../../src/kit/core/minisign/public-key.ts';
import {
  printSignatureComment,
  archiveName,
  chainFile,
  editionFile,
  manifestFile,
  signatureFile,
} from '../../src/kit/core/edition/edition-files.ts';
import { parseSignature } from '../../src/kit/core/minisign/signature.ts';
import { describeSigned } from '../../src/kit/node/edition/edition-folder.ts';
import { generateSecretKey } from '../../src/kit/node/minisign/secret-key.ts';
import { type SecretKey, signData } from '../../src/kit/node/minisign/sign.ts';
import { writeArchives, writeManifest } from '../../src/kit/node/edition/write-manifest.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
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
  /** The folder of the edition before, or the whole chain; nobody checks here whether it fits. */
  readonly after?: string | Chain;
  /** What its CHAIN.txt says, in place of what follows from the edition before. */
  readonly chain?: (chain: Chain) => Chain;
  readonly extensions?: Edition['extensions'];
  readonly notice?: string;
  readonly archives?: boolean;
}

/** The same key in each run would be one that is in the open: these are made anew. */
export const makeKeys = (count: number): SecretKey[] =>
  Array.from({ length: count }, generateSecretKey);

export const keySet = (keys: readonly SecretKey[], threshold = keys.length): KeySet => ({
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
  const campaign = options.campaign ?? 'garden';
  const { after } = options;
  const chain = typeof after === 'string' ? extendChain(after, campaign) : after;
  const lists = chain?.entries.map(({ list }) => list) ?? [];
  const edition: Edition = {
    campaign,
    number,
    date: options.date ?? '2026-05-01',
    lookForNewerAfter: options.lookForNewerAfter ?? '2999-01-01',
    previousList: lists.at(-1),
    history: chain && hashBytes(printHistory(lists)),
    keys: keySet(keys, options.threshold),
    nextKeys:
      'next' in options && options.next === undefined
        ? undefined
        : keySet(next.keys, next.threshold ?? options.threshold),
    signers: keys.filter((key) => signers.includes(key)).map(({ publicKey }) => publicKey.id),
    notice: options.notice,
    extensions: options.extensions ?? [],
  };
  const folder = makeFolder('edition-');
  writeFiles(folder, {
    ...files,
    [editionFile]: printEdition(edition),
    ...(chain && { [chainFile]: printChain((options.chain ?? ((same) => same))(chain)) }),
  });
  const list = await writeManifest(folder);
  for (const key of signers) await writeSignature(folder, key, list);
  if (options.archives ?? true) await writeArchives(folder, archiveName(edition));
  return folder;
}

/** The chain of an edition that follows the one of a folder. */
export function extendChain(before: string, campaign: string): Chain {
  const read = (name: string): Buffer => readFileSync(join(before, name));
  const edition = parseEdition(read(editionFile));
  const signatures = edition.signers
    .filter((id) => existsSync(join(before, signatureFile(id))))
    .map((id) => parseSignature(read(signatureFile(id))));
  return makeChain(campaign, [
    ...(edition.number === 1 ? [] : parseChain(read(chainFile)).entries),
    { list: listHash(before), head: { bytes: read(editionFile), edition, signatures } },
  ]);
}

/** Signs the list of a folder, as an edition if it has an EDITION.txt that says so. */
export async function writeSignature(
  folder: string,
  key: SecretKey,
  list: Buffer = readFileSync(join(folder, manifestFile)),
): Promise<void> {
  const file = join(folder, editionFile);
  const text = existsSync(file) ? readFileSync(file) : undefined;
  const trusted = text?.includes('\nedition: ')
    ? printSignatureComment(describeSigned(parseEdition(text), list))
    : 'test';
  writeFileSync(
    join(folder, signatureFile(key.publicKey.id)),
    await signData(key, list, { trusted }),
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
