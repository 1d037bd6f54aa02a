import { toLatin1 } from '../text/bytes.ts';

/**
 * Where macOS writes to a disk or a zip that cannot hold what it knows of a file, it puts that into
 * a file `._NAME` (RFC 1740, with the attributes of Apple's `copyfile.c`).
 */

/** As macOS writes them: numbers, big end first. */
const readNumber = (bytes: Uint8Array, at: number, length = 4): number => {
  let number = 0;
  for (let index = at; index < at + length; index++) number = number * 256 + (bytes[index] ?? 0);
  return number;
};

/** Attributes that macOS sets by itself, and what their values can be. */
const attributes: ReadonlyMap<string, RegExp> = new Map([
  // Which process made it: a number of this machine.
  ['com.apple.provenance', /^\x01[\x00-\x02]\x00[^]{8}$/],
  // How it came: flags, a time, a browser, a number of a list on that machine.
  [
    'com.apple.quarantine',
    /^[0-9a-f]{4};[0-9a-f]{8};(?:Safari|Google Chrome|Chrome|Chromium|Firefox|Tor Browser|Brave Browser|sharingd|Archive Utility)?;(?:[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12})?$/,
  ],
  ['com.apple.TextEncoding', /^(?:utf-8;134217984|UTF-8;134217984)$/],
  // When it was opened: seconds and parts of them.
  ['com.apple.lastuseddate#PS', /^[^]{4}\x00{4}[^]{4}\x00{4}$/],
]);

const emptyForkBytes = 286;
const emptyForkText = 'This resource fork intentionally left blank   ';

/** The resource fork that `copyfile.c` writes where there is none. */
function makeEmptyFork(): string {
  const numbers = (...values: number[]): string =>
    values.map((value) => `\0\0${String.fromCharCode(value >> 8, value & 255)}`).join('');
  const head = numbers(256, 256, 0, 30);
  const map = `${head}${'\0'.repeat(8)}\0\x1c\0\x1e\xff\xff`;
  return `${head}${emptyForkText.padEnd(240, '\0')}${map}`;
}

/**
 * Whether a `._NAME` holds nothing but what macOS writes by itself: no icon, no comment, no place
 * that the file came from. All bytes have to be explained. Attack: a page called `._login.html`,
 * whose first bytes alone are those of this format: hosts serve it by its ending, and browsers show
 * the words behind them.
 */
export function isBlankAppleDouble(bytes: Uint8Array): boolean {
  const rest = Uint8Array.from(bytes);
  /** Bytes of a range, which count as explained from now on. */
  const take = (at: number, length: number): string => {
    rest.fill(0, at, at + length);
    return toLatin1(bytes.subarray(at, at + length));
  };
  const finderInfo = { id: 9, at: 26, offset: 50 };
  const fork = { id: 2, at: 38 };
  if (!/^\x00\x05\x16\x07\x00\x02\x00\x00(?:Mac OS X {8}|\x00{16})\x00\x02$/.test(take(0, 26)))
    return false;
  if (
    readNumber(bytes, finderInfo.at) !== finderInfo.id ||
    readNumber(bytes, finderInfo.at + 4) !== finderInfo.offset ||
    readNumber(bytes, fork.at) !== fork.id
  )
    return false;
  const [forkOffset, forkBytes] = [readNumber(bytes, fork.at + 4), readNumber(bytes, fork.at + 8)];
  if (finderInfo.offset + readNumber(bytes, finderInfo.at + 8) !== forkOffset) return false;
  if (forkOffset + forkBytes !== bytes.length) return false;
  take(finderInfo.at, 24);
  if (forkBytes !== 0 && take(forkOffset, emptyForkBytes) !== makeEmptyFork()) return false;
  return takeAttributes(bytes, take) && rest.every((byte) => byte === 0);
}

/** The table of attributes, behind the 32 bytes for the Finder and two of padding. */
function takeAttributes(bytes: Uint8Array, take: (at: number, length: number) => string): boolean {
  const header = 84;
  if (bytes.length < header + 36 || readNumber(bytes, header) === 0) return true;
  const count = readNumber(bytes, header + 34, 2);
  const names = new Set<string>();
  // Of the header: its name, the file’s number on the disk, sizes, flags and the count.
  if (!take(header, 20).startsWith('ATTR') || count > attributes.size) return false;
  take(header + 34, 2);
  for (let at = header + 36; names.size < count;) {
    const [offset, length, size] = [
      readNumber(bytes, at),
      readNumber(bytes, at + 4),
      bytes[at + 10] ?? 0,
    ];
    take(at, 8);
    take(at + 10, 1);
    const name = take(at + 11, size).replace(/\0$/, '');
    // Each once: else their numbers together would be words.
    if (names.has(name) || attributes.get(name)?.test(take(offset, length)) !== true) return false;
    names.add(name);
    at += (11 + size + 3) & ~3;
  }
  return true;
}
