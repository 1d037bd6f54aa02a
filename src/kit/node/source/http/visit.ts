import { quoteName } from '../../../core/text/quote-name.ts';
import { WebFault } from './address.ts';
import { decodeBody } from './decode-body.ts';
import { readBody } from './body.ts';
import { sendGet, type Asking, type Head, type Reply } from './request.ts';
import type { ByteBudget } from './limits.ts';

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
