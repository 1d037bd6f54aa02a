import { readFileType, readPageType, type PageReading } from '../../../core/source/content-type.ts';
import type { Observation, ObservationKind } from '../../../core/source/site-copy.ts';
import type { Head } from './request.ts';

/**
 * Each kind is kept once: a host that sends another cookie with each answer must not fill the
 * memory, or the screen.
 */
export class Observations {
  readonly #seen = new Map<ObservationKind, Observation>();

  /** In the order in which they were first seen. */
  get list(): readonly Observation[] {
    return [...this.#seen.values()];
  }

  note(kind: ObservationKind, path: string, value: string): void {
    const first = this.#seen.get(kind) ?? {
      kind,
      path,
      value: value.slice(0, longestValue),
      times: 0,
    };
    this.#seen.set(kind, { ...first, times: first.times + 1 });
  }

  /**
   * Notes what the headers of an answer do to readers.
   * @param host the origin that was asked
   */
  lookAt(head: Head, path: string, host: string): void {
    for (const [kind, name, isMeant] of telling) {
      const value = head[name]?.find((each) => isMeant.test(each));
      if (value !== undefined) this.note(kind, path, `${name}: ${value}`);
    }
    const link = head['link']?.find((value) => !isHarmlessLink(value));
    if (link !== undefined) this.note('link', path, `link: ${link}`);
    this.#lookAtPolicies(head, path, host);
  }

  /**
   * Looks at content security policies (W3C CSP 3, 2.2): several come in several headers, or
   * behind commas in one. Attack: a policy that forbids what the page has, and names an address to
   * which each visit is reported, with the page's own address in it; or one that takes the style
   * away by which a warning is seen.
   */
  #lookAtPolicies(head: Head, path: string, host: string): void {
    for (const name of ['content-security-policy', 'content-security-policy-report-only']) {
      for (const header of head[name] ?? []) {
        const directives = header
          .split(/[,;]/)
          // at ASCII white space, by the standard
          .map((directive) => directive.trim().split(/[\t\n\f\r ]+/))
          .map(([directive = '', ...values]) => ({ directive: directive.toLowerCase(), values }));
        const addresses = directives
          .filter(({ directive }) => directive === 'report-uri')
          .flatMap(({ values }) => values);
        const named = directives.some(({ directive }) => directive === 'report-to')
          ? [...(head['reporting-endpoints'] ?? []), ...(head['report-to'] ?? [])].flatMap(
              (endpoints) => endpoints.match(/(?:https?:)?\/\/[^\s"',;>]+/gi) ?? [],
            )
          : [];
        if ([...addresses, ...named].some((address) => isElsewhere(address, host)))
          this.note('report elsewhere', path, `${name}: ${header}`);
        else if (directives.some(({ directive }) => directive.startsWith('report-')))
          this.note('report', path, `${name}: ${header}`);
        if (name.endsWith('policy') && directives.some(({ directive }) => hides.test(directive)))
          this.note('policy', path, `${name}: ${header}`);
      }
    }
  }

  /**
   * Notes what browsers make of a file, by what its host says that it is.
   * @param start the first bytes of the file, three if it has so many
   * @param isAscii whether all of its bytes are ASCII
   */
  lookAtFile(head: Head, path: string, start: Uint8Array, isAscii: boolean): void {
    const types = head['content-type'] ?? [];
    if (!isPage.test(path)) {
      const isOther = () => !isAscii && !hasMark(start);
      const reading = readFileType(types, isXml.test(path), isOther);
      const said = `content-type: ${types.join(', ')}`;
      if (reading === 'markup') this.note('markup', path, said);
      if (reading === 'another encoding') this.note('encoding', path, said);
      return;
    }
    const kind = kindOf[readingOf(head, start)];
    if (kind === undefined) return;
    const name =
      kind === 'download' && head['content-disposition'] ? 'content-disposition' : 'content-type';
    this.note(kind, path, head[name] ? `${name}: ${head[name].join(', ')}` : `no ${name}`);
  }
}

const isPage = /\.html?$/i;
const isXml = /\.(?:xhtml|xml|svg|rss|atom|opf|ncx)$/i;
const kindOf: Readonly<Record<PageReading, ObservationKind | undefined>> = {
  'as signed': undefined,
  'as signed, by its mark': 'unused encoding',
  'in another encoding': 'encoding',
  saved: 'download',
  'as something else': 'type',
};

/** How browsers read a page. @param start its first three bytes */
export const readingOf = (head: Head, start: Uint8Array): PageReading =>
  readPageType(
    {
      types: head['content-type'] ?? [],
      sniffing: head['x-content-type-options'] ?? [],
      dispositions: head['content-disposition'] ?? [],
    },
    hasMark(start),
  );

/** A byte order mark (Encoding, 6). */
const hasMark = (start: Uint8Array): boolean =>
  start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf;

const longestValue = 200;
const any = /(?:)/;
/** What can take style or pictures from a page. */
const hides = /^(?:default-src|style-src(?:-elem|-attr)?|img-src|sandbox)$/;
const isElsewhere = (address: string, host: string): boolean =>
  !URL.canParse(address, host) || new URL(address, host).origin !== host;
const reports = /\breport-(?:uri|to)\b/i;

const telling: readonly [ObservationKind, header: string, isMeant: RegExp][] = [
  ['cookie', 'set-cookie', any],
  ['refresh', 'refresh', any],
  ['prefetch', 'speculation-rules', any],
  ['prefetch', 'x-dns-prefetch-control', /^\s*on\s*$/i],
  ['report', 'nel', any],
  ['report', 'report-to', any],
  ['report', 'reporting-endpoints', any],
  ['report', 'expect-ct', reports],
  ['client hints', 'accept-ch', any],
  ['client hints', 'critical-ch', any],
  ['alt-svc', 'alt-svc', /^\s*(?!clear\s*$)/i],
  ['onion-location', 'onion-location', any],
];

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
