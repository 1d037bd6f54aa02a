import { editionFile, manifestFile } from '../edition/edition-files.ts';
import { isPageFile } from '../page-diff/page-file.ts';
import type { Platform } from '../platform.ts';
import { toLatin1 } from '../text/bytes.ts';
import { quoteName } from '../text/plain-characters.ts';
import { UserError } from '../text/user-error.ts';
import type { PageReading } from './content-type.ts';

/** A copy of a site that is to be checked: a folder, an archive, or an address. */
export interface SiteCopy {
  readonly kind: 'folder' | 'zip' | 'car' | 'web';
  /** As its user called it, for sentences. */
  readonly name: string;
  /** Paths of all files; undefined where nobody can list them: over HTTP. */
  readonly paths: ReadonlySet<string> | undefined;
  /**
   * The whole bytes of a file; undefined if it is not there. Throws CopyError if it has more than
   * `maxBytes`, or cannot be read.
   */
  read: (path: string, maxBytes: number) => Promise<Uint8Array | undefined>;
  /**
   * The SHA-256 of a file, 64 hexadecimal digits in lower case; undefined if it is not there.
   * Throws CopyError.
   */
  hash: (path: string) => Promise<string | undefined>;
  /**
   * The bytes of a file in order, in pieces, in bounded memory; undefined if it is not there.
   * Iterating throws CopyError.
   */
  open: (path: string) => Promise<AsyncIterable<Uint8Array> | undefined>;
  close: () => Promise<void>;
}

/** Something in a copy that is no plain file. */
export interface IrregularEntry {
  readonly path: string;
  /** As part of a sentence: "a symbolic link". */
  readonly what: string;
  /**
   * An empty folder, or a folder that this user may not read; undefined for what may show
   * something.
   */
  readonly kind?: 'empty' | 'closed';
}

export interface OpenedCopy {
  readonly copy: SiteCopy;
  readonly irregular: readonly IrregularEntry[];
  /** What is next to its folder, where the site is one folder of what was opened. */
  readonly around?: { readonly copy: SiteCopy; readonly paths: readonly string[] };
  /** What its user should know of how it was opened: sentences, safe to print. */
  readonly notes?: readonly string[];
  /** The same copy where it is at an address: there is more to ask. */
  readonly web?: WebCopy;
  /** The CID of a CAR. */
  readonly root?: string;
}

/** What a host answers, whatever it is. */
export interface HostAnswer {
  /** Of the last answer; never that of a redirect, 429 or 5xx. */
  readonly status: number;
  /** Where it came from in the end: the whole address. */
  readonly address: string;
  /**
   * The same, relative to the folder of the copy and without a query; undefined if it is not in it.
   */
  readonly below: string | undefined;
  /** How browsers read it, if it is a page. */
  readonly reading: PageReading;
  /** Unpacked. */
  readonly bytes: Uint8Array;
}

/** A copy at an address, as it is served to this checker, now. */
export interface WebCopy extends SiteCopy {
  readonly kind: 'web';
  readonly paths: undefined;
  /**
   * What the host answers at an address that need not be a file's: `''` for the folder, `en/`, a
   * name that does not exist.
   * @throws CopyError if there is no answer, if it leads elsewhere, or if it is longer than a file
   *   may be
   */
  readAddress: (relative: string) => Promise<HostAnswer>;
  /** What was seen around the files in any answer so far: each kind once, with the first path. */
  readonly observations: readonly Observation[];
}

/**
 * What a host adds around the files, where no hash sees it: `cookie` it marks its visitors;
 * `refresh` it sends readers on after a while, perhaps elsewhere; `link` it can make browsers load
 * or look up things that the page does not name (RFC 8288); `prefetch` it makes them load or look
 * up what a page links to, before anyone has followed it; `report` it has browsers report visits,
 * errors or breaches of a policy (NEL, Reporting API, CSP), often to a third party; `report
 * elsewhere` it has browsers report each visit of a page to another host (CSP); `policy` it has a
 * policy that can take style or pictures from pages (CSP); `client hints` it asks browsers to tell
 * more of themselves; `alt-svc` it names another server that the next visit goes to (RFC 7838);
 * `onion-location` it names an onion service, which Tor Browser offers to go to; `type` it says
 * that a page is something else than HTML, so browsers show its source or another document;
 * `encoding` it says that a page, feed or text is in another encoding than UTF-8, so letters become
 * others; `unused encoding` the same of a page whose byte order mark counts more than that;
 * `download` it has browsers save a page in place of showing it, or says no type that all of them
 * know; `markup` it says that a file is HTML or XML that is no page, so its words become elements;
 * `redirect` it sends from the address of a file to another one of its own (`.html` is stripped,
 * for instance); `moved` the same, into another folder, so all links of the page lead elsewhere;
 * `upgrade` it sends from http to https.
 */
export type ObservationKind =
  | 'cookie'
  | 'refresh'
  | 'link'
  | 'prefetch'
  | 'report'
  | 'report elsewhere'
  | 'policy'
  | 'client hints'
  | 'alt-svc'
  | 'onion-location'
  | 'type'
  | 'encoding'
  | 'unused encoding'
  | 'download'
  | 'markup'
  | 'redirect'
  | 'moved'
  | 'upgrade';

/** A fact seen in an answer. */
export interface Observation {
  readonly kind: ObservationKind;
  /**
   * Of the first answer in which it was seen, relative to the copy; empty for the folder itself.
   */
  readonly path: string;
  /**
   * What the host said there, or the address that it sent to, cut; to be quoted where it is shown.
   */
  readonly value: string;
  /** In how many answers it was seen. */
  readonly times: number;
}

