import { typePlainly, type Habit } from './habit.ts';

/** A policy that allows neither style nor script, as OnionShare and careful hosts send; the page's own one can only add to it. */
export const stricterPolicy: Habit = {
  name: 'stricter policy',
  headers: { 'content-security-policy': "default-src 'none'; img-src 'self'" },
  limits: {
    style: 'the host forbids all styles by a header',
    search: 'the host forbids all scripts by a header',
  },
};

/** Texts arrive compressed with gzip, as nearly every host can. */
export const gzip: Habit = { name: 'gzip', encoding: 'gzip' };

/** Texts arrive compressed with Brotli, as from most networks of caches. */
export const brotli: Habit = { name: 'brotli', encoding: 'br' };

/**
 * Pages and plain texts are said to be in Latin-1, scripts and styles to be in nothing: Apache with `AddDefaultCharset` on.
 * A header counts more than `<meta charset>`; only a byte order mark counts more than a header. Where a style or script of the
 * page holds a letter outside ASCII, it would no longer fit the hash in the policy either, and browsers would drop it.
 */
export const latin1Header: Habit = {
  name: 'latin-1 header',
  type(path) {
    const type = typePlainly(path).replace(/;.*/, '');
    return /^text\/(html|plain)$/.test(type) ? `${type}; charset=iso-8859-1` : type;
  },
};
