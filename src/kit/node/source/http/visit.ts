import { createHash } from 'node:crypto';
import { quoteName } from '../../../core/text/plain-characters.ts';
import { WebFault } from './address.ts';
import { decodeBody } from './decode-body.ts';
import type { ByteBudget, Deadline } from './limits.ts';
import { sendGet, explainError, type Asking, type Head, type Reply } from './request.ts';

/** What is at the end of an address, after all redirects. */
export interface Visit {
  readonly status: number;
  /** Where the answer came from in the end. */
  readonly url: URL;
  readonly head: Head;
  readonly redirects: readonly Redirect[];
  /**
   * The unpacked bytes, once; iterating throws WebFault, also if there are more than `maxBytes`.
   * Either this or `discard` is called.
   */
  body: (maxBytes: number) => AsyncGenerator<Buffer>;
  /** Ends an answer whose body nobody wants. */
  discard: () => void;
}

export interface Visiting extends Asking {
  readonly stallSeconds: number;
  readonly budget: ByteBudget;
}

const mostRedirects = 5;
/** A short body that nobody wants is let through, so that the connection can be used again. */
const shortBody = 64 * 1024;

/**
 * Asks for an address, and follows redirects that stay where they are.
 * @throws WebFault if there is no answer, if it leads elsewhere, or if the host asks to come again
 *   later (429, 5xx)
 */
export async function visit(start: URL, visiting: Visiting): Promise<Visit> {
  const redirects: Redirect[] = [];
  for (let url = start; ;) {
    visiting.budget.requests += 1;
    const reply = await sendGet(url, visiting);
    const status = reply.response.statusCode ?? 0;
    if (![301, 302, 303, 307, 308].includes(status))
      return settle(status, url, reply, redirects, visiting);

    discard(reply);
    // Attack: a circle of redirects keeps the checker busy for ever.
    if (redirects.length === mostRedirects)
      throw new WebFault('unreadable', `more than ${mostRedirects} redirects, expected the file`);
    const redirect = checkRedirect(url, reply.head['location']?.[0]);
    redirects.push(redirect);
    url = redirect.to;
  }
}

function settle(
  status: number,
  url: URL,
  reply: Reply,
  redirects: readonly Redirect[],
  { deadline, stallSeconds, budget }: Visiting,
): Visit {
  const { head } = reply;
  if (status === 429 || status >= 500) {
    discard(reply);
    throw new WebFault('unreachable', `the host answers ${status}`, {
      again: 'later',
      retryAfter: readRetryAfter(head['retry-after']?.[0]),
    });
  }
  const body = (maxBytes: number) => {
    // what packing can add to bytes that do not shrink
    const mostReceived = maxBytes + Math.ceil(maxBytes / 100) + shortBody;
    const received = budget.count(
      'received',
      readBody(reply, deadline, stallSeconds),
      mostReceived,
    );
    try {
      return budget.count(
        'unpacked',
        decodeBody(received, head['content-encoding']?.join(',')),
        maxBytes,
      );
    } catch (error) {
      reply.response.destroy();
      throw error;
    }
  };
  return { status, url, head, redirects, body, discard: () => discard(reply) };
}

function discard({ response, head }: Reply): void {
  const length = Number(head['content-length']?.[0] ?? NaN);
  if (length <= shortBody) response.on('error', () => response.destroy()).resume();
  else response.destroy();
}

/**
 * RFC 9110, 10.2.3: seconds. The other form, a date, would need a clock that agrees with the
 * host's.
 */
const readRetryAfter = (value: string | undefined): number | undefined =>
  value !== undefined && /^\d{1,9}$/.test(value.trim()) ? Number(value) : undefined;

/** Where a redirect leads, on the same origin or to its encrypted counterpart. */
export interface Redirect {
  readonly to: URL;
  /** From http to https on the same host, both on their usual ports. */
  readonly isUpgrade: boolean;
}

/**
 * Decides whether a redirect is followed. Attack: a host leads the checker to a true mirror, or to
 * a place in the checker's own network that it could not ask itself.
 * @param location the header as it came; undefined if there was none
 * @throws WebFault `elsewhere`, or `unreadable` if it leads nowhere
 */
