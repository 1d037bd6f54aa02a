import { CopyError } from '../../src/kit/core/source/site-copy.ts';
import { openWebCopy, type CountedWebCopy } from '../../src/kit/node/source/web-copy.ts';
import type { WebOptions } from '../../src/kit/node/source/http/limits.ts';
import { reply, startRawHost, type RawAnswer, type RawHost } from './raw-host.ts';

/** Little patience, so that tests are quick. */
export const quick: Partial<WebOptions> = {
  answerSeconds: 0.25,
  stallSeconds: 0.25,
  fileSeconds: 3,
  runSeconds: 5,
  pauseSeconds: 0.01,
  maxPauseSeconds: 0.05,
  bytesOfAFile: 100_000,
};

/** A copy on a host that answers so, for as long as a task takes. */
export async function visitHost<Result>(
  answer: RawAnswer,
  task: (copy: CountedWebCopy, host: RawHost) => Promise<Result>,
  options: Partial<WebOptions> = {},
): Promise<Result> {
  const host = await startRawHost(answer);
  const copy = openWebCopy(host.origin, { ...quick, ...options });
  try {
    return await task(copy, host);
  } finally {
    await copy.close();
    await host.stop();
  }
}

/**
 * The fault of a CopyError and what it says, with `HOST` for the address. Any other outcome fails.
 */
export async function describeRefusal(
  work: Promise<unknown>,
  { origin }: { origin: string },
): Promise<string> {
  const error: unknown = await work.then(
    (value) => new Error(`no error, but ${String(value)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof CopyError)) throw error;
  return `${error.fault}: ${error.message.replaceAll(origin, 'HOST')}`;
}

/** A page, an answer with a body in an encoding, and one that promises the page and holds less. */
export const page = '<p>The garden is open.</p>';
export const packed = (encoding: string, body: Buffer): Buffer =>
  reply(body, `Content-Encoding: ${encoding}\r\n`);
export const cut = (body: string): string =>
  `HTTP/1.1 200 OK\r\nContent-Length: ${page.length}\r\n\r\n${body}`;
