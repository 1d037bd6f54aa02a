import { belongsInManifest, readSignatureName } from '../edition/edition-files.ts';
import type { ListedFile } from '../manifest/manifest.ts';
import type { Platform } from '../platform.ts';
import {
  mapInRandomOrder,
  CopyError,
  type SiteCopy,
  type OpenedCopy,
} from '../source/site-copy.ts';
import { decodeUtf8, toLatin1 } from '../text/bytes.ts';
import { quoteName } from '../text/plain-characters.ts';
import { indexKnownFiles, type Trust } from '../trust/trust.ts';
import { findByProducts, type ByProduct } from './by-products.ts';
import { verdictOf } from './claims.ts';
import type { Findings } from './verdict.ts';

export interface FilesOptions {
  /** The number of the edition that the list is of. */
  readonly number: number | undefined;
  /** Is called with how many files are done. */
  readonly progress: (done: number, all: number) => void;
  readonly platform: Platform;
}

/** A host that has failed so often is not asked for the rest. */
const maxUnreachable = 5;
/** Files that are asked for at once over HTTP, as browsers do. */
const atOnce = 6;

/**
 * Compares each file of a list with the copy. Attacks: a changed page; a page of an older edition,
 * true once, with an account of then; a page in another's place.
 * @returns how many fit
 */
export async function checkFiles(
  copy: SiteCopy,
  list: readonly ListedFile[],
  trust: Trust,
  findings: Findings,
  { number, progress, platform }: FilesOptions,
): Promise<number> {
  const known = indexKnownFiles(trust);
  let [done, fitting] = [0, 0];
  const check = async ({ hash, path }: ListedFile): Promise<void> => {
    if (findings.count('unreachable') >= maxUnreachable) return;
    try {
      const found = await copy.hash(path);
      if (found === hash) fitting += 1;
      else if (found === undefined)
        findings.add('incomplete', `${quoteName(path)} is missing.`, path);
      else explain(path, found);
    } catch (error) {
      if (!(error instanceof CopyError)) throw error;
      findings.add(verdictOf(error), error.message, path);
    }
    progress(++done, list.length);
  };
  const explain = (path: string, found: string): void => {
    const editions = known.byPath
      .get(path)
      ?.get(found)
      ?.filter((edition) => edition !== number);
    const place = known.byHash.get(found) ?? list.find((file) => file.hash === found)?.path;
    if (editions && editions.length > 0)
      findings.add('mixed', `${quoteName(path)} is that of edition ${editions.join(', ')}.`, path);
    else if (place !== undefined)
      findings.add(
        'tampered',
        `${quoteName(path)} holds what belongs to ${quoteName(place)}.`,
        path,
      );
    else findings.add('tampered', `${quoteName(path)} has other bytes than the list says.`, path);
  };

  if (copy.kind === 'web') await mapInRandomOrder(list, atOnce, platform, check);
  else for (const file of list) await check(file);
  if (findings.count('unreachable') >= maxUnreachable)
    findings.note('The host failed so often that the rest was not asked for.');
  return fitting;
}

/** Hashes of the files of a list by their paths. */
export type Listed = ReadonlyMap<string, string>;

export const indexList = (list: readonly ListedFile[]): Listed =>
  new Map(list.map(({ path, hash }) => [path, hash]));

/**
 * Checks what a copy has besides the files of its list, and what is around its folder. Over HTTP
 * nobody can see it. Attack: a page that nothing in the site links and a message elsewhere does: it
 * is served under the name of a site that was checked.
 * @param signers ids of the keys whose signatures may be there
 */
export async function checkAdditions(
  { copy, irregular, around }: OpenedCopy,
  list: readonly ListedFile[],
  signers: readonly string[],
  findings: Findings,
): Promise<void> {
  for (const { path, what, kind } of irregular) {
    const [maker] = findByProducts(`${path}/`);
    const text = `${quoteName(path)} is ${what}${maker ? `, ${maker.what}` : ''}.`;
    // Attack: a folder without files, whose name is the message.
    const isHarmless =
      (kind === 'empty' && (maker !== undefined || plainFolder.test(path))) ||
      (kind === 'closed' && maker !== undefined);
    if (isHarmless) findings.note(text);
    else findings.add('injected', text, path);
  }
  const listed = indexList(list);
  for (const path of copy.paths ?? []) {
    const signer = readSignatureName(path);
    if (signer !== undefined && !signers.includes(signer))
      findings.add(
        'injected',
        `${quoteName(path)} is a signature of a key that this edition does not have.`,
        path,
      );
    if (!listed.has(path) && belongsInManifest(path))
      await reportAddition(copy, path, listed, findings);
  }
  // Attack: a false page next to the folder of a true site, in the same archive or on the same
  // stick.
  if (around)
    for (const path of around.paths) await reportAddition(around.copy, path, listed, findings);
}

