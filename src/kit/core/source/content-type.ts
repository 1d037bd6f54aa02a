/**
 * What a page is taken for, and how its bytes become letters, by the rules that browsers follow:
 * WHATWG MIME Sniffing (4.4 "parse a MIME type"), Fetch (2.2.2 "get, decode, and split", 3.6
 * "extract a MIME type", 3.5 "determine nosniff") and Encoding (4.2 "get an encoding").
 */

/** A MIME type; parameters as far as anything depends on them. */
export interface MimeType {
  /** `type/subtype` in small letters. */
  readonly essence: string;
  readonly charset: string | undefined;
}

/** RFC 9110, 5.6.2, as in MIME Sniffing, 3. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What a quoted parameter may hold: HTTP quoted-string token code points. */
const quotable = /^[\t\x20-\x7E\x80-\xFF]*$/;

/**
 * The type that all Content-Type headers of an answer make together: the last one that is a type.
 * @param values of the headers, as they came
 * @returns undefined where browsers look at the bytes instead
 */
export function extractMimeType(values: readonly string[]): MimeType | undefined {
  let found: MimeType | undefined;
  for (const value of splitValues(values)) {
    const type = parseMimeType(value);
    if (!type || type.essence === '*/*') continue;
    const isAlike = type.essence === found?.essence;
    found = { ...type, charset: type.charset ?? (isAlike ? found?.charset : undefined) };
  }
  return found;
}

/** Whether the host forbids browsers to look at the bytes (Fetch, 3.5). */
export const isNosniff = (values: readonly string[]): boolean =>
  splitValues(values)[0]?.toLowerCase() === 'nosniff';

/**
 * Several headers of a name, or one with commas, as a list of values; commas within quotes are
 * none.
 */
export function splitValues(values: readonly string[]): string[] {
  const parts: string[] = [];
  let part = '';
  const all = values.join(', ');
  for (let at = 0; at < all.length; at++) {
    const character = all.charAt(at);
    if (character === ',') {
      parts.push(part);
      part = '';
    } else if (character === '"') {
      const { end } = readQuoted(all, at);
      part += all.slice(at, end);
      at = end - 1;
    } else part += character;
  }
  if (values.length > 0) parts.push(part);
  return parts.map((each) => each.replace(/^[\t ]+|[\t ]+$/g, ''));
}

/** MIME Sniffing, 4.4. */
export function parseMimeType(input: string): MimeType | undefined {
  const text = trimHttp(input);
  const end = text.includes(';') ? text.indexOf(';') : text.length;
  const [, type = '', subtype = ''] = /^([^/]*)\/(.*)$/s.exec(text.slice(0, end)) ?? [];
  const lower = [type, subtype.replace(/[\t\n\r ]+$/, '')].map((part) => part.toLowerCase());
  if (!lower.every((part) => token.test(part))) return undefined;
  let charset: string | undefined;
  for (let at = end; at < text.length;) {
    const [, name = ''] = /^[\t\n\r ]*([^;=]*)/.exec(text.slice(at + 1)) ?? [];
    at += 1 + (/^[\t\n\r ]*[^;=]*/.exec(text.slice(at + 1))?.[0].length ?? 0);
    if (text.charAt(at) !== '=') continue; // a name alone means nothing
    const parameter = readParameter(text, at + 1);
    at = parameter.end;
    const isCharset = name.toLowerCase() === 'charset' && parameter.value !== undefined;
    if (isCharset) charset ??= parameter.value; // the first one counts
  }
  return { essence: lower.join('/'), charset };
}

/** @returns undefined as the value of a parameter that is passed over */
function readParameter(text: string, at: number): { value: string | undefined; end: number } {
  const findNext = (from: number) => {
    const next = text.indexOf(';', from);
    return next === -1 ? text.length : next;
  };
  if (text.charAt(at) === '"') {
    const { value, end } = readQuoted(text, at);
    return { value: quotable.test(value) ? value : undefined, end: findNext(end) };
  }
  const end = findNext(at);
  const value = text.slice(at, end).replace(/[\t\n\r ]+$/, '');
  return { value: value !== '' && quotable.test(value) ? value : undefined, end };
}

/** Fetch, 2.2 "collect an HTTP quoted string": a quote that is never closed ends with the text. */
function readQuoted(text: string, start: number): { value: string; end: number } {
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') return { value, end: at + 1 };
    if (character === '\\' && at + 1 < text.length) at += 1;
    value += text.charAt(at);
  }
  return { value, end: text.length };
}

const trimHttp = (text: string): string => text.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');

/** All values of the headers that decide how an answer is read, as they came. */
export interface TypeHeaders {
  /** Of Content-Type. */
  readonly types: readonly string[];
  /** Of X-Content-Type-Options. */
  readonly sniffing: readonly string[];
  /** Of Content-Disposition. */
  readonly dispositions: readonly string[];
}

