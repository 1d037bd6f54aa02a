import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { mhtmlLimits, readMhtml, type ArchivedResource } from '../../core/page-diff/mhtml.ts';
import type { Image } from '../../core/page-diff/page-content.ts';
import { findPageType, PageError, pageLimits } from '../../core/page-diff/page-file.ts';
import { quoteName } from '../../core/text/quote-name.ts';
import type { Findings } from '../../core/verify/verdict.ts';
import { hashBytes } from '../platform.ts';

/** A page that somebody saved, as a browser would read it. */
export interface SavedPage {
  /** Where the files next to it are. */
  readonly folder: string;
  /** Of the page itself. */
  readonly bytes: Uint8Array;
  /** What a phone saved with it, in the same file; undefined for a file that is the page. */
  readonly resources: readonly ArchivedResource[] | undefined;
}

/**
 * Reads the file of a page; undefined if no browser would take it for one, which is then a finding.
 */
export async function openPage(file: string, findings: Findings): Promise<SavedPage | undefined> {
  const folder = dirname(file);
  try {
    const { size } = statSync(file);
    if (size > mhtmlLimits.maxBytes)
      throw new PageError(`${size} bytes`, `at most ${pageLimits.maxBytes}`);
    const bytes = await readFile(file);
    const type = findPageType(basename(file), bytes);
    if (type === 'mhtml') {
      const { page, resources } = readMhtml(bytes);
      return { folder, bytes: page, resources };
    }
    if (type === 'html') {
      if (size > pageLimits.maxBytes)
        throw new PageError(`${size} bytes`, `at most ${pageLimits.maxBytes}`);
      return { folder, bytes, resources: undefined };
    }
    findings.add(
      'injected',
      `It is no page: by its name and first bytes, browsers take it for ${type.other}. If it came ` +
        'as a page under this name, do not open it; if the name is yours, end it with .html or .mhtml.',
    );
  } catch (error) {
    if (!(error instanceof PageError)) throw error;
    findings.add('tampered', error.message);
  }
  return undefined;
}

/**
 * Checks what was saved with a page: images have to be files of its edition.
 * @param images as the page has them, `hashes` of the files, `name` of the edition for sentences
 */
export function checkResources(
  { folder, resources }: SavedPage,
  images: readonly Image[],
  hashes: ReadonlySet<string>,
  name: string,
  findings: Findings,
): void {
  if (!resources) checkImages(images, folder, hashes, name, findings);
  else for (const resource of resources) checkResource(resource, hashes, name, findings);
}

/** What is in one file with a page. Its style sheet was written anew, which is said of the page. */
function checkResource(
  { type, location, bytes }: ArchivedResource,
  hashes: ReadonlySet<string>,
  name: string,
  findings: Findings,
): void {
  if (type === 'text/css' || hashes.has(hashBytes(bytes))) return;
  findings.add(
    'tampered',
    `It holds ${quoteName(location)} (${quoteName(type)}), which is no file of ${name}.`,
  );
}

/** More images of a page are not looked for. */
const maxImages = 100;

/** The images of a page that a browser put into a folder next to it. */
function checkImages(
  images: readonly Image[],
  folder: string,
  hashes: ReadonlySet<string>,
  name: string,
  findings: Findings,
): void {
  const sources = new Set(images.map(({ src }) => src).filter((src) => !/^data:/i.test(src)));
  let missing = Math.max(0, sources.size - maxImages);
  for (const src of [...sources].slice(0, maxImages)) {
    const path = findBeside(folder, src);
    if (path === undefined) missing += 1;
    else if (!hashes.has(hashBytes(readFileSync(path))))
      findings.add('tampered', `The image ${quoteName(src)} next to it is no file of ${name}.`);
  }
  if (missing > 0)
    findings.note(`${missing} of its images are not next to it, and were not checked.`);
}

/** A file below the folder of a page, unless it is larger than any image of ours. */
function findBeside(folder: string, src: string): string | undefined {
  const base = pathToFileURL(folder + sep);
  const url = URL.canParse(src, base) ? new URL(src, base) : undefined;
  // `%2F` and `%5C` would name another file than the one that browsers ask for.
  if (url?.protocol !== 'file:' || url.host !== '' || /%(?:2f|5c|00)/i.test(url.pathname))
    return undefined;
  const path = toPath(url);
  const stat = path?.startsWith(resolve(folder) + sep)
    ? statSync(path, { throwIfNoEntry: false })
    : undefined;
  return stat?.isFile() && stat.size <= mhtmlLimits.maxBytes ? path : undefined;
}

/** Undefined for an address that names no file, since what follows its `%` is no UTF-8. */
function toPath(url: URL): string | undefined {
  try {
    return fileURLToPath(url);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
