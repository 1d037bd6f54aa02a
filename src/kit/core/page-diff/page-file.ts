import { UserError } from '../text/user-error.ts';

/**
 * A page that is not read: reading it would cost too much, or programs could read it in two ways.
 */
export class PageError extends UserError {
  override readonly name = 'PageError';

  constructor(found: string, expected: string) {
    super(
      `The page has ${found}, expected ${expected}. No page of a true copy is so: ` +
        'look at it in a text editor, not in a browser.',
    );
  }
}

/** A hundred times what our pages have, so that a file with a whole language in it is read too. */
export const pageLimits = {
  maxBytes: 4 * 2 ** 20,
  /** Elements, attributes, texts and comments together: each costs memory of its own. */
  maxMarks: 150_000,
  /** Elements that are open at once; Chromium opens no more. */
  maxDepth: 512,
  /** Bytes within which browsers look for the encoding (HTML standard, 13.2.3.2). */
  maxCharsetBytes: 1024,
} as const;

/**
 * The text of a page's bytes, by its byte order mark, and else as UTF-8. What is no UTF-8 becomes
 * U+FFFD, and so a difference; that a page asks to be read in another encoding is one too, since
 * its `charset` is compared.
 * @throws {PageError} if there are more than `pageLimits.maxBytes`
 */