/** How browsers read a page that comes with these headers. */
export type PageReading =
  /** As HTML in UTF-8. */
  | 'as signed'
  /** The same, since the page's own byte order mark counts more than what the header says. */
  | 'as signed, by its mark'
  /** As HTML in letters of another encoding. */
  | 'in another encoding'
  /** Not at all, in Chromium or Firefox: it is saved as a file. */
  | 'saved'
  /** As something else: its source, a document of another kind, a picture. */
  | 'as something else';

/**
 * Says how browsers read a page of the site. Attack: true bytes that a header makes into other
 * words, or into a document of another grammar, in which a comment of the page is its text.
 * @param hasMark whether the page begins with a byte order mark, which counts more than any header
 * (Encoding, 6 "BOM sniff")
 */
export function readPageType(
  { types, sniffing, dispositions }: TypeHeaders,
  hasMark: boolean,
): PageReading {
  const reading = readByType(types, sniffing, hasMark);
  if (reading === 'as something else' || reading === 'in another encoding') return reading;
  const isShown = dispositions.length <= 1 && dispositions.every((value) => shown.test(value));
  return isShown ? reading : 'saved';
}

function readByType(
  types: readonly string[],
  sniffing: readonly string[],
  hasMark: boolean,
): PageReading {
  const type = extractMimeType(types);
  // MIME Sniffing, 7 and 7.1: without a type HTML is known by its first tag, and not behind a mark.
  if (!type || unknownTypes.has(type.essence)) {
    if (hasMark || isNosniff(sniffing)) return 'as something else';
    return type ? 'saved' : 'as signed';
  }
  if (savedTypes.has(type.essence)) return 'saved';
  if (type.essence !== 'text/html') return 'as something else';
  if (findForeignLabel(type) === undefined) return 'as signed';
  return hasMark ? 'as signed, by its mark' : 'in another encoding';
}

/** Whether the headers name an encoding other than UTF-8. */
export function hasForeignEncoding(types: readonly string[]): boolean {
  const type = extractMimeType(types);
  return type !== undefined && findForeignLabel(type) !== undefined;
}

/** The label of an encoding other than UTF-8 (Encoding, 4.2); undefined if there is none. */
function findForeignLabel({ charset }: MimeType): string | undefined {
  const label = charset?.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, '').toLowerCase();
  return label === undefined || utf8Labels.has(label) ? undefined : label;
}

/**
 * RFC 6266, 4.2: what is not `inline` is saved, unknown words as well; Chromium and Firefox take a
 * name without a disposition for inline, and refuse several headers.
 */
const shown = /^[\t ]*(?:inline[\t ]*(?:;.*)?|(?:file)?name[\t ]*\*?=.*|;.*)?$/is;

const unknownTypes: ReadonlySet<string> = new Set(['unknown/unknown', 'application/unknown']);
/** Chromium and Firefox both save these. */
const savedTypes: ReadonlySet<string> = new Set(['application/octet-stream', 'message/rfc822']);
/** Encoding, 4.2. */
const utf8Labels: ReadonlySet<string> = new Set([
  'unicode-1-1-utf-8',
  'unicode11utf8',
  'unicode20utf8',
  'utf-8',
  'utf8',
  'x-unicode20utf8',
]);

/**
 * What a file that is no page is taken for: `markup` where it is HTML to browsers, or XML and
 * should not be; `another encoding` where the header names one in which its bytes are other
 * letters. Attacks: a true text whose words become elements; a feed or script in other letters.
 * @param isXml whether the file is XML, as a feed is
 * @param isOther whether the bytes are more than ASCII, which is alike in most encodings; asked
 *   only if it matters
 */
export function readFileType(
  types: readonly string[],
  isXml: boolean,
  isOther: () => boolean,
): 'as signed' | 'markup' | 'another encoding' {
  const type = extractMimeType(types);
  if (!type) return 'as signed';
  const isMarkup = /^(?:text\/html|multipart\/.*)$/.test(type.essence);
  if (isMarkup || (!isXml && /[/+]xml$/.test(type.essence))) return 'markup';
  const label = findForeignLabel(type);
  const isText = /^text\/|(?:[/+]xml|json|javascript)$/.test(type.essence);
  if (!isText || label === undefined) return 'as signed';
  return unlikeAscii.test(label) || isOther() ? 'another encoding' : 'as signed';
}

/**
 * Labels of encodings in which ASCII means something else (Encoding, 4.2: UTF-16, ISO-2022,
 * replacement).
 */
const unlikeAscii =
  /^(?:(?:cs)?unicode(?:feff|fffe)?|(?:iso-10646-)?ucs-2|utf-16(?:le|be)?|(?:cs)?iso-?2022.*|hz-gb-2312|replacement)$/;
