import type { Limits } from './hosts/host.ts';
import type { StaticSite } from './site.ts';

/** A folder that is on a host now: what the checks look at. */
export interface ServedSite {
  site: StaticSite;
  /** The address of the folder, with a slash at its end. */
  base: string;
  limits: Limits;
}

export interface FinalResponse {
  /** 0 where nothing answered. */
  status: number;
  /** The address after all redirects. */
  address: string;
  body: Buffer;
  type: string | undefined;
}

const maxRedirects = 5;

/**
 * Asks for an address as a browser would: encodings undone, redirects followed, but only on the
 * same origin; from another one nothing is asked.
 */
export async function requestAsBrowser(address: string): Promise<FinalResponse> {
  const { origin } = new URL(address);
  let at = address;
  for (let redirects = 0; ; redirects++) {
    const response = await tryToFetch(at);
    if (!response) return { status: 0, address: at, body: Buffer.alloc(0), type: undefined };
    const body = response.body;
    const to = response.headers.get('location');
    const next =
      response.status >= 300 && response.status < 400 && to !== null ? new URL(to, at) : undefined;
    if (!next || next.origin !== origin || redirects === maxRedirects)
      return {
        status: response.status,
        address: at,
        body,
        type: response.headers.get('content-type') ?? undefined,
      };
    next.hash = '';
    at = next.href;
  }
}

async function tryToFetch(
  address: string,
): Promise<{ status: number; headers: Headers; body: Buffer } | undefined> {
  try {
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { 'accept-encoding': 'gzip, br' },
      signal: AbortSignal.timeout(20_000),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: Buffer.from(await response.arrayBuffer()),
    };
  } catch (error) {
    if (
      error instanceof TypeError ||
      (error instanceof DOMException && error.name === 'TimeoutError')
    )
      return undefined; // closed, broken off, or too slow
    throw error;
  }
}

/** Runs a task for each item, a few at a time, as a browser would ask a host. */
export async function forEachOf<T>(
  items: Iterable<T>,
  task: (item: T) => Promise<void>,
  atOnce = 6,
): Promise<void> {
  const queue = [...items];
  const work = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await task(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
