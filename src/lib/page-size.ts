import { gzipSync } from 'node:zlib';

/** Bytes (invariant 4): what paints in the first flights of a new connection, measured; see the design. The build and the lab both hold pages to them. */
export const budgets = { page: 14_200, ordinary: 8_500, plain: 40_000, frame: 2_700, share: 0.95, productFrame: 3_000 };

/** Sheets to print: they have a style of their own, and are not what somebody reads first. All other bounds hold for them, too. */
export const isProduct = (path: string): boolean => /^[\w-]+\/(?:leaflet|letter-sheet)\.html$/.test(path);

/** Bytes after gzip, level 6, as most hosts compress. */
export const measureGzip = (content: string | Buffer): number => gzipSync(content, { level: 6 }).length;
