import { makeSignature, sha256, signatureLines, type VectorKey } from './keys.ts';

/** A copy as its files: path and bytes. */
export type Site = ReadonlyMap<string, Buffer>;

export interface VectorKeySet {
  readonly keys: readonly VectorKey[];
  readonly threshold: number;
}

/** What EDITION.txt says; the defaults are those of a sound edition. */
export interface EditionFields {
  readonly number: number;
  readonly campaign?: string;
  readonly date?: string;
  readonly until?: string;
  readonly keys: VectorKeySet;
  /** Undefined for a last edition. */
  readonly next: VectorKeySet | undefined;
  readonly signers?: readonly VectorKey[];
  readonly notice?: string;
  readonly extra?: readonly string[];
}

/** An edition with all that the chain of the next one keeps of it. */
export interface Published {
  readonly fields: EditionFields;
  readonly site: Site;
  readonly text: string;
  readonly manifestHash: string;
}

export const signersOf = ({ keys, signers }: EditionFields): readonly VectorKey[] =>
  signers ?? keys.keys.slice(0, keys.threshold);

/** SHA-256 over the hashes of manifests, one a line (docs/spec.md, 4). */
export const historyOf = (hashes: readonly string[]): string =>
  sha256(hashes.map((hash) => `${hash}\n`).join(''));

export function editionText(fields: EditionFields, before: readonly Published[]): string {
  const hashes = before.map(({ manifestHash }) => manifestHash);
  const set = (prefix: string, { keys, threshold }: VectorKeySet) => [
    `${prefix}threshold: ${threshold}`,
    ...keys.map(({ line }) => `${prefix}key: ${line}`),
  ];
  const lines = [
    'format: 1',
    `campaign: ${fields.campaign ?? 'garden'}`,
    `edition: ${fields.number}`,
    `date: ${fields.date ?? '2026-05-01'}`,
    `look-for-newer-after: ${fields.until ?? '2026-08-01'}`,
    ...(hashes.length === 0
      ? []
      : [`previous-list: ${hashes.at(-1)}`, `history: ${historyOf(hashes)}`]),
    ...set('', fields.keys),
    ...(fields.next ? set('next-', fields.next) : ['next-threshold: 0']),
    ...signersOf(fields).map(({ id }) => `signed-by: ${id}`),
    ...(fields.notice === undefined ? [] : [`notice: ${fields.notice}`]),
    ...(fields.extra ?? []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

export const trustedComment = (
  campaign: string,
  number: number,
  editionHash: string,
  manifestHash: string,
): string =>
  `edition-signature 1; campaign ${campaign}; edition ${number}; EDITION.txt ${editionHash}; SHA256SUMS ${manifestHash}`;

const print = ({ keys, threshold }: VectorKeySet): string =>
  [threshold, ...keys.map(({ line }) => line).sort()].join(' ');
const changesKeys = ({ keys, next }: EditionFields): boolean =>
  next === undefined || print(keys) !== print(next);

/** The manifest of a copy. Throws if it has none: then the case is made wrongly. */
export function manifestOf(site: Site): Buffer {
  const manifest = site.get('SHA256SUMS');
  if (!manifest) throw new Error('this copy has no SHA256SUMS');
  return manifest;
}

/** The lines of a head: EDITION.txt, and of each signature what its trusted comment lacks. */
export function headLines({ fields, text, manifestHash, site }: Published): string[] {
  const comment = trustedComment(
    fields.campaign ?? 'garden',
    fields.number,
    sha256(text),
    manifestHash,
  );
  return [
    ...text
      .split('\n')
      .slice(0, -1)
      .map((line) => `> ${line}`),
    ...signersOf(fields).map((key) => {
      const parts = makeSignature(key, manifestOf(site), comment);
      return `signature: ${signatureLines(parts).join(' ')}`;
    }),
  ];
}

export const entryLine = (number: number, manifestHash: string): string =>
  `${number}: ${Buffer.from(manifestHash, 'hex').toString('base64')}`;

/** CHAIN.txt of the edition after these. */
export function chainText(before: readonly Published[], campaign = 'garden'): string {
  const lines = [
    'format: 1',
    `campaign: ${campaign}`,
    ...before.flatMap((edition, index) => [
      entryLine(edition.fields.number, edition.manifestHash),
      ...(changesKeys(edition.fields) || index === before.length - 1 ? headLines(edition) : []),
    ]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
