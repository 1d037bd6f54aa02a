import { compareBytes, decodeUtf8, encodeUtf8, findBrokenLine, isAscii } from '../text/bytes.ts';
import { quoteName } from '../text/plain-characters.ts';
import { findPathFault, maxPathBytes } from '../text/safe-path.ts';
import { UserError } from '../text/user-error.ts';

/**
 * The list of a site's files, `SHA256SUMS`: hash, two spaces, path, LF, in byte order of the paths.
 * `sha256sum -c` reads it too.
 */
export interface ListedFile {
  /** SHA-256, 64 hexadecimal digits in small letters. */
  readonly hash: string;
  /** Relative to the site's root, with `/`. */
  readonly path: string;
}

/**
 * What a list may have: far more than any true site, and little enough for any machine that checks
 * one.
 */
export interface ManifestLimits {
  readonly maxBytes: number;
  readonly maxLines: number;
  readonly maxFolders: number;
}
export const manifestLimits: ManifestLimits = {
  maxBytes: 32 * 2 ** 20,
  maxLines: 100_000,
  maxFolders: 10_000,
};

/** Hash, two spaces, path. */
const longestLine = 64 + 2 + maxPathBytes;

/**
 * A list that is not what it should be; `line` counts from 1, undefined if the fault has no line.
 */
export class ManifestError extends UserError {
  override readonly name = 'ManifestError';
  readonly line: number | undefined;

  constructor(line: number | undefined, message: string) {
    super(`SHA256SUMS${line === undefined ? '' : `, line ${line}`}: ${message}.`);
    this.line = line;
  }
}

/**
 * Prints a list, in byte order whatever the order of the files. Throws ManifestError on what
 * `parseManifest` would refuse.
 */
export function printManifest(files: readonly ListedFile[], limits = manifestLimits): string {
  const lines = files
    .toSorted((a, b) => compareBytes(a.path, b.path))
    .map(({ hash, path }) => `${hash}  ${path}`);
  // would be read as something else than it is
  const broken = lines.find((line) => line.includes('\n') || !line.isWellFormed());
  if (broken !== undefined)
    throw new ManifestError(
      undefined,
      `${quoteName(broken)}, expected one line of well-formed Unicode`,
    );
  const text = lines.map((line) => `${line}\n`).join('');
  parseManifest(encodeUtf8(text), limits);
  return text;
}

/**
 * Reads a list that anyone may have written, in linear time, and keeps the order. What it returns
 * can be printed to the same bytes and written to any disk without leaving its folder. Throws
 * ManifestError with the first fault.
 */
export function parseManifest(bytes: Uint8Array, limits = manifestLimits): ListedFile[] {
  if (bytes.length > limits.maxBytes)
    throw new ManifestError(
      undefined,
      `it has ${bytes.length} bytes, expected at most ${limits.maxBytes}`,
    );
  const text = decodeUtf8(bytes);
  if (text === undefined)
    throw new ManifestError(
      findBrokenLine(bytes),
      'bytes that are no UTF-8, expected text in UTF-8',
    );
  if (text === '') throw new ManifestError(1, 'nothing, expected at least one file');

  const files: ListedFile[] = [];
  const claims: Claims = { files: new Map(), folders: new Map() };
  let previous: string | undefined;
  for (let start = 0; start < text.length;) {
    const number = files.length + 1;
    const fail = (what: string): never => {
      throw new ManifestError(number, what);
    };
    if (number > limits.maxLines) fail(`one more line, expected at most ${limits.maxLines}`);
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? undefined : end);
    if (line.length > longestLine)
      fail(`${line.length} characters, expected at most ${longestLine}`);
    if (end < 0) fail(`${quoteName(line)} without a line end, expected LF after each line`);
    const file = readLine(line, fail);
    const fault = findPathFault(file.path);
    if (fault) fail(`${fault.found}: ${quoteName(file.path)}; expected ${fault.expected}`);
    if (previous !== undefined) checkOrder(previous, file.path, fail);
    claimNames(file.path, previous, claims, limits, fail);
    files.push(file);
    previous = file.path;
    start = end + 1;
  }
  return files;
}

type Fail = (what: string) => never;

const form = /^([0-9a-f]{64}) {2}(.+)$/s;

