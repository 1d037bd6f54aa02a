import { ask, type Asking, type Head, type Reply } from './ask.ts';
import { decodeBody } from './decode-body.ts';
import { judgeRedirect, type Redirect } from './judge-redirect.ts';
import { readBody } from './read-body.ts';
import type { Spending } from './spending.ts';
import { WebFault } from './web-fault.ts';

/** What is at the end of an address, after all redirects. */
export interface Visit {
  readonly status: number;
  /** Where the answer came from in the end. */
  readonly url: URL;
  readonly head: Head;
  readonly redirects: readonly Redirect[];
  /** The unpacked bytes, once; iterating throws WebFault, also if there are more than `mostBytes`. Either this or `discard` is called. */
  body: (mostBytes: number) => AsyncGenerator<Buffer>;
  /** Ends an answer whose body nobody wants. */
  discard: () => void;
}

export interface Visiting extends Asking {
  readonly stallSeconds: number;
  readonly spending: Spending;
}

const mostRedirects = 5;
/** A short body that nobody wants is let through, so that the connection can be used again. */
const shortBody = 64 * 1024;

/**
 * Asks for an address, and follows redirects that stay where they are.
 * @throws WebFault if there is no answer, if it leads elsewhere, or if the host asks to come again later (429, 5xx)
 */
export async function visit(start: URL, visiting: Visiting): Promise<Visit> {
  const redirects: Redirect[] = [];
  for (let url = start; ;) {
    visiting.spending.requests += 1;
    const reply = await ask(url, visiting);
    const status = reply.response.statusCode ?? 0;
    if (![301, 302, 303, 307, 308].includes(status))
      return settle(status, url, reply, redirects, visiting);

    discard(reply);
    // Attack: a circle of redirects keeps the checker busy for ever.
    if (redirects.length === mostRedirects)
      throw new WebFault('unreadable', `more than ${mostRedirects} redirects, expected the file`);
    const redirect = judgeRedirect(url, reply.head['location']?.[0]);
    redirects.push(redirect);
    url = redirect.to;
  }
}

function settle(
  status: number,
  url: URL,
  reply: Reply,
  redirects: readonly Redirect[],
  { deadline, stallSeconds, spending }: Visiting,
): Visit {
  const { head } = reply;
  if (status === 429 || status >= 500) {
    discard(reply);
    throw new WebFault('unreachable', `the host answers ${status}`, {
      again: 'later',
      retryAfter: readRetryAfter(head['retry-after']?.[0]),
    });
  }
  const body = (mostBytes: number) => {
    const mostReceived = mostBytes + Math.ceil(mostBytes / 100) + shortBody; // what packing can add to bytes that do not shrink
    const received = spending.count(
      'received',
      readBody(reply, deadline, stallSeconds),
      mostReceived,
    );
    try {
      return spending.count(
        'unpacked',
        decodeBody(received, head['content-encoding']?.join(',')),
        mostBytes,
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

/** RFC 9110, 10.2.3: seconds. The other form, a date, would need a clock that agrees with the host's. */
const readRetryAfter = (value: string | undefined): number | undefined =>
  value !== undefined && /^\d{1,9}$/.test(value.trim()) ? Number(value) : undefined;
