import { deflateSync } from 'fflate';
import { makeCase, type MadeCase, type VectorVerdict } from '../case.ts';
import {
  makeDescriptor,
  makeExtra,
  makeZip,
  type ZipEnd,
  type ZipEntry,
} from '../../helpers/make-zip.ts';
import { zipEntries } from '../writers/archives.ts';
import type { Site } from '../writers/edition.ts';
import { third, zipCase } from './world.ts';

const { site } = third;
const empty = Buffer.alloc(0);
/** The mode of a file in its external attributes. */
const mode = (value: number): number => value * 2 ** 16;
const contentOf = ({ content = '' }: ZipEntry): Buffer => Buffer.from(content);

/** Ways to write the zip of a site in which one thing is another. */
class Writer {
  readonly entries: readonly ZipEntry[];
  readonly plain: Buffer;
  readonly #first: ZipEntry;
  readonly #others: readonly ZipEntry[];

  constructor(files: Site) {
    this.entries = zipEntries(files);
    this.plain = makeZip(this.entries);
    const [first = { name: '' }, ...others] = this.entries;
    this.#first = first;
    this.#others = others;
  }

  withEnd = (end: ZipEnd): Buffer => makeZip(this.entries, end);
  withFirst = (change: Partial<ZipEntry>): Buffer =>
    makeZip([{ ...this.#first, ...change }, ...this.#others]);
  withStored = (change: Partial<ZipEntry>): Buffer =>
    this.withFirst({ method: 0, data: contentOf(this.#first), ...change });
  withMore = (...more: readonly ZipEntry[]): Buffer => makeZip([...this.entries, ...more]);
  withAgain = (change: Partial<ZipEntry>): Buffer => this.withMore({ ...this.#first, ...change });
  withData = (change: (data: Buffer) => Buffer): Buffer =>
    this.withFirst({ data: change(this.#first.data ?? empty) });
  withSize = (more: number): Buffer =>
    this.withFirst({ size: contentOf(this.#first).length + more });
  withDescriptor = (hasSignature: boolean, content = contentOf(this.#first).toString()): Buffer =>
    this.withFirst({
      flags: 8,
      descriptor: makeDescriptor(content, this.#first.data?.length ?? 0, hasSignature),
      local: { crc: 0, packedSize: 0, size: 0 },
    });
  withGap = (before: number, gap: Buffer): Buffer =>
    makeZip(this.entries.map((entry, at) => (at === before ? { ...entry, gap } : entry)));
}

const whole = new Writer(site);
/** As little as a zip can be that is not read at all. */
const small = new Writer(new Map([...site].filter(([path]) => /^(?:index|en.home)/.test(path))));

const zipped = (
  name: string,
  rules: string,
  says: string,
  zip: Buffer,
  verdict: VectorVerdict = 'tampered',
): MadeCase => zipCase([name, verdict, rules, says], zip);
const patch = (bytes: Buffer, at: number, value: number): Buffer => {
  const patched = Buffer.from(bytes);
  patched.writeUInt16LE(value, at);
  return patched;
};
const emptyEnd = Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(16), Buffer.from([22, 0])]);

/** Zips (docs/spec.md, 8). */
export const zipCases: readonly MadeCase[] = [
  makeCase(['z-nothing', 'incomplete', 'Z-1', 'A file without a byte, called .zip.'], {
    ending: '.zip',
    bytes: empty,
  }),
  zipped(
    'z-cut-off',
    'Z-1',
    'The last bytes are missing.',
    small.plain.subarray(0, -5),
    'incomplete',
  ),
  zipped(
    'z-cut-in-half',
    'Z-1',
    'The second half is missing.',
    small.plain.subarray(0, small.plain.length >> 1),
    'incomplete',
  ),
  zipped(
    'z-comment',
    'Z-1',
    'A comment, which unpacking tools show to the reader.',
    small.withEnd({ comment: Buffer.from('send here') }),
  ),
  zipped(
    'z-behind',
    'Z-1',
    'A page behind the end.',
    small.withEnd({ after: Buffer.from('<html>') }),
  ),
  zipped(
    'z-second-end',
    'Z-2',
    'A second end in the bytes of a file, whose comment would be the rest: tools that search from the front find it.',
    (() => {
      const more = {
        name: 'zz.bin',
        attributes: mode(0o100644),
        method: 0,
        content: Buffer.concat([emptyEnd.subarray(0, 20), Buffer.alloc(2)]),
      };
      const first = small.withMore(more);
      const at = first.indexOf('PK\x05\x06');
      return small.withMore({ ...more, content: patch(more.content, 20, first.length - at - 22) });
    })(),
  ),
  zipped(
    'z-zip64',
    'Z-3',
    'The offset of the list is in another place.',
    small.withEnd({ offset: 0xffffffff }),
  ),
  zipped(
    'z-zip64-entry',
    'Z-3',
    'The size of a file is in another place.',
    small.withFirst({ size: 0xffffffff }),
  ),
  zipped('z-parts', 'Z-4', 'A part of several.', small.withEnd({ disk: 1 })),
  zipped('z-counts', 'Z-4', 'Two counts that differ.', small.withEnd({ countHere: 1 })),
  zipped('z-entry-of-part', 'Z-4', 'An entry in another part.', small.withFirst({ disk: 1 })),
  zipped(
    'z-not-counted',
    'Z-5',
    'An entry that is not counted.',
    small.withEnd({ count: small.entries.length - 1, countHere: small.entries.length - 1 }),
  ),
  zipped(
    'z-before-end',
    'Z-5',
    'Bytes between the list and its end.',
    small.withEnd({ gap: Buffer.from('x') }),
  ),
  zipped(
    'z-in-list',
    'Z-5',
    'Something else behind the last entry of the list.',
    (() => {
      const bytes = small.plain.readUInt32LE(small.plain.length - 10);
      return small.withEnd({ gap: Buffer.alloc(60), bytes: bytes + 60 });
    })(),
  ),
  zipped('z-encrypted', 'Z-6', 'The flag of an encrypted entry.', small.withFirst({ flags: 1 })),
  zipped('z-flags', 'Z-6', 'A flag that few tools know.', small.withFirst({ flags: 0x20 })),
  zipped(
    'z-name-unmarked',
    'Z-7',
    'A name in UTF-8 that is not marked as such.',
    small.withMore({ name: 'é.html', flags: 0, attributes: mode(0o100644) }),
  ),
  zipped(
    'z-name-no-utf8',
    'Z-7',
    'A name that is no UTF-8.',
    small.withMore({ name: Buffer.from([0x61, 0xc0, 0xaf]), flags: 0x800 }),
  ),
  zipped(
    'z-name-climbs',
    'Z-7 P-5',
    'A name that leads out of the root.',
    small.withMore({ name: '../up.html', content: 'x', method: 0 }),
  ),
  zipped(
    'z-name-nul',
    'Z-7 P-2',
    'NUL, which ends the name for some tools.',
    small.withMore({ name: 'index.html\0.png', method: 0 }),
  ),
  zipped(
    'z-name-twice',
    'Z-7 P-8',
    'A name twice: one is checked, the other read.',
    small.withAgain({}),
  ),
  zipped(
    'z-name-case',
    'Z-7 P-8',
    'A name that replaces another on some disks.',
    small.withMore({ name: 'INDEX.html', content: 'x', method: 0 }),
  ),
  zipped(
    'z-folder-is-file',
    'Z-7 P-8',
    'A folder under the name of a file.',
    small.withMore({ name: 'index.html/' }),
  ),
  zipped('z-root-folder', 'Z-7 P-1', 'The root as a folder.', small.withMore({ name: '/' })),
  zipped(
    'z-extra-unknown',
    'Z-8',
    'An extra field in which anything can be.',
    small.withFirst({ extra: makeExtra(0xcafe, 'x') }),
  ),
  zipped(
    'z-extra-name',
    'Z-8',
    'A second name, under which Info-ZIP unpacks.',
    small.withFirst({ local: { extra: makeExtra(0x7075, '\x01....evil.html') } }),
  ),
  zipped(
    'z-extra-cut',
    'Z-8',
    'An extra field that is longer than its room.',
    small.withFirst({ extra: Buffer.from([0x55, 0x54, 9, 0, 1]) }),
  ),
  zipped(
    'z-extra-times',
    'Z-8',
    'Times and owners, as tools write them.',
    whole.withFirst({
      extra: Buffer.concat([
        makeExtra(0x5455, Buffer.from([3, 1, 2, 3, 4, 5, 6, 7, 8])),
        makeExtra(0x7875, Buffer.from([1, 4, 1, 2, 3, 4, 4, 5, 6, 7, 8])),
      ]),
    }),
    'authentic',
  ),
  zipped(
    'z-extra-ntfs',
    'Z-8',
    'Times of Windows.',
    whole.withFirst({
      extra: makeExtra(
        0x000a,
        Buffer.concat([Buffer.from([0, 0, 0, 0, 1, 0, 24, 0]), Buffer.alloc(24, 7)]),
      ),
    }),
    'authentic',
  ),
  zipped(
    'z-extra-finder',
    'Z-8',
    'Times and owners, as the Finder of macOS writes them.',
    whole.withFirst({ extra: makeExtra(0x5855, Buffer.alloc(12, 7)) }),
    'authentic',
  ),
  zipped(
    'z-extra-times-flags',
    'Z-8',
    'Times with flags that no tool writes.',
    small.withFirst({ extra: makeExtra(0x5455, Buffer.from([8, 1, 2, 3, 4])) }),
  ),
  zipped(
    'z-entry-comment',
    'Z-9',
    'A comment of an entry.',
    small.withFirst({ comment: Buffer.from('hello') }),
  ),
  zipped('z-method', 'Z-10', 'A method few tools know.', small.withFirst({ method: 9 })),
  zipped(
    'z-stored-sizes',
    'Z-10',
    'Two sizes of one that is not packed.',
    small.withStored({ size: 3 }),
  ),
  zipped(
    'z-link',
    'Z-11',
    'A symbolic link.',
    small.withMore({
      name: 'en/link',
      content: '/etc/passwd',
      method: 0,
      attributes: mode(0o120777),
    }),
  ),
  zipped(
    'z-device',
    'Z-11',
    'A device.',
    small.withMore({ name: 'en/device', method: 0, attributes: mode(0o020666) }),
  ),
  zipped(
    'z-label',
    'Z-11',
    'The name of a disk.',
    small.withMore({ name: 'label', method: 0, attributes: 0x08 }),
  ),
  zipped(
    'z-file-as-folder',
    'Z-11',
    'A file by its mode, a folder by its name.',
    small.withMore({ name: 'fr/', attributes: mode(0o100644) }),
  ),
  zipped(
    'z-folder-as-file',
    'Z-11',
    'A folder by its DOS attribute, a file by its name.',
    small.withMore({ name: 'fr', method: 0, attributes: 0x10 }),
  ),
  zipped(
    'z-folder-with-bytes',
    'Z-11',
    'A folder with bytes of its own.',
    small.withMore({ name: 'fr/', content: 'x', method: 0 }),
  ),
  zipped(
    'z-folders',
    'Z-11 F-3',
    'Folders with their files behind them, as most tools write them.',
    makeZip([{ name: 'en/', attributes: mode(0o040755) + 0x10 }, ...whole.entries]),
    'authentic',
  ),
  zipped(
    'z-empty-folder',
    'F-3',
    'An empty folder whose name says nothing.',
    whole.withMore({ name: 'fr/' }),
    'authentic',
  ),
  zipped(
    'z-empty-folder-words',
    'F-3',
    'An empty folder whose name is the message.',
    whole.withMore({ name: 'Write to mallory/' }),
    'injected',
  ),
  zipped(
    'z-bomb',
    'Z-12',
    'A file that is more than 200 times as large as packed.',
    small.withMore(bomb('0'.repeat(2 ** 20 + 1))),
  ),
  zipped(
    'z-tight',
    'Z-12 F-2',
    'The same for one byte less, which is not looked at: it is a file too many.',
    whole.withMore(bomb('0'.repeat(2 ** 20))),
    'injected',
  ),
  zipped(
    'z-large',
    'Z-12',
    'A file that says to have more than 256 MiB.',
    small.withMore({ name: 'a.bin', data: Buffer.from([1, 2, 3]), size: 2 ** 28 + 1, method: 8 }),
  ),
  zipped(
    'z-before',
    'Z-13',
    'A program before the first entry.',
    small.withFirst({ gap: Buffer.from('MZ program') }),
  ),
  zipped('z-between', 'Z-13', 'Bytes between entries.', small.withGap(1, Buffer.alloc(3))),
  zipped(
    'z-shared',
    'Z-13',
    'Two entries on the same bytes.',
    small.withAgain({ name: 'zz.html', offset: 0, isOnlyListed: true }),
  ),
  zipped(
    'z-local-name',
    'Z-14',
    'Another name in front of the data.',
    small.withFirst({ local: { name: Buffer.from('evil.html') } }),
  ),
  zipped(
    'z-local-method',
    'Z-14',
    'Another method in front of the data.',
    small.withFirst({ local: { method: 0 } }),
  ),
  zipped(
    'z-local-size',
    'Z-14',
    'Another size in front of the data.',
    small.withFirst({ local: { size: 3 } }),
  ),
  zipped(
    'z-local-long',
    'Z-14',
    'A header that reaches beyond the entries: a false zip, and not one that is cut off.',
    patch(small.plain, 26, 60_000),
  ),
  zipped('z-local-missing', 'Z-14', 'No header where the list says.', patch(small.plain, 0, 0)),
  zipped(
    'z-descriptor',
    'Z-15',
    'Sizes behind the data, with their signature.',
    whole.withDescriptor(true),
    'authentic',
  ),
  zipped(
    'z-descriptor-bare',
    'Z-15',
    'The same without.',
    whole.withDescriptor(false),
    'authentic',
  ),
  zipped(
    'z-descriptor-other',
    'Z-15',
    'Other sizes behind the data.',
    small.withDescriptor(true, 'other'),
  ),
  zipped('z-descriptor-missing', 'Z-15', 'Nothing behind the data.', small.withFirst({ flags: 8 })),
  zipped('z-crc', 'Z-16', 'Another checksum.', whole.withFirst({ crc: 1 })),
  zipped(
    'z-data-behind',
    'Z-16',
    'Bytes behind the end of the packed data, which everybody passes on.',
    whole.withData((data) => Buffer.concat([data, Buffer.from('secret')])),
  ),
  zipped(
    'z-data-cut',
    'Z-16',
    'Packed data that are cut off.',
    whole.withData((data) => data.subarray(0, -3)),
  ),
  zipped('z-data-more', 'Z-16', 'More bytes come out than are declared.', whole.withSize(-1)),
  zipped(
    'z-data-addition',
    'F-2 Z-16',
    'A known addition that cannot be unpacked is none.',
    whole.withMore({
      name: 'CNAME',
      content: 'garden.example',
      data: Buffer.alloc(4, 0xff),
      method: 8,
    }),
    'injected',
  ),
];

function bomb(content: string): ZipEntry {
  return {
    name: 'a.bin',
    content,
    method: 8,
    data: Buffer.from(deflateSync(Buffer.from(content), { level: 9, mem: 4 })),
  };
}