export function decodePage(bytes: Uint8Array): string {
  if (bytes.length > pageLimits.maxBytes)
    throw new PageError(`${bytes.length} bytes`, `at most ${pageLimits.maxBytes}`);
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** The encoding that a <meta> asks for, in small letters, in either form that browsers write. */
export function charsetOf(attributes: ReadonlyMap<string, string>): string | undefined {
  const isContentType = attributes.get('http-equiv')?.toLowerCase() === 'content-type';
  return (
    attributes.get('charset') ??
    (isContentType
      ? /charset=["']?([^\s"';]+)/i.exec(attributes.get('content') ?? '')?.[1]
      : undefined)
  )?.toLowerCase();
}

/** What a browser makes of a file: a page, a page that a phone saved, or what it takes it for. */
export type PageType = 'html' | 'mhtml' | { readonly other: string };

/** By the endings of names, as Chromium and Firefox take files of this machine. */
const typesByEnding: ReadonlyMap<string, PageType> = new Map([
  ...listTypes('html htm', 'html'),
  ...listTypes('mht mhtml', 'mhtml'),
  ...listTypes('xhtml xht xhtm xml xsl xslt rdf rss atom', { other: 'XML' }),
  ...listTypes('svg svgz', { other: 'a drawing (SVG)' }),
  ...listTypes('pdf', { other: 'PDF' }),
  ...listTypes('txt text md css js mjs json csv log', { other: 'plain text' }),
]);

function listTypes(endings: string, type: PageType): [string, PageType][] {
  return endings.split(' ').map((ending) => [ending, type]);
}

/**
 * What a browser makes of a file: by the ending of its name, and by its first bytes where that says
 * nothing (MIME Sniffing standard, 7.1).
 * Attack: bytes that are a true page as HTML, under a name by which they are XML, whose style sheet
 * shows other words.
 */
export function findPageType(name: string, bytes: Uint8Array): PageType {
  const start = String.fromCharCode(...bytes.subarray(0, 1445));
  const ending = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const type = typesByEnding.get(ending) ?? sniffType(start);
  return type === 'html' && isMhtml(start) ? { other: 'the source of an archive (MHTML)' } : type;
}

/** Whether a file is a page, or would like to be taken for one. */
export function isPageFile(name: string, bytes: Uint8Array): boolean {
  const start = String.fromCharCode(...bytes.subarray(0, 1445));
  return (
    /\.(?:html?|mhtml?|xhtml?|xht|svgz?)$/i.test(name) ||
    isMhtml(start) ||
    /^(?:\xEF\xBB\xBF|\xFF\xFE|\xFE\xFF)?[\0\s]*<\0?(?:!|\?\0?x|h\0?t\0?m\0?l|h\0?e\0?a\0?d|svg)/i.test(
      start,
    )
  );
}

function sniffType(start: string): PageType {
  if (/^(?:\xFE\xFF|\xFF\xFE|\xEF\xBB\xBF)/.test(start)) return { other: 'plain text' };
  if (/^[\t\n\f\r ]*<\?xml/.test(start)) return { other: 'XML' };
  if (start.startsWith('%PDF-')) return { other: 'PDF' };
  return html.test(start) ? 'html' : { other: 'plain text' };
}
const html =
  /^[\t\n\f\r ]*<(?:(?:!DOCTYPE HTML|HTML|HEAD|SCRIPT|IFRAME|H1|DIV|FONT|TABLE|A|STYLE|TITLE|B|BODY|BR|P)[ >]|!--)/i;

/** Whether a file begins as browsers write an archive. */
const isMhtml = (start: string): boolean =>
  /^[A-Za-z][A-Za-z-]*:/.test(start) && /^content-type:[ \t]*multipart\/related/im.test(start);

/** Something that a browser keeps with a page: an image, a style sheet. */
export interface ArchivedResource {
  /** In small letters, without parameters: `image/jpeg`. */
  readonly type: string;
  /** The address that the page has for it; a stranger's words. */
  readonly location: string;
  readonly bytes: Uint8Array;
}

/** A page as phones save it. */
export interface ArchivedPage {
  readonly page: Uint8Array;
  readonly resources: readonly ArchivedResource[];
}

export const mhtmlLimits = {
  /** Of a whole file: photographs may be in it. */
  maxBytes: 32 * 2 ** 20,
  maxParts: 500,
  maxHeaderLength: 8192,
} as const;

/**
 * Reads a page that a browser saved as one file (MHTML: RFC 2557, in the parts of RFC 2046).
 * Whatever two programs could read in two ways is refused, since one of them would show what was
 * not compared: two pages in one file, a first part that is no page, text outside of the parts.
 * @throws {PageError} if it is no such file, or is larger than `mhtmlLimits` allow
 */
export function readMhtml(bytes: Uint8Array): ArchivedPage {
  if (bytes.length > mhtmlLimits.maxBytes)
    throw new PageError(`${bytes.length} bytes`, `at most ${mhtmlLimits.maxBytes}`);
  const file = toBinaryString(bytes);
  const { fields, bodyStart } = readFields(file, 0);
  const { type, parameters } = readContentType(fields);
  const boundary = parameters.get('boundary') ?? '';
  if (type !== 'multipart/related' || !/^[\w'()+,./:=? -]{1,70}$/.test(boundary))
    throw new PageError(
      'the name of an archive (MHTML) and another content',
      'the parts of RFC 2557, as a browser saves them',
    );
  const [first, ...others] = splitParts(file, bodyStart, boundary).map(readPart);
  if (first?.type !== 'text/html' || others.some((part) => /html|xml/.test(part.type)))
    throw new PageError('a first part that is no page, or several pages', 'one page, and first');
  const start = parameters.get('start');
  if (start !== undefined && start !== first.id)
    throw new PageError('another start than its first part', 'the page as its first part');
  if (first.bytes.length > pageLimits.maxBytes)
    throw new PageError(`${first.bytes.length} bytes`, `at most ${pageLimits.maxBytes}`);
  return { page: first.bytes, resources: others };
}

/**
 * The elements of a page that a browser writes anew when it saves it so: it puts the style sheet
 * into a part of its own, in other words, and takes the policy out.
 */
export function isWrittenAnew(name: string, attributes: ReadonlyMap<string, string>): boolean {
  const value = (key: string): string => attributes.get(key)?.toLowerCase() ?? '';
  return (
    name === 'style' ||
    (name === 'meta' && value('http-equiv') === 'content-security-policy') ||
    (name === 'link' && value('rel') === 'stylesheet' && value('href').startsWith('cid:'))
  );
}

interface Part extends ArchivedResource {
  readonly id: string | undefined;
}

function readPart(text: string): Part {
  const { fields, bodyStart } = readFields(text, 0);
  const { type, parameters } = readContentType(fields);
  const charset = parameters.get('charset')?.toLowerCase();
  if (charset !== undefined && charset !== 'utf-8')
    throw new PageError(`a part in the encoding ${printable(charset)}`, 'UTF-8');
  const encoding = fields.get('content-transfer-encoding')?.toLowerCase() ?? '7bit';
  return {
    type,
    id: fields.get('content-id'),
    location: fields.get('content-location') ?? '',
    bytes: toBytes(decodeBody(text.slice(bodyStart), encoding)),
  };
}

/** The texts between the lines of a boundary (RFC 2046, 5.1.1). */
function splitParts(file: string, bodyStart: number, boundary: string): string[] {
  const parts: string[] = [];
  const lineBreak = /\r?\n/g;
  /** Where the part begins that is read; undefined before the first boundary and after the last. */
  let partStart: number | undefined;
  let isClosed = false;
  let lineStart = bodyStart;
  let textEnd = bodyStart;
  while (lineStart < file.length) {
    lineBreak.lastIndex = lineStart;
    const end = lineBreak.exec(file);
    const lineEnd = end?.index ?? file.length;
    const next = end ? lineBreak.lastIndex : file.length;
    const line = file.slice(lineStart, Math.min(lineEnd, lineStart + 80)).trimEnd();
    const isLast = line === `--${boundary}--`;
    if (!isClosed && (line === `--${boundary}` || isLast)) {
      if (partStart !== undefined) parts.push(file.slice(partStart, textEnd));
      if (parts.length > mhtmlLimits.maxParts)
        throw new PageError('too many parts', `at most ${mhtmlLimits.maxParts}`);
      partStart = isLast ? undefined : next;
      isClosed = isLast;
    } else if (partStart === undefined && lineEnd > lineStart)
      throw new PageError('words before or after its parts', 'none');
    textEnd = Math.max(lineEnd, partStart ?? 0);
    lineStart = next;
  }
  if (!isClosed) throw new PageError('no end', 'the last boundary');
  return parts;
}

/** The fields of a header (RFC 5322, 2.2), names in small letters, with continued lines joined. */
function readFields(
  text: string,
  start: number,
): { fields: ReadonlyMap<string, string>; bodyStart: number } {
  const end = /\r?\n\r?\n/g;
  end.lastIndex = start;
  const found = text.startsWith('\n') || text.startsWith('\r\n') ? undefined : end.exec(text);
  const header = text.slice(start, found?.index ?? start);
  if (!found || header.length > mhtmlLimits.maxHeaderLength)
    throw new PageError('a part without a header', 'lines such as "Content-Type: text/html"');
  const fields = new Map<string, string>();
  for (const line of header.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value = ''] = /^([!-9;-~]+):[ \t]*(.*)$/.exec(line) ?? [];
    const key = name?.toLowerCase();
    // Attack: two fields of one name, of which each program takes another.
    if (key === undefined || fields.has(key))
      throw new PageError(`the header line ${printable(line)}`, 'each field once');
    fields.set(key, value.trim());
  }
  return { fields, bodyStart: end.lastIndex };
}

/** A type with its parameters (RFC 2045, 5.1). */
function readContentType(fields: ReadonlyMap<string, string>): {
  type: string;
  parameters: ReadonlyMap<string, string>;
} {
  const [type = '', ...rest] = (fields.get('content-type') ?? '').split(';');
  const parameters = new Map<string, string>();
  for (const parameter of rest) {
    const [, name = '', quoted, plain = ''] =
      /^\s*([\w-]+)=(?:"([^"\\]*)"|([^\s"]*))\s*$/.exec(parameter) ?? [];
    if (name === '' || parameters.has(name.toLowerCase()))
      throw new PageError(`the parameter ${printable(parameter)}`, 'each parameter once');
    parameters.set(name.toLowerCase(), quoted ?? plain);
  }
  return { type: type.trim().toLowerCase(), parameters };
}

/** Undoes an encoding for transfer (RFC 2045, 6). */
function decodeBody(body: string, encoding: string): string {
  if (encoding === '7bit' || encoding === '8bit' || encoding === 'binary') return body;
  if (encoding === 'quoted-printable') {
    const joined = body.replace(/[ \t]+(?=\r?\n|$)/g, '').replace(/=\r?\n/g, '');
    if (/=(?![0-9A-Fa-f]{2})/.test(joined))
      throw new PageError('"=" without two digits', 'quoted-printable text');
    return joined.replace(/=(..)/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  }
  const packed = body.replace(/[\t\r\n ]+/g, '');
  if (encoding === 'base64' && /^[A-Za-z0-9+/]*={0,2}$/.test(packed) && packed.length % 4 === 0)
    return atob(packed);
  throw new PageError(`a part in the coding ${printable(encoding)}`, 'base64 or quoted-printable');
}

const printable = (text: string): string =>
  JSON.stringify(text.slice(0, 60).replace(/[^ -~]/g, '?'));

/** Bytes as a text with one character each, so that patterns can be used on them. */
function toBinaryString(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return pieces.join('');
}

const toBytes = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));