/** Notes what a host or system has added by itself, and blames anything else. */
export async function reportAddition(
  copy: SiteCopy,
  path: string,
  listed: Listed,
  findings: Findings,
): Promise<void> {
  const what = await explainAddition(copy, path, listed);
  if (what !== undefined) return findings.note(`${quoteName(path)} was added: ${what}.`);
  const [maker] = findByProducts(path);
  const hint = maker ? ` (as ${maker.what}, but it holds more, or what nobody can judge)` : '';
  findings.add('injected', `${quoteName(path)} is in no list${hint}.`, path);
}

/** What a file is that a host or system may add; undefined if it is anything else. */
export async function explainAddition(
  copy: SiteCopy,
  path: string,
  listed: Listed,
): Promise<string | undefined> {
  try {
    const original = hostingCopies.get(path);
    if (original !== undefined)
      return (await copy.hash(path)) === listed.get(original) ? `a copy of ${original}` : undefined;
    const known = knownAdditions.find((addition) => addition.path.test(path));
    if (known) {
      const bytes = await copy.read(path, known.maxBytes);
      return bytes && known.isWhatItShouldBe(bytes, listed.keys()) ? known.what : undefined;
    }
    for (const row of findByProducts(path))
      if (await isWhatItSays(copy, path, row, listed)) return row.what;
    return undefined;
  } catch (error) {
    if (!(error instanceof CopyError)) throw error;
    return undefined; // unreadable: not what it should be
  }
}

async function isWhatItSays(
  copy: SiteCopy,
  path: string,
  { path: pattern, content }: ByProduct,
  listed: Listed,
): Promise<boolean> {
  if (content.is === 'unknown') return false;
  if (content.is === 'copy') {
    const { name, inside } = pattern.exec(path)?.groups ?? {};
    const hash = listed.get(path.slice(0, path.lastIndexOf('/') + 1) + (name ?? inside));
    return hash !== undefined && hash === (await copy.hash(path));
  }
  try {
    const bytes = await copy.read(path, content.is === 'empty' ? 0 : content.maxBytes);
    if (!bytes) return false;
    return content.is === 'empty' ? bytes.length === 0 : content.fits(bytes, path);
  } catch (error) {
    if (error instanceof CopyError && error.fault === 'too long') return false;
    throw error;
  }
}

/** Names that say nothing: as the site's own are formed. */
const plainFolder = /^[a-z0-9_-]{1,30}(?:\/[a-z0-9_-]{1,30}){0,3}$/;

/**
 * Files that hosts need next to a site, which a mirror keeps for them, and how to see that they are
 * no more than that. Nobody has signed them, so each is bounded in size and content. Attack: words,
 * or bytes to hide, under the name of something that checkers pass over.
 */
interface KnownAddition {
  readonly path: RegExp;
  /** For notes: "the name of the site, for GitHub Pages". */
  readonly what: string;
  readonly maxBytes: number;
  /** @param paths of the manifest */
  readonly isWhatItShouldBe: (bytes: Uint8Array, paths: Iterable<string>) => boolean;
}

export const knownAdditions: readonly KnownAddition[] = [
  {
    path: /^robots\.txt$/,
    what: 'rules for search engines',
    maxBytes: 2000,
    isWhatItShouldBe: isRobots,
  },
  {
    path: /^CNAME$/,
    what: 'the name of the site, for GitHub Pages',
    maxBytes: 254,
    isWhatItShouldBe: (bytes) => /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\r?\n?$/i.test(toLatin1(bytes)),
  },
  {
    path: /^\.nojekyll$/,
    what: 'a mark for GitHub Pages',
    maxBytes: 0,
    isWhatItShouldBe: (bytes) => bytes.length === 0,
  },
];

/**
 * No comments: nobody but readers would read them. Paths are those of the site: others could be
 * words, and "Sitemap" a link.
 */
function isRobots(bytes: Uint8Array, paths: Iterable<string>): boolean {
  const known = [...paths].map((path) => `/${path}`);
  const lines = (decodeUtf8(bytes) ?? '?').split(/\r?\n/);
  return lines.every((line) => {
    const [, name = '', value = ''] = /^[ \t]*([a-z-]+)[ \t]*:[ \t]*(.*?)[ \t]*$/i.exec(line) ?? [];
    if (/^[ \t]*$/.test(line)) return true;
    if (/^user-agent$/i.test(name)) return /^(?:\*|[a-z][a-z-]{0,24})$/i.test(value);
    if (/^crawl-delay$/i.test(name)) return /^\d{1,5}$/.test(value);
    if (!/^(?:allow|disallow)$/i.test(name)) return false;
    return /^\/?\*?$/.test(value) || known.some((path) => path.startsWith(value));
  });
}

/** Ready settings of the site, under the names that hosts want: a copy of this file of the list. */
export const hostingCopies: ReadonlyMap<string, string> = new Map([
  ['_headers', 'hosting/headers.txt'],
  ['.htaccess', 'hosting/apache.txt'],
  ['Caddyfile', 'hosting/caddy.txt'],
  ['nginx.conf', 'hosting/nginx.txt'],
]);