export function checkRedirect(from: URL, location: string | undefined): Redirect {
  if (location === undefined)
    throw new WebFault('unreadable', 'a redirect without an address, expected the file');
  if (!URL.canParse(location, from.href))
    throw new WebFault(
      'unreadable',
      `a redirect to ${quoteName(location)}, which is no address; expected the file`,
    );
  const to = new URL(location, from);
  to.hash = '';
  const leave = (why: string): never => {
    throw new WebFault(
      'elsewhere',
      `the host leads on to ${quoteName(to.href)}, ${why}; to check that place, name it`,
    );
  };
  if (to.protocol !== 'http:' && to.protocol !== 'https:') leave('which is no address on the web');
  if (to.username !== '' || to.password !== '') leave('which has a user name in it');
  if (to.origin === from.origin) return { to, isUpgrade: false };
  if (to.hostname !== from.hostname) leave('which is another host');
  if (from.protocol === 'https:' && to.protocol === 'http:') leave('which is not encrypted');
  if (to.protocol === from.protocol || from.port !== '' || to.port !== '')
    leave('which is another port');
  return { to, isUpgrade: true };
}

/**
 * The bytes of an answer as they come over the line. Whoever stops early ends the connection.
 * @param stallSeconds the longest wait for the next piece; the time that the reader takes for one
 *   does not count
 * @throws WebFault while it is read, also if the answer is shorter than it says
 */
export async function* readBody(
  { response, failure }: Reply,
  deadline: Deadline,
  stallSeconds: number,
): AsyncGenerator<Buffer> {
  const pieces: AsyncIterator<Buffer> = response[Symbol.asyncIterator]();
  const stall = () =>
    new WebFault('unreachable', `the answer stopped for ${stallSeconds} seconds`, {
      again: 'later',
    });
  let [waited, bytes] = [0, 0];
  try {
    for (;;) {
      const end = deadline.watch(stallSeconds, stall, (fault) => response.destroy(fault));
      const start = performance.now();
      const step = await pieces.next().finally(end);
      if (step.done) return;
      waited += (performance.now() - start) / 1000;
      bytes += step.value.length;
      // Attack: a byte each few seconds, so that nothing stalls and nothing ends.
      if (waited > stallSeconds && bytes / waited < minBytesPerSecond)
        throw new WebFault(
          'unreachable',
          `the answer came to ${bytes} bytes in ${Math.round(waited)} seconds, expected at least ${minBytesPerSecond} a second`,
        );
      yield step.value;
    }
  } catch (error) {
    if (error instanceof WebFault) throw error;
    if (failure()) throw explainError(failure());
    // Attack: part of a file passes for all of it.
    throw new WebFault('unreachable', 'the answer was cut off', { again: 'later', cause: error });
  } finally {
    response.destroy(); // leaves the connection alone if the answer is over
  }
}

/** A tenth of the slowest modem: whoever sends less wants the checker to wait. */
const minBytesPerSecond = 30;

type Body = AsyncGenerator<Buffer>;

/**
 * The bytes of a file from as many answers as it takes: where one breaks off, the next is passed
 * over up to there. Attack: a host breaks off true bytes and goes on with others; so what is passed
 * over must be what was given out.
 * @param next another answer, from its beginning; it throws where no further try is left
 * @throws WebFault while it is read
 */
export async function* resumeBody(first: Body, next: (fault: WebFault) => Promise<Body>): Body {
  const given = createHash('sha256');
  let length = 0;
  for (let body = first; ;) {
    try {
      for await (const piece of skip(body, length, given.copy().digest('hex'))) {
        given.update(piece);
        length += piece.length;
        yield piece;
      }
      return;
    } catch (error) {
      if (!(error instanceof WebFault)) throw error;
      body = await next(error);
    }
  }
}

/** A body without its beginning, which must have this length and hash. */
async function* skip(body: Body, length: number, expected: string): Body {
  if (length === 0) {
    yield* body;
    return;
  }
  const passed = createHash('sha256');
  let left = length;
  for await (const piece of body) {
    const known = piece.subarray(0, left);
    passed.update(known);
    left -= known.length;
    if (left > 0) continue;
    if (known.length > 0 && passed.copy().digest('hex') !== expected) throw changed();
    if (known.length < piece.length) yield piece.subarray(known.length);
  }
  if (left > 0) throw changed();
}

const changed = (): WebFault =>
  new WebFault(
    'unreadable',
    'the answer broke off, and the next one began with other bytes, expected the same file',
  );

/**
 * All pieces as one. Attack: pieces of one byte each, of which a list would take a hundred times
 * their size. So they are copied as they come.
 */
export async function joinPieces(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  let room = Buffer.alloc(16 * 1024);
  let length = 0;
  for await (const piece of pieces) {
    if (length + piece.length > room.length) {
      const larger = Buffer.alloc(Math.max(2 * room.length, length + piece.length));
      room.copy(larger, 0, 0, length);
      room = larger;
    }
    room.set(piece, length);
    length += piece.length;
  }
  return room.subarray(0, length);
}
