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