/** One form only: another program could read any second one in another way. */
function readLine(line: string, fail: Fail): ListedFile {
  if (line.endsWith('\r')) fail('it ends with CR LF, expected LF alone');
  const [, hash, path] = form.exec(line) ?? [];
  if (hash !== undefined && path !== undefined) return { hash, path };

  if (line === '') fail('an empty line, expected a hash and a path');
  if (line.startsWith('\uFEFF')) fail('a byte order mark, expected a hash');
  const digits = /^[0-9a-f]*/i.exec(line)?.[0] ?? '';
  const rest = line.slice(digits.length);
  if (digits.length !== 64)
    return fail(`a hash of ${digits.length} hexadecimal digits in ${quoteName(line)}, expected 64`);
  if (/[A-F]/.test(digits)) fail('a hash in capitals, expected small letters');
  if (rest.startsWith(' *')) fail('“ *” between hash and path, expected two spaces');
  return fail(
    rest === '  '
      ? 'no path after the hash'
      : `${quoteName(rest)} after the hash, expected two spaces and a path`,
  );
}

/**
 * Stops two lists of the same files, and two hashes for one file, of which each checker takes
 * another.
 */
function checkOrder(previous: string, path: string, fail: Fail): void {
  if (path === previous) fail(`the path ${quoteName(path)} a second time, expected each once`);
  if (compareBytes(previous, path) > 0)
    fail(
      `the path ${quoteName(path)} after ${quoteName(previous)}, expected the order of their bytes`,
    );
}

/** The names that a list has taken, without the difference between capitals and small letters. */
interface Claims {
  readonly files: Map<string, string>;
  readonly folders: Map<string, string>;
}

/**
 * Stops a file from taking another's place on disks that do not tell capitals from small letters,
 * and a file from being a folder, too.
 */
function claimNames(
  path: string,
  previous: string | undefined,
  { files, folders }: Claims,
  limits: ManifestLimits,
  fail: Fail,
): void {
  const claim = (
    own: Map<string, string>,
    others: Map<string, string>,
    folded: string,
    name: string,
  ): void => {
    const other = others.get(folded) ?? own.get(folded) ?? name;
    if (other !== name || others.has(folded))
      fail(
        `the names ${quoteName(name)} and ${quoteName(other)}, expected names that differ in more than capitals, and no folder named as a file`,
      );
    own.set(folded, name);
  };
  const folded = fold(path);
  claim(files, folders, folded, path);
  // its folders are claimed
  if (previous?.startsWith(path.slice(0, path.lastIndexOf('/') + 1))) return;
  for (
    let at = path.indexOf('/'), to = folded.indexOf('/');
    at >= 0;
    at = path.indexOf('/', at + 1), to = folded.indexOf('/', to + 1)
  ) {
    claim(folders, files, folded.slice(0, to), path.slice(0, at));
    if (folders.size > limits.maxFolders)
      // each costs memory, and a line can name many
      fail(`one more folder, expected at most ${limits.maxFolders}`);
  }
}

/** The same text for names that some disk takes for one. */
const fold = (path: string): string =>
  isAscii(path) ? path.toLowerCase() : path.toUpperCase().toLowerCase().normalize('NFC');

/** How a list differs from an earlier one: paths, each in byte order. */
export interface ManifestDifference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** Compares two lists of files by path and hash. */
export function compareManifests(
  before: readonly ListedFile[],
  after: readonly ListedFile[],
): ManifestDifference {
  const old = new Map(before.map(({ path, hash }) => [path, hash]));
  const fresh = new Set(after.map(({ path }) => path));
  return {
    added: after.filter(({ path }) => !old.has(path)).map(({ path }) => path),
    removed: before.filter(({ path }) => !fresh.has(path)).map(({ path }) => path),
    changed: after
      .filter(({ path, hash }) => old.has(path) && old.get(path) !== hash)
      .map(({ path }) => path),
  };
}

/**
 * A difference as lines for people: "+ new", "- gone", "~ changed".
 * @param most lines; what is more is counted in one of its own
 */
export function printManifestDifference(
  { added, removed, changed }: ManifestDifference,
  most: number,
): string[] {
  const lines = [
    ...added.map((path) => `+ ${path}`),
    ...removed.map((path) => `- ${path}`),
    ...changed.map((path) => `~ ${path}`),
  ];
  return lines.length <= most
    ? lines
    : [...lines.slice(0, most), `… and ${lines.length - most} more`];
}

/** Whether two lists were the same. */
export const isEmpty = ({ added, removed, changed }: ManifestDifference): boolean =>
  added.length + removed.length + changed.length === 0;
