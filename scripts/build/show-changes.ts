import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findKind, openLocalCopy } from '../../src/kit/node/source/open-source.ts';
import {
  parseManifest,
  type ListedFile,
  compareManifests,
  isEmpty,
} from '../../src/kit/core/manifest/manifest.ts';
import type { Edition } from '../../src/kit/core/edition/edition.ts';
import { isSameKeySet } from '../../src/kit/core/minisign/public-key.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import { trustClone } from '../../src/kit/node/edition/edition-folder.ts';
import { decodePage } from '../../src/kit/core/page-diff/page-file.ts';
import { readPage } from '../../src/kit/core/page-diff/read-page.ts';
import { describeDifference, describeFirst } from './describe-difference.ts';
import { showPage, type ShownPage } from './show-page.ts';
import type { ReadableEdition } from './describe-pages.ts';
import { SigningError } from './signing-error.ts';
import type { Sources } from './rebuild-commit.ts';
import { rebuildEarlier, type RebuiltEdition } from './rebuild-edition.ts';

/** What is new in an edition. */
export interface Changes {
  /** All changes, the gravest on top. */
  readonly lines: readonly string[];
  /** The whole text of each page that came, as lines. */
  readonly pages: readonly (readonly string[])[];
}

const maxPageBytes = 4 * 2 ** 20;

/**
 * What is new since the edition before, for whoever is to sign. The earlier edition is a copy that
 * is at hand, or is built again from its commit; each page of it is held against its signed list.
 * @param against a folder, zip or CAR; undefined to build
 * @throws SigningError if the earlier edition cannot be had; GitError, RebuildError, CopyError,
 * PageError
 */
export async function showChanges(
  sources: Sources,
  { kept: { edition }, folder, list }: RebuiltEdition,
  against: string | undefined,
  scratch: string,
  report: (line: string) => void,
): Promise<Changes> {
  const after: ReadableEdition = {
    name: edition,
    list: parseManifest(list),
    read: async (path) => readFileSync(join(folder, path)),
  };
  if (edition.number === 1)
    return {
      lines: [
        `This is the first edition: ${after.list.length} files, all of them new. Read them before you sign.`,
        '',
        ...(await describeFirst(after)),
      ],
      pages: await showNewPages([], after),
    };
  const earlier = await findProven(sources.campaignFolder, edition);
  const before = earlier.files;
  if (isEmpty(compareManifests(before, after.list)))
    return { lines: [`Nothing is new since edition ${edition.number - 1}.`, ''], pages: [] };

  const place = against ?? (await rebuildEarlier(sources, edition.number - 1, scratch, report));
  if (place === undefined)
    throw new SigningError(
      `No commit holds edition ${edition.number - 1}, so what is new cannot be shown. Give ` +
        'a copy of it: --against FOLDER (or a zip or CAR).',
    );
  const kind = findKind(place);
  if (kind !== 'folder' && kind !== 'zip' && kind !== 'car')
    throw new SigningError(`${place} is no folder, zip or CAR.`);
  const { copy } = await openLocalCopy(place, kind);
  try {
    const old: ReadableEdition = {
      name: earlier.edition,
      list: before,
      read: readListed(before, (path) => copy.read(path, maxPageBytes), earlier.edition.number),
    };
    return {
      lines: await describeDifference(old, after),
      pages: await showNewPages(before, after),
    };
  } finally {
    await copy.close();
  }
}

/** The pages that the edition before does not have, each whole. */
async function showNewPages(
  before: readonly ListedFile[],
  { list, read }: ReadableEdition,
): Promise<string[][]> {
  const pages: string[][] = [];
  let last: ShownPage | undefined;
  for (const path of compareManifests(before, list).added.filter((file) =>
    file.endsWith('.html'),
  )) {
    const page = { path, content: readPage(decodePage(await read(path))) };
    pages.push(showPage(path, page.content, last));
    last = page;
  }
  return pages;
}

/**
 * The edition before, as its holders have signed it.
 * Attack: a false list of it in the commit, which has the change already, so that the signer reads
 * "Nothing is new"; an edition that follows it in name only, which no reader's clone would believe.
 * @throws SigningError
 */
async function findProven(
  campaignFolder: string,
  { number, previousList, keys }: Edition,
): Promise<{ edition: Edition; files: readonly ListedFile[] }> {
  const { edition, files, listHash } =
    (await trustClone(campaignFolder, 'this clone')).editions.get(number - 1) ?? {};
  if (!edition || !files)
    throw new SigningError(
      `Edition ${number - 1} is not proven: its list, its EDITION.txt and the signatures ` +
        'of enough of its keys do not fit together, or it does not follow the edition before ' +
        `it. So nobody can say what is new. Get editions/${number - 1} as it was signed.`,
    );
  const isNext =
    previousList === listHash &&
    edition.nextKeys !== undefined &&
    isSameKeySet(edition.nextKeys, keys);
  if (!isNext)
    throw new SigningError(
      `Edition ${number} does not follow edition ${number - 1}: it names another list or ` +
        'other keys than that edition has for the next one. Begin again with "npm run new -- ' +
        'edition".',
    );
  return { edition, files };
}

/** Attack: a false earlier edition, against which the change that matters does not show. */
function readListed(
  list: readonly ListedFile[],
  read: (path: string) => Promise<Uint8Array | undefined>,
  number: number,
): ReadableEdition['read'] {
  const hashes = new Map(list.map(({ path, hash }) => [path, hash]));
  return async (path) => {
    const bytes = await read(path);
    if (!bytes || hashBytes(bytes) !== hashes.get(path))
      throw new SigningError(
        `${path} of the earlier copy is not that of edition ${number}. Give a true copy of ` +
          'it: --against FOLDER (npm run verify says whether it is one).',
      );
    return bytes;
  };
}
