import type { CopyFault } from '../../../core/source/site-copy.ts';
import { quoteName } from '../../../core/text/plain-characters.ts';
import { findPathFault } from '../../../core/text/safe-path.ts';
import { UserError } from '../../../core/text/user-error.ts';

/**
 * When the same request may be tried again: `at once` where it met a connection that the host had
 * just closed.
 */
export type Again = 'at once' | 'later' | 'never';

interface Circumstances extends ErrorOptions {
  readonly again?: Again;
  /** Seconds that the host asks to wait. */
  readonly retryAfter?: number | undefined;
}

/**
 * A fault below the level where the file is known: its message is half a sentence, which
 * `CopyError` completes.
 */
export class WebFault extends Error {
  override readonly name = 'WebFault';
  readonly fault: CopyFault;
  readonly again: Again;
  readonly retryAfter: number | undefined;

  /** @param what what was found, and what was expected or helps; without a full stop */
  constructor(
    fault: CopyFault,
    what: string,
    { again = 'never', retryAfter, ...options }: Circumstances = {},
  ) {
    super(what, options);
    this.fault = fault;
    this.again = again;
    this.retryAfter = retryAfter;
  }
}

/**
 * An address or a proxy that cannot be used as it was given: the user's mistake, in words for the
 * user.
 */
export class AddressError extends UserError {
  override readonly name = 'AddressError';
}

const longest = 2000;

/**
 * The folder that an address means: `…/index.html` is cut, a missing slash added.
 * @throws AddressError if it is not plainly the address of a folder on the web, or an onion service
 *   without a proxy
 */
export function parseAddress(address: string, hasProxy: boolean): URL {
  const fail = (what: string): never => {
    throw new AddressError(`${quoteName(address)} ${what}.`);
  };
  if (address.length > longest)
    fail(`has ${address.length} characters, expected at most ${longest}`);
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address))
    fail('is no address of a site, expected one as in “https://mirror.example/site/”');
  const url = new URL(address);
  if (url.username !== '' || url.password !== '')
    fail('has a user name or a password in it, expected an address that all can open');
  if (/[?#]/.test(address))
    fail(
      'has “?” or “#” in it, expected the address of a folder: leave out that sign and what follows',
    );
  if (isOnion(url) && !hasProxy)
    fail(
      'is an onion service, which only Tor can reach: start Tor, and name its port as “--proxy socks5h://127.0.0.1:9050”',
    );
  url.pathname = url.pathname.replace(/(^|\/)index\.html$/, '$1').replace(/([^/])$/, '$1/');
  return url;
}

/**
 * The address of a file or folder below a folder.
 * @param relative a path, with `/` at its end if it is that of a folder; empty for the folder
 *   itself
 * @throws WebFault if the path leads out of the folder, or is one that no list may hold
 */
export function addressBelow(folder: URL, relative: string): URL {
  const path = relative.replace(/\/$/, '');
  const fault = relative === '' ? undefined : findPathFault(path);
  // Attack: "../x" or "a/%2e%2e/x" makes the checker ask in another place than it says.
  if (fault) throw new WebFault('unreadable', `${fault.found}, expected ${fault.expected}`);
  return new URL(folder.href + relative.split('/').map(encodeURIComponent).join('/'));
}

/**
 * The path of an address up to its last slash, from which relative links start (RFC 3986, 5.2.3).
 */
export const folderOf = ({ pathname }: URL): string => pathname.replace(/[^/]*$/, '');

/** What `addressBelow` would have made this address of; undefined if it is not in the folder. */
export function findBelow(folder: URL, { origin, pathname }: URL): string | undefined {
  if (origin !== folder.origin || !pathname.startsWith(folder.pathname)) return undefined;
  try {
    return decodeURIComponent(pathname.slice(folder.pathname.length));
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return undefined; // bytes that are no letters: no file of the site has such a name
  }
}

export const isOnion = ({ hostname }: URL): boolean => /\.onion\.?$/.test(hostname);
