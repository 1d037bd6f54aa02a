import { makeCase, type MadeCase } from '../case.ts';
import { edit, manifestText } from '../writers/site.ts';
import { givenSole, signedSole, sole, third, zipCase } from './world.ts';

const list = manifestText(sole.site);
const lines = list.split(/(?<=\n)/);
const hash = 'a'.repeat(64);

/** The sole edition under another manifest, which its holders have signed. */
const listed = (name: string, rules: string, says: string, manifest: string | Buffer): MadeCase =>
  zipCase([name, 'tampered', rules, says], signedSole({}, manifest), givenSole);

/** The manifest with one more path, in its place; the path need not be on a disk. */
const withPath = (path: string, ...more: readonly string[]): Buffer =>
  Buffer.concat(
    [...lines.map((line) => Buffer.from(line)), ...[path, ...more].map(lineOf)].sort((a, b) =>
      Buffer.compare(a.subarray(66), b.subarray(66)),
    ),
  );
const lineOf = (path: string): Buffer => Buffer.from(`${hash}  ${path}\n`);

/** Enough folders above few paths. */
const manyFolders = Buffer.concat([
  ...Array.from({ length: 667 }, (_, index) =>
    lineOf(`${String(index).padStart(4, '0')}${'/ab'.repeat(14)}/c`),
  ),
  Buffer.from(list),
]);

/** Manifests and the paths in them (docs/spec.md, 2 and 3). */
export const manifestCases: readonly MadeCase[] = [
  listed('m-empty', 'M-2', 'A manifest without a file.', ''),
  listed(
    'm-folders',
    'M-1',
    'More than 10,000 folders above the paths: each costs the memory of who checks.',
    manyFolders,
  ),
  listed('m-crlf', 'M-2', 'Lines that end with CR LF.', list.replaceAll('\n', '\r\n')),
  listed('m-last-line-end', 'M-2', 'The last line has no end.', list.slice(0, -1)),
  listed('m-byte-order-mark', 'M-2', 'A byte order mark before the first hash.', `\uFEFF${list}`),
  listed('m-empty-line', 'M-2', 'An empty line at the end.', `${list}\n`),
  listed('m-comment', 'M-2', 'A comment.', `# files\n${list}`),
  listed('m-binary-mode', 'M-2', 'The mark of binary mode.', list.replace('  index', ' *index')),
  listed(
    'm-capitals',
    'M-2',
    'A hash in capitals.',
    list.replace(/^[0-9a-f]+/, (found) => found.toUpperCase()),
  ),
  listed(
    'm-no-utf8',
    'M-2',
    'A path in Latin-1.',
    Buffer.concat([Buffer.from(list), Buffer.from(`${hash}  \xe9.html\n`, 'latin1')]),
  ),
  listed(
    'm-order',
    'M-4',
    'Two lines exchanged: the same files, another list.',
    [lines[1], lines[0], ...lines.slice(2)].join(''),
  ),
  listed('m-twice', 'M-4', 'A line twice.', list.replace(/^(.*EDITION\.txt\n)/m, '$1$1')),
  listed(
    'm-two-hashes',
    'M-4',
    'A path with two hashes, of which each checker takes another.',
    list.replace(/^(.*EDITION\.txt\n)/m, `$1${hash}  EDITION.txt\n`),
  ),
  listed(
    'm-order-of-utf16',
    'M-4',
    'Paths beyond U+FFFF in the order of UTF-16, which is not that of the bytes.',
    Buffer.concat([Buffer.from(list), lineOf('\u{10000}'), lineOf('\uFB00')]),
  ),
  zipCase(
    ['m-no-edition', 'tampered', 'M-5', 'A signed list that is not that of a site.'],
    signedSole({}, lines.filter((line) => !line.includes('EDITION')).join('')),
    givenSole,
  ),
  makeCase(
    [
      'm-no-edition-known',
      'mixed',
      'S-5 F-1',
      'The same, and a clone that knows its number: no signature fits, and its pages are of edition 3.',
    ],
    'm-no-edition',
  ),
  zipCase(
    ['m-missing', 'incomplete', 'M-1 F-1', 'No manifest, and a clone that knows it.'],
    edit(third.site, { SHA256SUMS: null }),
  ),
  zipCase(
    [
      'm-missing-unknown',
      'injected',
      'F-2',
      'No manifest, and nobody who knows it: every file is one that no list names.',
    ],
    edit(sole.site, { SHA256SUMS: null }),
    givenSole,
  ),
  listed('p-long', 'P-1', 'A path of 256 bytes.', withPath('ж'.repeat(128))),
  listed('p-deep', 'P-1', 'A path of 17 names.', withPath(`${'a/'.repeat(16)}b`)),
  listed('p-control', 'P-2', 'A code that steers a terminal.', withPath('a\u001b[2J.html')),
  listed('p-direction', 'P-2', 'A sign that turns the direction.', withPath('a\u202elmth.html')),
  listed('p-invisible', 'P-2', 'An invisible sign.', withPath('in\u200bdex.html')),
  listed('p-variation', 'P-2', 'A variation selector.', withPath('a\ufe0f.html')),
  listed('p-private', 'P-2', 'A private character.', withPath('a\u{f8ff}.html')),
  listed('p-nfc', 'P-3', 'A letter and its mark apart.', withPath('cafe\u0301.html')),
  listed('p-backslash', 'P-4', 'A backslash, which divides folders on Windows.', withPath('..\\x')),
  listed('p-stream', 'P-4', 'A stream of Windows.', withPath('index.html:x')),
  listed('p-absolute', 'P-5', 'An absolute path.', withPath('/etc/passwd')),
  listed('p-climbs', 'P-5 M-3', 'A path out of the root.', withPath('en/../../x')),
  listed('p-dot', 'P-5', 'A second name of a file.', withPath('./x.html')),
  listed('p-empty-name', 'P-5', 'An empty name.', withPath('en//x.html')),
  listed('p-last-dot', 'P-6', 'A name that Windows takes for index.html.', withPath('index.html.')),
  listed('p-first-space', 'P-6', 'A name that begins with a space.', withPath('en/ x.html')),
  listed('p-device', 'P-7', 'A device of Windows.', withPath('en/AUX.html')),
  listed('p-device-superscript', 'P-7', 'A device with a superscript digit.', withPath('com¹')),
  listed('p-case', 'P-8', 'Two names that differ in capitals alone.', withPath('INDEX.html')),
  listed('p-fold', 'P-8', 'Names that some disks take for one.', withPath('strasse', 'straße')),
  listed('p-fold-folder', 'P-8', 'A folder in two spellings.', withPath('EN/x.html')),
  listed('p-file-and-folder', 'P-8', 'A file that is a folder too.', withPath('index.html/x')),
  zipCase(
    [
      'p-odd-names',
      'authentic',
      'P-2 P-7',
      'Names that only look odd: spaces within, devices within longer names, letters of all kinds.',
    ],
    signedSole({
      'ж ж/à – ⓐ.html': 'x',
      'auxiliary.html': 'x',
      '-rf': 'x',
      'a.b.c': 'x',
      '...a': 'x',
    }),
    givenSole,
  ),
];