/**
 * What stopped the reading of a copy:
 * `unreachable` nobody can be asked, or the answer breaks off again and again;
 * `too long` more bytes than allowed;
 * `elsewhere` the way leads out of the copy;
 * `damaged` the bytes are not those that their archive declares;
 * `unreadable` there is an answer or file, and it cannot be read as one.
 */
export type CopyFault = 'unreachable' | 'too long' | 'elsewhere' | 'damaged' | 'unreadable';

/**
 * A copy, or one file of it, that cannot be read; the message is a sentence that is safe to print.
 */
export class CopyError extends UserError {
  override readonly name = 'CopyError';
  readonly fault: CopyFault;

  /** @param message a whole sentence; names that a stranger chose are quoted by `quoteName` */
  constructor(fault: CopyFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}

/**
 * Finds a site that is one folder further down than where its user said: in a zip of the folder, as
 * file managers make them, or in the folder above. What is next to it is kept in mind, to be
 * checked as what is in it. A copy that has a list or the file of an edition at its top is taken as
 * it is; so is one with several sites, since nobody can say which is meant.
 * @param opened whose paths are known; others are given back
 */
export function findInnerSite(opened: OpenedCopy): OpenedCopy {
  const { copy, irregular } = opened;
  if (!copy.paths || copy.paths.has(manifestFile) || copy.paths.has(editionFile)) return opened;
  const folders = findSites(copy.paths);
  const [folder] = folders;
  if (folder === undefined) return opened;
  if (folders.length > 1) {
    const names = folders.map((name) => quoteName(name)).join(', ');
    return {
      ...opened,
      notes: [`It holds several folders that could be the site: ${names}. Check each one alone.`],
    };
  }
  const under = `${folder}/`;
  return {
    ...opened,
    copy: narrow(copy, under),
    irregular: irregular.map((entry) =>
      entry.path.startsWith(under) ? { ...entry, path: entry.path.slice(under.length) } : entry,
    ),
    around: { copy, paths: [...copy.paths].filter((path) => !path.startsWith(under)) },
    notes: [`The site is in the folder ${quoteName(folder)}, and was read there.`],
  };
}

/** Folders at the top in which there is a list of files or the file of an edition. */
const findSites = (paths: ReadonlySet<string>): string[] => [
  ...new Set(
    [...paths].flatMap((path) => {
      const [folder = '', file, ...rest] = path.split('/');
      return rest.length === 0 && (file === manifestFile || file === editionFile) ? [folder] : [];
    }),
  ),
];

/** A copy that is one folder of another. */
const narrow = (copy: SiteCopy, under: string): SiteCopy => ({
  kind: copy.kind,
  name: copy.name,
  paths: new Set(
    [...(copy.paths ?? [])]
      .filter((path) => path.startsWith(under))
      .map((path) => path.slice(under.length)),
  ),
  read: (path, maxBytes) => copy.read(under + path, maxBytes),
  hash: (path) => copy.hash(under + path),
  open: (path) => copy.open(under + path),
  close: () => copy.close(),
});

/** What a single file is, for a checker. */
export type FileKind = 'zip' | 'car' | 'page' | 'mail' | 'other';

/** How many of a file's first bytes say what it is (MIME Sniffing standard, 5.2). */
export const bytesOfKind = 1445;

/**
 * What a file is, by its bytes first, since names lie: a CAR called .zip is a CAR.
 * @param start its first `bytesOfKind` bytes, or all of a shorter file
 */
export function findFileKind(name: string, start: Uint8Array): FileKind {
  const header = toLatin1(start.subarray(1, 12));
  if (header.includes('roots') || header.includes('version')) return 'car';
  if (isPageFile(name, start)) return 'page';
  if (isMailFile(name, start)) return 'mail';
  if (/\.car$/i.test(name)) return 'car';
  return toLatin1(start.subarray(0, 2)) === 'PK' || /\.zip$/i.test(name) ? 'zip' : 'other';
}

/** Whether a file is a mail, as programs save it: by its ending, or since it begins with its fields. */
const isMailFile = (name: string, start: Uint8Array): boolean =>
  /\.eml$/i.test(name) ||
  /^(?:\xEF\xBB\xBF)?(?:From [^\r\n]+\r?\n)?(?:Received|Return-Path|Delivered-To|DKIM-Signature|MIME-Version|Message-ID|X-[A-Za-z-]+|From|To|Date|Subject|Content-Type):[ \t]/i.test(
    toLatin1(start),
  );

/**
 * Does a task for each item, at most `limit` at a time, and gives the results in the order of the
 * items. Attack: a host knows a checker by the order of its list, and serves it the true files. So
 * the order is random. After a task has thrown, no new one starts; those that run are waited for,
 * and the first error is thrown.
 */
export async function mapInRandomOrder<Item, Result>(
  items: readonly Item[],
  limit: number,
  platform: Platform,
  task: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  if (!(limit >= 1))
    throw new RangeError(`a limit of ${limit} tasks at a time, expected at least 1`);
  const waiting = shuffle([...items.entries()], platform);
  const results = new Array<Result>(items.length);
  const errors: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next && errors.length === 0; next = waiting.pop()) {
      const [index, item] = next;
      try {
        results[index] = await task(item);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  if (errors.length > 0) throw errors[0];
  return results;
}

/** Fisher–Yates, in place. */
function shuffle<Item>(items: Item[], { randomBytes }: Platform): Item[] {
  const random = new DataView(Uint8Array.from(randomBytes(4 * items.length)).buffer);
  for (let last = items.length - 1; last > 0; last--) {
    // of 2³² values, so that hardly any order is likelier
    const other = random.getUint32(4 * last) % (last + 1);
    [items[last], items[other]] = [items[other] as Item, items[last] as Item];
  }
  return items;
}
