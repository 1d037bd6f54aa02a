import sharp from 'sharp';

/**
 * What an image says of where, when, by whom and with what it was made.
 * @param bytes a whole file: raster or SVG
 * @returns kinds, such as "EXIF"; one that ends in a colon where the bytes are no image
 */
export async function findMetadata(bytes: Buffer): Promise<string[]> {
  if (/^\s*<(?:\?xml|svg|!--|!DOCTYPE)/i.test(bytes.subarray(0, 200).toString('latin1')))
    return findInDrawing(bytes.toString('utf8'));
  try {
    const { exif, xmp, iptc, tifftagPhotoshop, comments } = await sharp(bytes).metadata();
    const found = {
      EXIF: exif,
      XMP: xmp,
      IPTC: iptc,
      'Photoshop data': tifftagPhotoshop,
      comments: comments?.length ? comments : undefined,
    };
    return [
      ...Object.entries(found).flatMap(([kind, value]) => (value === undefined ? [] : [kind])),
      ...findInChunks(bytes),
    ];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [
      `bytes that are no whole image (${error.message.split('\n')[0]}), so nobody can tell what is in it:`,
    ];
  }
}

/**
 * What sharp does not tell of: a comment of a JPEG (marker FE, ITU T.81 B.2.4.5) or of a GIF
 * (extension FE, GIF89a 24).
 */
function findInChunks(bytes: Buffer): string[] {
  if (bytes.readUInt16BE(0) === 0xffd8) {
    for (
      let at = 2;
      at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda;
      at += 2 + bytes.readUInt16BE(at + 2)
    )
      if (bytes[at + 1] === 0xfe) return ['a comment'];
  }
  if (bytes.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n') return findInPng(bytes);
  return bytes.subarray(0, 3).toString('latin1') === 'GIF' &&
    bytes.includes(Buffer.from([0x21, 0xfe]))
    ? ['a comment']
    : [];
}

/** Chunks of a PNG that hold words or the time (PNG 3, 11.3): length, name, data, checksum. */
function findInPng(bytes: Buffer): string[] {
  const names: string[] = [];
  for (let at = 8; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at))
    names.push(bytes.subarray(at + 4, at + 8).toString('latin1'));
  return ['tEXt', 'zTXt', 'iTXt', 'tIME']
    .filter((name) => names.includes(name))
    .map((name) => `a part ${name}`);
}

/** Drawing programs write their user's folders and name into SVG. */
function findInDrawing(text: string): string[] {
  const signs: [RegExp, string][] = [
    [/<metadata[\s/>]/, 'an element <metadata>'],
    [/<!--/, 'a comment'],
    [/\s(?:inkscape|sodipodi|dc|rdf|cc|xmp|adobe|i):[\w-]+/, 'names of a drawing program'],
  ];
  return signs.flatMap(([pattern, kind]) => (pattern.test(text) ? [kind] : []));
}
