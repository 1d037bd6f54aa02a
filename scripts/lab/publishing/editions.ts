import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeChain, printChain, type ChainEntry } from '../../../src/kit/core/chain/chain.ts';
import { parseEdition, printEdition, printHistory } from '../../../src/kit/core/edition/edition.ts';
import {
  archiveName,
  chainFile,
  editionFile,
  signatureFile,
  printSignatureComment,
} from '../../../src/kit/core/edition/edition-files.ts';
import { printPublicKey } from '../../../src/kit/core/minisign/public-key.ts';
import { parseSignature } from '../../../src/kit/core/minisign/signature.ts';
import { describeSigned } from '../../../src/kit/node/edition/edition-folder.ts';
import { writeArchives, writeManifest } from '../../../src/kit/node/edition/write-manifest.ts';
import { generateSecretKey } from '../../../src/kit/node/minisign/secret-key.ts';
import { signData } from '../../../src/kit/node/minisign/sign.ts';
import { hashBytes } from '../../../src/kit/node/platform.ts';
import { readFiles } from '../site.ts';

/** An edition of a small site, in a folder as a build leaves it. */
export interface TestEdition {
  readonly number: number;
  readonly folder: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Editions that follow one another, and the key that has signed them all (`RW…`). */
export interface TestEditions {
  readonly key: string;
  readonly editions: readonly TestEdition[];
}

/** Bytes that nothing packs, the same in each run: a page that takes a moment to send. */
const fill = (seed: string, bytes: number): string => {
  const pieces = Array.from({ length: Math.ceil(bytes / 44) }, (_, index) =>
    createHash('sha256').update(`${seed} ${index}`).digest('base64'),
  );
  return pieces.join('').slice(0, bytes);
};

const page = (title: string, words: string): string =>
  `\uFEFF<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1><p>${words}</p></body></html>`;

/**
 * With each edition some pages change, one of them to a text of the same length, one comes, one
 * goes.
 */
const contentOf = (number: number): Record<string, string> => ({
  'index.html': page('Garden', 'The way in.'),
  '404.html': page('Not here', 'Nothing grows here.'),
  'hosting/headers.txt': '/*\n  X-Frame-Options: DENY\n',
  'en/home.html': page('Home', `What grows, number ${number}.`),
  'en/account.html': page('Give', fill(`account ${number}`, 120)),
  'en/long.html': page('Long', fill(`long ${number}`, 400_000)),
  'en/same.html': page('Same', fill('same', 200_000)),
  [`en/news/number-${number}.html`]: page('News', `Only in edition ${number}.`),
  ...Object.fromEntries(
    Array.from({ length: 6 }, (_, index) => [
      `fr/page-${index}.html`,
      page(
        `Page ${index}`,
        index % 2 === 0 ? fill(`${index}`, 3000) : fill(`${index} ${number}`, 3000),
      ),
    ]),
  ),
});

/**
 * Makes and signs editions 1 to `count`; the key is made for this run and kept by nobody.
 * @param scratch an empty folder
 */
export async function makeTestEditions(scratch: string, count: number): Promise<TestEditions> {
  const secret = generateSecretKey();
  const { publicKey } = secret;
  const keys = { threshold: 1, keys: [publicKey] };
  const before: ChainEntry[] = [];
  const editions: TestEdition[] = [];
  for (let number = 1; number <= count; number++) {
    const folder = join(scratch, `edition-${number}`);
    const lists = before.map(({ list }) => list);
    const text = printEdition({
      campaign: 'garden',
      number,
      date: '2026-05-01',
      lookForNewerAfter: '2999-01-01',
      previousList: lists.at(-1),
      history: lists.length === 0 ? undefined : hashBytes(printHistory(lists)),
      keys,
      nextKeys: keys,
      signers: [publicKey.id],
      notice: undefined,
      extensions: [],
    });
    put(folder, {
      ...contentOf(number),
      [editionFile]: text,
      ...(lists.length > 0 && { [chainFile]: printChain(makeChain('garden', before)) }),
    });
    const list = await writeManifest(folder);
    const bytes = Buffer.from(text);
    const edition = parseEdition(bytes);
    const trusted = printSignatureComment(describeSigned(edition, list));
    const signature = await signData(secret, list, { trusted });
    put(folder, { [signatureFile(publicKey.id)]: signature });
    await writeArchives(folder, archiveName(edition));
    const signatures = [parseSignature(readFileSync(join(folder, signatureFile(publicKey.id))))];
    before.push({ list: hashBytes(list), head: { bytes, edition, signatures } });
    editions.push({ number, folder, files: readFiles(folder) });
  }
  return { key: printPublicKey(publicKey), editions };
}

function put(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
