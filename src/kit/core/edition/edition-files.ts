import type { Signature } from '../minisign/signature.ts';

/**
 * Names of the files by which a site proves itself, and of what is made from it: pages link them
 * before they are there.
 */

/** What a build is of. An edition and a draft as `EDITION.txt` has them are such. */
export type BuildName =
  | { readonly campaign: string; readonly number: number; readonly signers: readonly string[] }
  | { readonly campaign: string; readonly of: number };

export const editionFile = 'EDITION.txt';
/** What proves the editions before; not in the first one. */
export const chainFile = 'CHAIN.txt';
export const manifestFile = 'SHA256SUMS';

/**
 * The signature of a list by the key of an id (16 hexadecimal digits in capitals), next to that
 * list.
 */
export const signatureFile = (keyId: string): string => `${manifestFile}.${keyId}.minisig`;

/** The key id in the name of a signature; undefined for other names. */
export const readSignatureName = (path: string): string | undefined =>
  /^SHA256SUMS\.([0-9A-F]{16})\.minisig$/.exec(path)?.[1];

/**
 * The folder of a site's archives, which hold its list and so cannot be in it: they are proven by
 * what is in them. A mirror may lack them.
 */
export const archiveFolder = 'download';
export const isArchivePath = (path: string): boolean => path.startsWith(`${archiveFolder}/`);
export const cidFile = 'CID.txt';

/** The name of the archives, without ending. */
export const archiveName = (build: BuildName): string =>
  'of' in build ? `${build.campaign}-draft-${build.of}` : `${build.campaign}-${build.number}`;

/**
 * The kinds of archives, by the ending of their names: a zip for everybody, a CAR for IPFS. A
 * campaign says which of them its builds make.
 */
export const archiveKinds = ['zip', 'car'] as const;
export type ArchiveKind = (typeof archiveKinds)[number];

/**
 * The path of an archive in its site.
 * @param name without ending, as `archiveName` gives it
 */
export const archivePath = (name: string, kind: ArchiveKind): string =>
  `${archiveFolder}/${name}.${kind}`;

export const cidPath = `${archiveFolder}/${cidFile}`;

/** The paths of the archives of a build, and of the address of their content. */
export const archivePaths = (
  build: BuildName,
  kinds: readonly ArchiveKind[] = archiveKinds,
): string[] => [...kinds.map((kind) => archivePath(archiveName(build), kind)), cidPath];

/**
 * Whether the list of a site has to name a file: all but itself, its signatures and the archives.
 */
export const belongsInManifest = (path: string): boolean =>
  path !== manifestFile && readSignatureName(path) === undefined && !isArchivePath(path);

/**
 * All that the commands after Astro add to a site, from its root: the list of all other files, its
 * signatures, and the archives.
 * @param kinds of archives that the campaign wants
 */
export const promisedFiles = (build: BuildName, kinds: readonly ArchiveKind[]): string[] => [
  manifestFile,
  ...('of' in build ? [] : build.signers.map(signatureFile)),
  ...archivePaths(build, kinds),
];

/**
 * What a signature of an edition says in its trusted comment, which minisign's global signature
 * covers. It ties the edition to its manifest, so that whoever has the signature and EDITION.txt
 * alone, as a chain of editions holds them, knows which manifest was signed with it.
 */
export interface SignedEdition {
  readonly campaign: string;
  readonly number: number;
  /** SHA-256 of its EDITION.txt. */
  readonly editionHash: string;
  /** SHA-256 of its SHA256SUMS. */
  readonly listHash: string;
}

/** The trusted comment that a signature of an edition must have; `minisign -t` takes it. */
export const printSignatureComment = (signed: SignedEdition): string =>
  `edition-signature 1; campaign ${signed.campaign}; edition ${signed.number}; ` +
  `EDITION.txt ${signed.editionHash}; SHA256SUMS ${signed.listHash}`;

/** What the files at hand say of an edition; fields that are undefined are not known. */
export type ExpectedEdition = {
  readonly [Field in keyof SignedEdition]: SignedEdition[Field] | undefined;
};

/**
 * Why a signature that fits a manifest does not count for an edition: `newer` was made for a later
 * format; `other` by this key for something else, or for another edition; `legacy` is of minisign's
 * older kind, which a chain cannot hold. Attack: a holder is led to sign a manifest under the
 * number or the EDITION.txt of another edition; in a chain, that would prove both.
 */
export function findSignatureFault(
  { trustedComment: comment, algorithm }: Signature,
  signed: ExpectedEdition,
): 'newer' | 'other' | 'legacy' | undefined {
  if (algorithm !== 'ED') return 'legacy';
  const [, version] = /^edition-signature ([1-9]\d{0,5}); /.exec(comment) ?? [];
  if (version !== undefined && version !== '1') return 'newer';
  const [, campaign, number, editionHash, listHash] = form.exec(comment) ?? [];
  const said = { campaign, number: Number(number), editionHash, listHash };
  const fields = ['campaign', 'number', 'editionHash', 'listHash'] as const;
  const isSame =
    campaign !== undefined &&
    fields.every((field) => signed[field] === undefined || signed[field] === said[field]);
  return isSame ? undefined : 'other';
}

const form =
  /^edition-signature 1; campaign ([a-z0-9-]+); edition ([1-9]\d{0,5}); EDITION\.txt ([0-9a-f]{64}); SHA256SUMS ([0-9a-f]{64})$/;
