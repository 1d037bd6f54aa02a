import { isOnion } from './address.ts';

/**
 * What Firefox ESR 153 for Windows sends with HTTP/1.1 when someone types an address, in its order; Tor Browser of that series says
 * the same. It is one set for all users, so nothing in it tells who checks or that somebody does: no cookie, no referrer, no cache.
 * Attack: a host gives checkers the true files, and readers others.
 *
 * A host that looks closely still sees a difference: TLS is that of Node (other ciphers and extensions, no HTTP/2 or HTTP/3), each
 * file is asked for as if its address had been typed, neither icon nor images follow a page, the order is random, all comes from one
 * address within minutes, and all files are read. So a check says what was served to this checker, at this time.
 */
export function browserHeaders(url: URL): Record<string, string> {
  const isTrusted = isTrustworthy(url);
  return {
    Host: url.host,
    'User-Agent':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0',
    Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'Accept-Language': 'en-US,en;q=0.9',
    'Accept-Encoding': isTrusted ? 'gzip, deflate, br, zstd' : 'gzip, deflate',
    Connection: 'keep-alive',
    'Upgrade-Insecure-Requests': '1',
    ...(isTrusted && {
      'Sec-Fetch-Dest': 'document',
      'Sec-Fetch-Mode': 'navigate',
      'Sec-Fetch-Site': 'none',
      'Sec-Fetch-User': '?1',
    }),
    Priority: 'u=0, i',
  };
}

/** As Firefox has it: addresses that nobody on the way can listen to (W3C Secure Contexts, 3.1). */
const isTrustworthy = (url: URL): boolean =>
  url.protocol === 'https:' ||
  isOnion(url) ||
  /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
