import { request as requestPlainly, type IncomingMessage } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { quoteName } from '../../../core/text/plain-characters.ts';
import { WebFault, isOnion, type Again } from './address.ts';
import type { Connections } from './connections.ts';
import { knownCodings } from './decode-body.ts';
import type { Deadline } from './limits.ts';

/** The headers of an answer: all values of each, names in small letters. */
export type Head = Readonly<Record<string, readonly string[]>>;

/** An answer whose body has not been read. */
export interface Reply {
  readonly response: IncomingMessage;
  readonly head: Head;
  /** What has gone wrong with the connection since the head came. */
  failure: () => Error | undefined;
}

export interface Asking {
  readonly connections: Connections;
  readonly deadline: Deadline;
  readonly answerSeconds: number;
  /** Sees the head of each answer, and what a host sends ahead of it (103 Early Hints). */
  readonly look: (head: Head) => void;
}

/** Answers before the answer: true hosts send one or two. */
const maxInterim = 16;

/** Bytes of the head of an answer; browsers stop at more, true hosts send one or two thousand. */
const maxBytesOfAHead = 32 * 1024;

/**
 * Sends one GET and waits for the head of the answer; redirects are not followed.
 * @throws WebFault
 */
export function sendGet(
  url: URL,
  { connections, deadline, answerSeconds, look }: Asking,
): Promise<Reply> {
  const isSecure = url.protocol === 'https:';
  const request = (isSecure ? requestSecurely : requestPlainly)(url, {
    agent: isSecure ? connections.secure : connections.plain,
    headers: browserHeaders(url),
    maxHeaderSize: maxBytesOfAHead,
  });
  // Attack: behind the 2000th header, which Node would drop, browsers still see a cookie. The size
  // is the bound.
  request.maxHeadersCount = 0;
  return new Promise((done, fail) => {
    const silence = () =>
      new WebFault('unreachable', `no answer for ${answerSeconds} seconds`, { again: 'later' });
    const end = deadline.watch(answerSeconds, silence, (fault) => {
      fail(fault); // at once: a connection that is still being made would keep the error back
      request.destroy(fault);
    });
    let failure: Error | undefined;
    let interim = 0;
    request.on('information', ({ rawHeaders }) => {
      look(groupHeaders(rawHeaders));
      interim += 1;
      if (interim <= maxInterim) return;
      // Attack: 103 Early Hints without end, on which each question waits as long as it may.
      const fault = new WebFault(
        'unreadable',
        `more than ${maxInterim} interim answers (1xx), expected the file`,
      );
      end();
      fail(fault);
      request.destroy(fault);
    });
    request.on('response', (response) => {
      end();
      // Attack: a version of which browsers show the head as a page (RFC 9112, 2.3).
      if (!['1.0', '1.1'].includes(response.httpVersion)) {
        response.destroy();
        fail(
          new WebFault(
            'unreadable',
            `the answer is of HTTP/${response.httpVersion}, expected 1.1 or 1.0`,
          ),
        );
        return;
      }
      const head = groupHeaders(response.rawHeaders);
      look(head);
      done({ response, head, failure: () => failure });
    });
    request.on('upgrade', (_response, socket) => {
      socket.destroy();
      end();
      fail(
        new WebFault(
          'unreadable',
          'the host answers 101 and wants to speak another protocol, expected the file',
        ),
      );
    });
    request.on('error', (error) => {
      failure ??= error;
      end();
      // A kept connection that the host closed in the same moment is no fault of anybody.
      fail(explainError(error, request.reusedSocket ? 'at once' : 'later'));
    });
    request.end();
  });
}

/**
 * Attack: a header called "constructor", on which Node's own `headersDistinct` fails in some
 * versions.
 */
function groupHeaders(raw: readonly string[]): Head {
  const headers: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (let at = 0; at + 1 < raw.length; at += 2)
    (headers[String(raw[at]).toLowerCase()] ??= []).push(String(raw[at + 1]));
  return headers;
}

/**
 * What Firefox ESR 153 for Windows sends with HTTP/1.1 when someone types an address, in its order;
 * Tor Browser of that series says the same. It is one set for all users, so nothing in it tells who
 * checks or that somebody does: no cookie, no referrer, no cache. Attack: a host gives checkers the
 * true files, and readers others.
 *
 * A host that looks closely still sees a difference: TLS is that of Node (other ciphers and
 * extensions, no HTTP/2 or HTTP/3), each file is asked for as if its address had been typed,
 * neither icon nor images follow a page, the order is random, all comes from one address within
 * minutes, and all files are read. So a check says what was served to this checker, at this time.
 */
export function browserHeaders(url: URL): Record<string, string> {
  const isTrusted = isTrustworthy(url);
  return {
    Host: url.host,
    'User-Agent':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0',
    Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'Accept-Language': 'en-US,en;q=0.9',
    'Accept-Encoding': isTrusted ? knownCodings : 'gzip, deflate',
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

/**
 * Puts an error of the network, of TLS or of the HTTP parser into words.
 * @param error whatever a request or its answer has thrown; a WebFault stays as it is
 * @param again when to try again if it is a fault of the network; the others never pass by
 *   themselves
 */
export function explainError(error: unknown, again: Again = 'later'): WebFault {
  if (error instanceof WebFault) return error;
  if (!(error instanceof Error)) throw error;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'HPE_HEADER_OVERFLOW')
    return new WebFault(
      'unreadable',
      'the head of the answer is too long, expected at most 32 KiB',
      { cause: error },
    );
  if (code.startsWith('HPE_'))
    return new WebFault('unreadable', `the answer is no proper HTTP (${code})`, { cause: error });
  // Attack: whoever controls the network answers in the name of the host. Nothing is asked over
  // such a connection.
  if (certificateCodes.test(code))
    return new WebFault(
      'unreachable',
      `the host’s certificate does not hold (${code}): it is not the host that was named, its certificate has run out, or the clock here is wrong`,
      { cause: error },
    );
  if (/^(?:ERR_SSL_|EPROTO$)/.test(code))
    return new WebFault(
      'unreachable',
      `the host does not speak TLS there, or none that is safe (${code})`,
      { cause: error },
    );
  const known = sentences[code];
  if (known !== undefined)
    return new WebFault('unreachable', `${known} (${code})`, { again, cause: error });
  return new WebFault('unreachable', `the connection failed: ${quoteName(code || error.message)}`, {
    again,
    cause: error,
  });
}

/**
 * Those of OpenSSL's X509_V_ERR_… as Node names them, and Node's own for a certificate of another
 * name.
 */
const certificateCodes =
  /CERT|CRL|SELF_SIGNED|_ISSUER|_CA$|ERR_TLS_|^(?:HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED)$/;

const sentences: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  ECONNREFUSED: 'nothing answers at this address',
  ECONNRESET: 'the host hung up',
  EHOSTUNREACH: 'no way leads to the host',
  ENETUNREACH: 'there is no network to the host',
  ENOTFOUND: 'no host has this name',
  EPIPE: 'the host hung up',
  ETIMEDOUT: 'the connection to the host timed out',
};
