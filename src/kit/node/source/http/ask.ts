import { request as requestPlainly, type IncomingMessage } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { browserHeaders } from './browser-headers.ts';
import type { Connections } from './connections.ts';
import type { Deadline } from './deadline.ts';
import { explainError } from './explain-error.ts';
import { WebFault } from './web-fault.ts';

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

/** Bytes of the head of an answer; browsers stop at more, true hosts send one or two thousand. */
const mostBytesOfAHead = 32 * 1024;

/**
 * Sends one GET and waits for the head of the answer; redirects are not followed.
 * @throws WebFault
 */
export function ask(
  url: URL,
  { connections, deadline, answerSeconds, look }: Asking,
): Promise<Reply> {
  const isSecure = url.protocol === 'https:';
  const request = (isSecure ? requestSecurely : requestPlainly)(url, {
    agent: isSecure ? connections.secure : connections.plain,
    headers: browserHeaders(url),
    maxHeaderSize: mostBytesOfAHead,
  });
  request.maxHeadersCount = 0; // Attack: behind the 2000th header, which Node would drop, browsers still see a cookie. The size is the bound.
  return new Promise((done, fail) => {
    const silence = () =>
      new WebFault('unreachable', `no answer for ${answerSeconds} seconds`, { again: 'later' });
    const end = deadline.watch(answerSeconds, silence, (fault) => {
      fail(fault); // at once: a connection that is still being made would keep the error back
      request.destroy(fault);
    });
    let failure: Error | undefined;
    request.on('information', ({ rawHeaders }) => look(groupHeaders(rawHeaders)));
    request.on('response', (response) => {
      end();
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

/** Attack: a header called "constructor", on which Node's own `headersDistinct` fails in some versions. */
function groupHeaders(raw: readonly string[]): Head {
  const headers: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (let at = 0; at + 1 < raw.length; at += 2)
    (headers[String(raw[at]).toLowerCase()] ??= []).push(String(raw[at + 1]));
  return headers;
}
