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
