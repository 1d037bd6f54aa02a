import { serverTypes, typeOf } from '../media-types.ts';
import type { Limits } from '../host.ts';

/** The files of a document root, by the path that they are looked up with. */
export interface Files {
  /** A file's path on the disk, below the root, by the path that it is served under. */
  paths: ReadonlyMap<string, string>;
  /** The start page of the site: the index.html nearest to the root. */
  start: string | undefined;
}

/**
 * What an address leads to: a file under a path of `Files`, or another address of this host, from
 * its root.
 */
export type Route = { file: string; status: number } | { to: string; status: number };

/**
 * What one real host does that another does not. What a habit leaves out is done as most hosts do
 * it.
 */
export interface Habit {
  /** For the table, after "ours: ". */
  name: string;
  limits?: Limits;
  /** The path that a file is stored and looked up under. */
  fold?: (path: string) => string;
  /** Where a path leads, decoded and without its first slash; undefined if nowhere. */
  route?: (path: string, files: Files) => Route | undefined;
  /** The whole `content-type` of a file. */
  type?: (path: string) => string;
  headers?: Readonly<Record<string, string>>;
  /** Changes the text of a page. */
  alter?: (html: string) => string;
  /** Answers at paths that no file has. */
  extra?: Readonly<Record<string, string>>;
  /** Compresses texts for those who accept it. */
  encoding?: 'gzip' | 'br';
}

/** A file by its exact path, a folder by its index.html, and the redirect to a folder's slash. */
export function routePlainly(path: string, { paths }: Files): Route | undefined {
  const slashed = path === '' || path.endsWith('/');
  if (!slashed && paths.has(path)) return { file: path, status: 200 };
  const index = slashed ? `${path}index.html` : `${path}/index.html`;
  if (!paths.has(index)) return undefined;
  return slashed ? { file: index, status: 200 } : { to: `${path}/`, status: 301 };
}

/** The 404.html that is nearest up the path, as Cloudflare Pages has it. */
export function routeMissing(path: string, { paths }: Files): Route | undefined {
  for (let folder = path; folder !== '';) {
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
    const file = folder === '' ? '404.html' : `${folder}/404.html`;
    if (paths.has(file)) return { file, status: 404 };
  }
  return undefined;
}

/** Whether a media type or a `content-type` means text. */
export const isText = (type: string): boolean =>
  /^text\/|^[^;]*[/+](json|xml|javascript)(;|$)/.test(type);

/** A media type with UTF-8 where it is text, as a careful server has it. */
export function typePlainly(path: string): string {
  const type = typeOf(path, serverTypes) ?? 'application/octet-stream';
  return isText(type) ? `${type}; charset=utf-8` : type;
}
