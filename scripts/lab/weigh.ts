import { measureGzip } from '../../src/lib/page-size.ts';
import type { Site } from './site.ts';

export interface PageSize {
  path: string;
  /** Bytes after gzip, level 6, as most hosts compress. */
  gzip: number;
  plain: number;
  /** Requests that opening it causes, itself included. */
  requests: number;
}

/** @param requests by path, as a browser counted them */
export function measurePages({ files }: Site, requests: ReadonlyMap<string, number>): PageSize[] {
  return [...files]
    .filter(([path]) => path.endsWith('.html'))
    .map(([path, bytes]) => ({
      path,
      gzip: measureGzip(bytes),
      plain: bytes.length,
      requests: requests.get(path) ?? 0,
    }));
}
