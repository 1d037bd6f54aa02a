/**
 * A file `._NAME` as macOS writes it (RFC 1740; the attributes by Apple's `copyfile.c`), with the
 * attributes that are given and the empty resource fork.
 */
export function makeAppleDouble(attributes: Readonly<Record<string, string>> = {}): Buffer {
  const entries = Object.entries(attributes).map(([name, value]) => ({
    name: Buffer.from(`${name}\0`),
    value: Buffer.from(value, 'latin1'),
  }));
  const sizes = entries.map(({ name }) => (11 + name.length + 3) & ~3);
  const dataStart = 120 + sizes.reduce((sum, size) => sum + size, 0);
  const dataBytes = entries.reduce((sum, { value }) => sum + value.length, 0);
  const forkStart = dataStart + dataBytes;
  const bytes = Buffer.alloc(forkStart + 286);
  bytes.write('\0\x05\x16\x07\0\x02\0\0Mac OS X        \0\x02', 'latin1');
  for (const [index, number] of [9, 50, forkStart - 50, 2, forkStart, 286].entries())
    bytes.writeUInt32BE(number, 26 + 4 * index);
  bytes.write('ATTR', 84);
  for (const [index, number] of [0x1234, forkStart, dataStart, dataBytes].entries())
    bytes.writeUInt32BE(number, 88 + 4 * index);
  bytes.writeUInt16BE(entries.length, 118);
  let [at, dataAt] = [120, dataStart];
  for (const [index, { name, value }] of entries.entries()) {
    bytes.writeUInt32BE(dataAt, at);
    bytes.writeUInt32BE(value.length, at + 4);
    bytes.writeUInt8(name.length, at + 10);
    name.copy(bytes, at + 11);
    value.copy(bytes, dataAt);
    at += sizes[index] ?? 0;
    dataAt += value.length;
  }
  for (const place of [forkStart, forkStart + 256])
    for (const [index, number] of [256, 256, 0, 30].entries())
      bytes.writeUInt32BE(number, place + 4 * index);
  bytes.write('This resource fork intentionally left blank   ', forkStart + 16);
  bytes.write('\0\x1c\0\x1e\xff\xff', forkStart + 280, 'latin1');
  return bytes;
}
