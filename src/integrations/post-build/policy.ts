import { createHash } from 'node:crypto';

/** The hash of a style or script, as a policy names it (CSP level 3, 2.3.1). */
export const hashSource = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** What a page without scripts may do: show its own style, and pictures of the site. */
export const printPolicy = (style: string): string =>
  [
    "default-src 'none'",
    "img-src 'self' data:",
    `style-src ${hashSource(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join(';');
