import { gzipSync } from 'node:zlib';

/**
 * Bytes (invariant 4): what paints in the first flights of a new connection, measured; see the
 * design. The build and the lab both hold pages to them. `frame` is everything but the words, with
 * keys and an edition line in it, for pages and sheets alike. `image` is one image as it is shown,
 * `images` all of them together. `carried` is a file of a language that holds many pages: more is no
 * file for an old phone, nor for a mail.
 */
export const budgets = {
  page: 14_200,
  ordinary: 8_500,
  plain: 40_000,
  frame: 3_200,
  share: 0.95,
  image: 300_000,
  images: 8_000_000,
  carried: 1_000_000,
};

/** Bytes after gzip, level 6, as most hosts compress. */
export const measureGzip = (content: string | Buffer): number =>
  gzipSync(content, { level: 6 }).length;

/** A page with empty <main> and without the search page's script: what stays when the words go. */
export const emptyFrame = (html: string): string =>
  html.replace(/(<main[^>]*>)[\s\S]*(<\/main>)/, '$1$2').replace(/<script[\s\S]*?<\/script>/g, '');
