import { ArchiveError } from '../core/archive/archive.ts';
import { readCar } from '../core/archive/car/read-car.ts';
import { readZip } from '../core/archive/zip/read-zip.ts';
import type { Platform } from '../core/platform.ts';
import { makeCarCopy, makeZipCopy } from '../core/source/archive-copy.ts';
import {
  bytesOfKind,
  findFileKind,
  type FileKind,
  findInnerSite,
  type OpenedCopy,
} from '../core/source/site-copy.ts';
import type { Trust } from '../core/trust/trust.ts';
import type { PageFile } from '../core/verify/saved-page.ts';
import type { Report } from '../core/verify/verdict.ts';
import { refuseArchive, verifyCopy, type CheckOptions } from '../core/verify/verify-copy.ts';
import { verifyPage } from '../core/verify/verify-page.ts';
import { openBlob, readPart, type Stop } from './blob-source.ts';
import { openFiles } from './file-copy.ts';

/** What somebody chose to be checked: the files of a folder, or one file. */
export interface Chosen {
  readonly name: string;
  readonly kind: FileKind | 'folder';
  readonly files: readonly File[];
}

/** A folder, from what a field with `webkitdirectory` holds. */
export const chooseFolder = (files: readonly File[]): Chosen => ({
  name: files[0]?.webkitRelativePath.split('/')[0] ?? '',
  kind: 'folder',
  files,
});

/** A single file, by what is in it. Throws what the browser does if it cannot be read. */
export async function chooseFile(file: File): Promise<Chosen> {
  const kind = findFileKind(file.name, await readPart(file, 0, bytesOfKind));
  // Mails are checked where there is a parser of them.
  return { name: file.name, kind: kind === 'mail' ? 'other' : kind, files: [file] };
}

/**
 * Checks what was chosen, as the command does that somebody starts with Node.
 * @param against the copy that a page is compared with
 * @param assertGoing is called again and again, and ends the check by what it throws
 * @throws UserError where the command gives no verdict; what `assertGoing` throws
 */
export async function checkChosen(
  chosen: Chosen,
  against: Chosen | undefined,
  trust: Trust,
  options: CheckOptions & { readonly call: string },
  assertGoing: Stop,
): Promise<Report> {
  const { platform } = options;
  const [file] = chosen.files;
  if (chosen.kind === 'page' && file)
    return verifyPage(
      pageOf(file),
      against && {
        name: against.name,
        open: async () => openChosen(against, platform, assertGoing),
      },
      trust,
      options,
    );
  try {
    const opened = await openChosen(chosen, platform, assertGoing);
    if (!opened) throw new TypeError(`${chosen.kind} is nothing that can be checked`);
    return await verifyCopy(opened, trust, options);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return refuseArchive(error);
  }
}

/** Undefined for what is neither a folder nor an archive. */
async function openChosen(
  { name, kind, files }: Chosen,
  platform: Platform,
  assertGoing: Stop,
): Promise<OpenedCopy | undefined> {
  if (kind === 'folder') return findInnerSite(openFiles(name, files, platform, assertGoing));
  const [file] = files;
  if (!file) return undefined;
  const source = openBlob(file, assertGoing);
  if (kind === 'zip')
    return findInnerSite(makeZipCopy(name, await readZip(source, platform), platform));
  if (kind === 'car')
    return findInnerSite(makeCarCopy(name, await readCar(source, platform), platform));
  return undefined;
}

/** A page comes alone: a browser does not show what is next to it. */
const pageOf = (file: File): PageFile => ({
  name: file.name,
  size: file.size,
  read: () => readPart(file, 0, file.size),
  readNextTo: async () => undefined,
});
