import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { pagefindOptions, type Engine } from '../../src/search/answer-query.ts';

/** Where the program believes that the site is. */
const base = 'http://site.invalid/';

/** The program of a built site, as its search page loads it. */
interface Program {
  createInstance: (options: Record<string, unknown>) => Engine;
}

/** The search of a built site that runs without a browser. */
export interface OpenSearch {
  engine: Engine;
  /** A file of the site, by its path, which counts as loaded then. */
  read: (path: string) => Buffer;
  /** Bytes of what was loaded until now, packed as hosts pack what is not packed. */
  countBytes: () => number;
  close: () => void;
}

/**
 * Starts the search of a built site as a page in a language does: by Pagefind's own program, with
 * the files of the folder for what it fetches. One at a time: the program knows its page by
 * globals.
 */
export async function openPagefind(folder: string, language: string): Promise<OpenSearch> {
  const sent = new Map<string, number>();
  const read = (path: string): Buffer => {
    const content = readFileSync(join(folder, path));
    const packed = /\.(?:js|json|html)$/.test(path) ? gzipSync(content) : content;
    sent.set(path, packed.length);
    return content;
  };
  const globals = globalThis as { document?: unknown; fetch: typeof fetch };
  const before = { document: globals.document, fetch: globals.fetch };
  globals.document = {
    currentScript: null,
    querySelector: () => ({ getAttribute: () => language }),
  };
  globals.fetch = (input) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    return Promise.resolve(new Response(new Uint8Array(read(pathname.slice(1)))));
  };
  read('pagefind/pagefind.js');
  const program = pathToFileURL(join(folder, 'pagefind', 'pagefind.js')).href;
  const { createInstance } = (await import(/* @vite-ignore */ program)) as Program;
  return {
    read,
    engine: createInstance({ ...pagefindOptions, basePath: `${base}pagefind/`, baseUrl: '/' }),
    countBytes: () => [...sent.values()].reduce((sum, size) => sum + size, 0),
    close: () => Object.assign(globals, before),
  };
}
