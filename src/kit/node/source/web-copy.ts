import { createHash } from 'node:crypto';
import { quoteName } from '../../core/text/plain-characters.ts';
import {
  CopyError,
  type HostAnswer,
  type Observation,
  type WebCopy,
} from '../../core/source/site-copy.ts';
import { hasForeignEncoding } from '../../core/source/content-type.ts';
import { addressBelow, findBelow, folderOf, parseAddress, WebFault } from './http/address.ts';
import type { Head } from './http/request.ts';
import { openConnections, type Connections, parseProxy } from './http/connections.ts';
import {
  Deadline,
  Retries,
  ByteBudget,
  type Spent,
  webDefaults,
  type WebOptions,
} from './http/limits.ts';
import { joinPieces, resumeBody, visit, type Visit } from './http/visit.ts';
import { Observations, readingOf } from './http/observations.ts';

/** A web copy that counts what it took from the host. */
export interface CountedWebCopy extends WebCopy {
  readonly spent: Spent;
}

/**
 * Opens the copy at an address; nothing is asked yet. What is read is never followed or executed. A
 * file that the host sends on to another address of its own origin is read there; 403, 404 and 410
 * count as not there (a bucket whose files cannot be listed answers 403). Bodies that are opened
 * must be read or closed.
 * @param address of the folder; a trailing `index.html` is cut
 * @throws AddressError if the address or the proxy cannot be used
 */
export function openWebCopy(address: string, options: Partial<WebOptions> = {}): CountedWebCopy {
  const settings = { ...webDefaults, ...options };
  const proxy = settings.proxy === undefined ? undefined : parseProxy(settings.proxy);
  return new CopyOverHttp(
    address,
    parseAddress(address, proxy !== undefined),
    openConnections(proxy),
    settings,
  );
}

class CopyOverHttp implements CountedWebCopy {
  readonly kind = 'web';
  readonly paths = undefined;
  readonly name: string;
  #folder: URL;
  readonly #connections: Connections;
  readonly #options: WebOptions;
  readonly #run: Deadline;
  readonly #budget: ByteBudget;
  readonly #observations = new Observations();
  readonly #closing = new AbortController();

  constructor(name: string, folder: URL, connections: Connections, options: WebOptions) {
    this.name = name;
    this.#folder = folder;
    this.#connections = connections;
    this.#options = options;
    this.#run = new Deadline(
      options.runSeconds,
      `all files together take more than ${options.runSeconds} seconds`,
    );
    this.#budget = new ByteBudget(options.bytes);
  }

  get observations(): readonly Observation[] {
    return this.#observations.list;
  }

  get spent(): Spent {
    return this.#budget.spent;
  }

  async read(path: string, maxBytes: number): Promise<Buffer | undefined> {
    const body = await this.#openFile(path, Math.min(maxBytes, this.#options.bytesOfAFile));
    return body && joinPieces(body);
  }

  async hash(path: string): Promise<string | undefined> {
    const body = await this.#openFile(path, this.#options.bytesOfAFile);
    if (!body) return undefined;
    const hash = createHash('sha256');
    for await (const piece of body) hash.update(piece);
    return hash.digest('hex');
  }

  open(path: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    return this.#openFile(path, this.#options.bytesOfAFile);
  }

  async readAddress(relative: string): Promise<HostAnswer> {
    const { ask, retries } = this.#begin(relative);
    try {
      return await retries.run(async () => {
        const { status, url, head, body } = await ask();
        const bytes = await joinPieces(body(this.#options.bytesOfAFile));
        const reading = readingOf(head, bytes);
        return { status, address: url.href, below: findBelow(this.#folder, url), reading, bytes };
      });
    } catch (error) {
      throw this.#tell(relative, error);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#connections.close();
  }

  async #openFile(path: string, maxBytes: number): Promise<AsyncGenerator<Buffer> | undefined> {
    const { ask, retries } = this.#begin(path);
    const askForFile = async () => {
      const found = await ask();
      for (const { to, isUpgrade } of found.redirects)
        if (!isUpgrade) this.#observations.note('redirect', path, to.href);
      if (found.status === 200) {
        // Attack: the true page at an address from which its links lead to pages of the host.
        if (folderOf(found.url) !== folderOf(addressBelow(this.#folder, path)))
          this.#observations.note('moved', path, found.url.href);
        return this.#lookAtFile(path, found.head, found.body(maxBytes));
      }
      found.discard();
      if ([403, 404, 410].includes(found.status)) return undefined;
      throw new WebFault(
        'unreadable',
        `the host answers ${found.status}, expected 200 and the file`,
      );
    };
    try {
      const first = await retries.run(askForFile);
      return (
        first &&
        this.#tellFaults(
          path,
          resumeBody(first, async (fault) => {
            await retries.wait(fault);
            const next = await retries.run(askForFile);
            if (!next)
              throw new WebFault(
                'unreadable',
                'the answer broke off, and then there was no such file, expected the rest of it',
              );
            return next;
          }),
        )
      );
    } catch (error) {
      throw this.#tell(path, error);
    }
  }

  /** What the tries for one address share. */
  #begin(relative: string): { ask: () => Promise<Visit>; retries: Retries } {
    const { fileSeconds } = this.#options;
    const deadline = this.#run.within(fileSeconds, `it takes more than ${fileSeconds} seconds`);
    const look = (head: Head) => this.#observations.lookAt(head, relative, this.#folder.origin);
    const visiting = {
      ...this.#options,
      connections: this.#connections,
      budget: this.#budget,
      deadline,
      look,
    };
    const ask = async () => {
      if (this.#closing.signal.aborted)
        throw new WebFault('unreadable', 'the copy has been closed');
      const found = await visit(addressBelow(this.#folder, relative), visiting);
      if (found.redirects.some(({ isUpgrade }) => isUpgrade)) this.#upgrade(relative, found.url);
      return found;
    };
    return { ask, retries: new Retries(this.#options, deadline, this.#closing.signal) };
  }

  async *#lookAtFile(
    path: string,
    head: Head,
    body: AsyncGenerator<Buffer>,
  ): AsyncGenerator<Buffer> {
    const markLength = 3;
    let start = Buffer.alloc(0);
    let isAscii = true;
    const matters = hasForeignEncoding(head['content-type'] ?? []); // else no byte is looked at
    for await (const piece of body) {
      if (matters) isAscii &&= piece.every((byte) => byte < 0x80);
      if (start.length < markLength) start = Buffer.concat([start, piece.subarray(0, markLength)]);
      yield piece;
    }
    this.#observations.lookAtFile(head, path, start, isAscii);
  }

  /** From here on nothing is asked in the open. */
  #upgrade(path: string, url: URL): void {
    this.#observations.note('upgrade', path, url.origin);
    this.#folder = new URL(this.#folder.href.replace(/^http:/, 'https:'));
  }

  async *#tellFaults(path: string, body: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
    try {
      yield* body;
    } catch (error) {
      throw this.#tell(path, error);
    }
  }

  #tell(path: string, error: unknown): unknown {
    if (!(error instanceof WebFault)) return error;
    return new CopyError(
      error.fault,
      `${path === '' ? 'The folder' : quoteName(path)} of ${quoteName(this.name)}: ${error.message}.`,
      { cause: error },
    );
  }
}
