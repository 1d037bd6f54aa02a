/** Names of what is made from a built site: pages link these files before they are there. */

/** What a build is of. An edition and a draft as `EDITION.txt` has them are such. */
export type BuildName = { readonly campaign: string; readonly number: number; readonly signers: readonly string[] } | { readonly campaign: string; readonly of: number };

export const listFile = 'SHA256SUMS';
export const editionFile = 'EDITION.txt';

/** The signature of a list by a key, beside that list. */
export const signatureFile = (list: string, keyId: string): string => `${list}.${keyId}.minisig`;

/** The name of the files that hold the whole site, without ending. */
export const bundleName = (build: BuildName): string => ('of' in build ? `${build.campaign}-draft-${build.of}` : `${build.campaign}-${build.number}`);

const withSignatures = (list: string, build: BuildName) => [list, ...('of' in build ? [] : build.signers.map((id) => signatureFile(list, id)))];

/** The files of `download/`, which a mirror may lack. */
export const downloadFiles = (build: BuildName): string[] =>
  [`${bundleName(build)}.zip`, `${bundleName(build)}.car`, 'CID.txt', ...withSignatures(listFile, build)].map((name) => `download/${name}`);

/** All that the commands after Astro add to a site, from its root: the list of all other files, its signatures, and the downloads. */
export const promisedFiles = (build: BuildName): string[] => [...withSignatures(listFile, build), ...downloadFiles(build)];
