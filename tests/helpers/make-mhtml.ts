export interface MhtmlPart {
  readonly headers: readonly string[];
  readonly body: string;
}

const boundary = '----MultipartBoundary--abc----';

/** Text as quoted-printable, in lines of at most 76 characters (RFC 2045, 6.7). */
export const toQuotedPrintable = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) =>
      (byte < 33 || byte > 126 || byte === 61) && byte !== 32
        ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
        : String.fromCharCode(byte),
    )
    .join('')
    .replace(/.{60,70}?(?=[^=]{3}|=)/g, '$&=\r\n');

export const htmlPart = (html: string, ...others: string[]): MhtmlPart => ({
  headers: ['Content-Type: text/html', 'Content-Transfer-Encoding: quoted-printable', ...others],
  body: toQuotedPrintable(html),
});

/** A file as Chromium writes it. */
export const makeMhtml = (
  parts: readonly MhtmlPart[],
  { preamble = '', epilogue = '', parameters = '' } = {},
): string =>
  [
    'From: <Saved by Blink>',
    'Snapshot-Content-Location: https://mirror.example/en/home.html',
    'MIME-Version: 1.0',
    'Content-Type: multipart/related;',
    `\ttype="text/html";${parameters}`,
    `\tboundary="${boundary}"`,
    '',
    preamble,
    ...parts.flatMap(({ headers, body }) => [`--${boundary}`, ...headers, '', body]),
    `--${boundary}--`,
    epilogue,
  ].join('\r\n');
