import {
  mhtmlLimits,
  readMhtml,
  findPageType,
  PageError,
  pageLimits,
  type ArchivedResource,
} from '../page-diff/page-file.ts';
import type { Image } from '../page-diff/page-content.ts';
import { hashWith, type Platform } from '../platform.ts';
import { quoteName } from '../text/plain-characters.ts';
import type { Findings } from './verdict.ts';

/** The file of a page that somebody saved, wherever it is. */
export interface PageFile {
  /** Without folders. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly read: () => Promise<Uint8Array>;
  /**
   * What a reference of the page names in its folder or below, at most `mhtmlLimits.maxBytes` of
   * it; undefined if nothing of that kind is there.
   */
  readonly readNextTo: (reference: string) => Promise<Uint8Array | undefined>;
}

/** A page that somebody saved, as a browser would read it. */
export interface SavedPage {
  readonly file: PageFile;
  /** Of the page itself. */
  readonly bytes: Uint8Array;
  /** What a phone saved with it, in the same file; undefined for a file that is the page. */
  readonly resources: readonly ArchivedResource[] | undefined;
}

/**
 * Reads the file of a page; undefined if no browser would take it for one, which is then a finding.
 */
export async function openPage(file: PageFile, findings: Findings): Promise<SavedPage | undefined> {
  const { name, size } = file;
  try {
    if (size > mhtmlLimits.maxBytes)
      throw new PageError(`${size} bytes`, `at most ${pageLimits.maxBytes}`);
    const bytes = await file.read();
    const type = findPageType(name, bytes);
    if (type === 'mhtml') {
      const { page, resources } = readMhtml(bytes);
      return { file, bytes: page, resources };
    }
    if (type === 'html') {
      if (size > pageLimits.maxBytes)
        throw new PageError(`${size} bytes`, `at most ${pageLimits.maxBytes}`);
      return { file, bytes, resources: undefined };
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
export async function checkResources(
  { file, resources }: SavedPage,
  images: readonly Image[],
  hashes: ReadonlySet<string>,
  name: string,
  findings: Findings,
  platform: Platform,
): Promise<void> {
  if (!resources) await checkImages(images, file, hashes, name, findings, platform);
  else
    for (const resource of resources)
      await checkResource(resource, hashes, name, findings, platform);
}

/** What is in one file with a page. Its style sheet was written anew, which is said of the page. */
async function checkResource(
  { type, location, bytes }: ArchivedResource,
  hashes: ReadonlySet<string>,
  name: string,
  findings: Findings,
  platform: Platform,
): Promise<void> {
  if (type === 'text/css' || hashes.has(await hashWith(platform, bytes))) return;
  findings.add(
    'tampered',
    `It holds ${quoteName(location)} (${quoteName(type)}), which is no file of ${name}.`,
  );
}

/** More images of a page are not looked for. */
const maxImages = 100;

/** The images of a page that a browser put into a folder next to it. */
async function checkImages(
  images: readonly Image[],
  file: PageFile,
  hashes: ReadonlySet<string>,
  name: string,
  findings: Findings,
  platform: Platform,
): Promise<void> {
  const sources = new Set(images.map(({ src }) => src).filter((src) => !/^data:/i.test(src)));
  let missing = Math.max(0, sources.size - maxImages);
  for (const src of [...sources].slice(0, maxImages)) {
    const bytes = await file.readNextTo(src);
    if (bytes === undefined) missing += 1;
    else if (!hashes.has(await hashWith(platform, bytes)))
      findings.add('tampered', `The image ${quoteName(src)} next to it is no file of ${name}.`);
  }
  if (missing > 0)
    findings.note(`${missing} of its images are not next to it, and were not checked.`);
}
