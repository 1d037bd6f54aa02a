import { isUtf8 } from 'node:buffer';
import { gunzipSync } from 'node:zlib';

/** More does not come out of a file of a website; a stranger's archive could fill the memory. */
const maxUnpacked = 64 << 20;

/** How much is shown on each side of a difference: characters of text, bytes of anything else. */
const around = { text: 30, hex: 12 };

/**
 * The first difference between two folders, pages before other files, then by path and by byte, as
 * a person would want to see it: where, and what is there in either. Files packed with gzip are
 * compared unpacked, since packed bytes tell nobody anything.
 * @param names what to call the two folders
 * @returns undefined if every path and byte is the same
 */
export function findFirstDifference(
  a: ReadonlyMap<string, Buffer>,
  b: ReadonlyMap<string, Buffer>,
  names: readonly [string, string] = ['the first', 'the second'],
): string | undefined {
  for (const path of [...new Set([...a.keys(), ...b.keys()])].sort(pagesFirst)) {
    const [one, other] = [a.get(path), b.get(path)];
    if (one === undefined || other === undefined)
      return `${escapeControls(path)} is only in ${names[one === undefined ? 1 : 0]}`;
    if (!one.equals(other)) return `${escapeControls(path)} ${describe(one, other, names)}`;
  }
  return undefined;
}

/** Lists, indexes and archives differ wherever a page does, and tell less of why. */
const pagesFirst = (a: string, b: string): number =>
  Number(b.endsWith('.html')) - Number(a.endsWith('.html')) || (a < b ? -1 : 1);

function describe(one: Buffer, other: Buffer, names: readonly [string, string]): string {
  const [unpackedOne, unpackedOther] = [unpack(one), unpack(other)];
  if (unpackedOne === undefined || unpackedOther === undefined) return show(one, other, names);
  if (unpackedOne.equals(unpackedOther))
    return `holds the same, but is packed in another way: its gzip file ${show(one, other, names)}`;
  return `is packed with gzip; unpacked it ${show(unpackedOne, unpackedOther, names)}`;
}

function show(one: Buffer, other: Buffer, names: readonly [string, string]): string {
  const text = isText(one) && isText(other);
  const byte = findByte(one, other);
  const at = text ? findCharacter(one, byte) : byte;
  const excerpt = text ? excerptOfText : excerptOfBytes;
  const place = text
    ? `at byte ${byte}, line ${countLines(one, at)}`
    : `at byte ${byte} (no text, so in hexadecimal)`;
  return `differs ${place}:\n  ${names[0]}: ${excerpt(one, at)}\n  ${names[1]}: ${excerpt(other, at)}`;
}

/** The number of bytes that both begin with. */
export function findByte(one: Buffer, other: Buffer): number {
  const shorter = Math.min(one.length, other.length);
  for (let byte = 0; byte < shorter; byte++) if (one[byte] !== other[byte]) return byte;
  return shorter;
}

/**
 * The beginning of the character that a byte belongs to: two letters may differ in their last byte
 * only.
 */
function findCharacter(bytes: Buffer, byte: number): number {
  let at = byte;
  while (at > 0 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at--;
  return at;
}

function countLines(bytes: Buffer, end: number): number {
  let lines = 1;
  for (let byte = 0; byte < end; byte++) if (bytes[byte] === 0x0a) lines++;
  return lines;
}

function excerptOfText(bytes: Buffer, at: number): string {
  // no character of UTF-8 has more than 4 bytes; what is cut in two is outside of the excerpt
  const reach = around.text * 4;
  const before = [...bytes.subarray(Math.max(0, at - reach), at).toString('utf8')]
    .slice(-around.text)
    .join('');
  const after = [...bytes.subarray(at, at + reach).toString('utf8')].slice(0, around.text).join('');
  const [begins, ends] = [
    Buffer.byteLength(before) >= at,
    at + Buffer.byteLength(after) >= bytes.length,
  ];
  return `${begins ? '' : '…'}${escapeControls(before)}▸${escapeControls(after)}${ends ? '(end)' : '…'}`;
}

function excerptOfBytes(bytes: Buffer, at: number): string {
  const hex = (from: number, to: number) =>
    [...bytes.subarray(Math.max(0, from), to)]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(' ');
  return `${at > around.hex ? '… ' : ''}${hex(at - around.hex, at)} ▸ ${hex(at, at + around.hex)}${at + around.hex >= bytes.length ? ' (end)' : ' …'}`;
}

const isText = (bytes: Buffer): boolean => isUtf8(bytes) && !bytes.includes(0);

const shortEscapes: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Makes visible what a terminal would obey, or would not show: controls, marks of direction, spaces
 * without width.
 */
export const escapeControls = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]/gu,
    (character) => shortEscapes[character] ?? `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );

/** What a gzip file holds; undefined for any other file, and for one that only begins like gzip. */
export function unpack(bytes: Buffer): Buffer | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return undefined;
  try {
    return gunzipSync(bytes, { maxOutputLength: maxUnpacked });
  } catch {
    return undefined; // broken, no gzip, or a bomb: its bytes are looked at as they are
  }
}
