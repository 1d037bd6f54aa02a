/**
 * Names of the files by which a site proves itself, and of what is made from it: pages link them
 * before they are there.
 */

/** What a build is of. An edition and a draft as `EDITION.txt` has them are such. */
export type BuildName =
  | { readonly campaign: string; readonly number: number; readonly signers: readonly string[] }
  | { readonly campaign: string; readonly of: number };

export const editionFile = 'EDITION.txt';
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
 * Below it stand the archives of a site, which hold its list and so cannot be in it. They have a
 * list of their own; a mirror may lack them.
 */
export const archiveFolder = 'download';
export const isArchivePath = (path: string): boolean => path.startsWith(`${archiveFolder}/`);
export const cidFile = 'CID.txt';

/** The name of the archives, without ending. */
export const archiveName = (build: BuildName): string =>
  'of' in build ? `${build.campaign}-draft-${build.of}` : `${build.campaign}-${build.number}`;

/** The archives, and the address of their content. */
export const archiveFiles = (build: BuildName): string[] => [
  `${archiveName(build)}.zip`,
  `${archiveName(build)}.car`,
  cidFile,
];

/**
 * Whether the list of a site has to name a file: all but itself, its signatures and the archives.
 */
export const belongsInManifest = (path: string): boolean =>
  path !== manifestFile && readSignatureName(path) === undefined && !isArchivePath(path);

const listWithSignatures = (build: BuildName) => [
  manifestFile,
  ...('of' in build ? [] : build.signers.map(signatureFile)),
];

/**
 * All that the commands after Astro add to a site, from its root: the list of all other files, its
 * signatures, and the archives.
 */
export const promisedFiles = (build: BuildName): string[] => [
  ...listWithSignatures(build),
  ...[...archiveFiles(build), ...listWithSignatures(build)].map(
    (name) => `${archiveFolder}/${name}`,
  ),
];
