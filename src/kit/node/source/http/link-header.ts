/** A link of a Link header (RFC 8288, 3). */
export interface HeaderLink {
  /** As it is between the angle brackets. */
  readonly target: string;
  /**
   * Relation types of all its `rel` parameters, in lower case; browsers differ in which they take.
   */
  readonly relations: readonly string[];
}

/**
 * Relations that no browser follows by itself (seen in Chromium 153 and Firefox 153, and by their
 * definitions in the registry of link relations). All others are refused, since browsers invent new
 * ones: `next` is loaded ahead by Firefox.
 */
const harmless = new Set([
  'author',
  'canonical',
  'describedby',
  'https://api.w.org/', // WordPress says so on each page
  'license',
  'pingback',
  'self',
  'shortlink',
]);

/**
 * Whether a Link header does nothing to a reader: each of its links can be read, and has harmless
 * relations only.
 */
export function isHarmlessLink(header: string): boolean {
  const links = parseLinks(header);
  return (
    links !== undefined &&
    links.every(
      ({ relations }) => relations.length > 0 && relations.every((name) => harmless.has(name)),
    )
  );
}

/**
 * Reads a Link header as RFC 8288 (appendix B.2) does: quotes, and pairs of a backslash and a
 * character inside of them, are undone. Attack: `rel="st\ylesheet"`, which is "stylesheet" for a
 * browser and nothing for who looks for that word.
 * @returns undefined if it has another form, of which each browser makes something of its own
 */
export function parseLinks(header: string): HeaderLink[] | undefined {
  const links: HeaderLink[] = [];
  let at = 0;
  const next = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(header);
    if (!match) return undefined;
    at = pattern.lastIndex;
    return match[1] ?? match[0];
  };
  for (;;) {
    next(/[\s,]*/y);
    if (at === header.length) return links;
    const target = next(/<([^<>]*)>/y);
    if (target === undefined) return undefined;
    const relations: string[] = [];
    while (next(/\s*;\s*/y) !== undefined) {
      const name = next(/[^\s"(),/:;<=>?@[\\\]{}]+/y)?.toLowerCase();
      if (name === undefined) continue; // an empty parameter, as in “;;”
      const value =
        next(/\s*=\s*/y) === undefined
          ? ''
          : (next(/"((?:[^"\\]|\\.)*)"/y)?.replace(/\\(.)/g, '$1') ?? next(/[^\s;,"]+/y));
      if (value === undefined) return undefined;
      if (/^rel\*?$/.test(name)) relations.push(...value.toLowerCase().split(/\s+/));
    }
    links.push({ target, relations: relations.filter((relation) => relation !== '') });
    next(/\s*/y);
    if (at < header.length && header[at] !== ',') return undefined;
  }
}
