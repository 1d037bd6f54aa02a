import {
  chainText,
  editionText,
  manifestOf,
  signersOf,
  trustedComment,
  type EditionFields,
  type Published,
  type Site,
} from './edition.ts';
import { makeSignature, printSignature, sha256, type VectorKey } from './keys.ts';

export type Change = string | Buffer | null | ((bytes: Buffer) => string | Buffer);

/** A copy with some files changed; null takes one away. Throws if there was nothing to change. */
export function edit(site: Site, changes: Readonly<Record<string, Change>>): Site {
  const files = new Map(site);
  for (const [path, change] of Object.entries(changes)) {
    const before = files.get(path);
    if (change === null) {
      if (!files.delete(path)) throw new Error(`there is no ${path} to take away`);
    } else if (typeof change === 'function') {
      if (!before) throw new Error(`there is no ${path} to change`);
      const after = Buffer.from(change(before));
      if (after.equals(before)) throw new Error(`nothing changed in ${path}`);
      files.set(path, after);
    } else files.set(path, Buffer.from(change));
  }
  return files;
}

/** A change of text. */
export const replace =
  (from: string | RegExp, to: string) =>
  (bytes: Buffer): string =>
    bytes.toString().replace(from, to);

export const isSignature = (path: string): boolean =>
  /^SHA256SUMS\.[0-9A-F]{16}\.minisig$/.test(path);
const isListed = (path: string): boolean =>
  path !== 'SHA256SUMS' && !isSignature(path) && !path.startsWith('download/');

export const listLine = (path: string, bytes: Buffer): string => `${sha256(bytes)}  ${path}\n`;

/** The manifest of the files that are there, in byte order. */
export const manifestText = (site: Site): string =>
  [...site]
    .filter(([path]) => isListed(path))
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([path, bytes]) => listLine(path, bytes))
    .join('');

export const signatureName = ({ id }: VectorKey): string => `SHA256SUMS.${id}.minisig`;

/** What signers are shown that they sign. */
export interface Named {
  readonly campaign: string;
  readonly number: number;
}

/** The trusted comment for a copy as it is. */
export const commentOf = (site: Site, { campaign, number }: Named): string =>
  trustedComment(
    campaign,
    number,
    sha256(site.get('EDITION.txt') ?? Buffer.alloc(0)),
    sha256(manifestOf(site)),
  );

/** Takes all signatures away, and signs the manifest that is there. */
export function sign(site: Site, keys: readonly VectorKey[], named: Named): Site {
  const files = new Map([...site].filter(([path]) => !isSignature(path)));
  const comment = commentOf(site, named);
  for (const key of keys)
    files.set(
      signatureName(key),
      Buffer.from(printSignature(makeSignature(key, manifestOf(site), comment))),
    );
  return files;
}

/** Writes the manifest anew, or as it is given, and signs it. */
export const signAnew = (
  site: Site,
  keys: readonly VectorKey[],
  named: Named,
  manifest: string | Buffer = manifestText(site),
): Site => sign(edit(site, { SHA256SUMS: manifest }), keys, named);

/**
 * Makes an edition after others, signed by its signers.
 * @param changes of the files before they are listed and signed
 */
export function publish(
  files: Readonly<Record<string, string>>,
  fields: EditionFields,
  before: readonly Published[],
  changes: Readonly<Record<string, Change>> = {},
): Published {
  const text = editionText(fields, before);
  const plain = edit(new Map(), {
    ...files,
    'EDITION.txt': text,
    ...(before.length > 0 && { 'CHAIN.txt': chainText(before, fields.campaign) }),
  });
  const site = signAnew(edit(plain, changes), signersOf(fields), {
    campaign: fields.campaign ?? 'garden',
    number: fields.number,
  });
  return { fields, site, text, manifestHash: sha256(manifestOf(site)) };
}
