import { CheckFindings, type CheckResult } from '../report.ts';
import { rawTextOf, type StaticSite } from '../site.ts';

/**
 * Gives what the bytes of an image say of where, when, by whom and with what it was made: "EXIF", …
 */
export type FindMetadata = (bytes: Buffer) => Promise<string[]>;

/** Where files of these kinds keep who made them, where, when and with what. */
const pictures = /\.(?:jpe?g|png|webp|avif|gif|tiff?|heic|svg)$/i;

/** By their first bytes, whatever their name: JPEG, PNG, GIF, WebP. */
const isPicture = (bytes: Buffer): boolean =>
  /^(?:\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP)/s.test(bytes.subarray(0, 12).toString('latin1'));

/**
 * No image says where, when and by whom it was taken: that is enough to find a person. Every image
 * file counts, whatever leads to it, and images that are in pages as data.
 */
export async function checkMetadata(
  { files, pages }: StaticSite,
  findMetadata: FindMetadata,
): Promise<CheckResult> {
  const findings = new CheckFindings();
  let images = 0;
  const check = async (where: string, bytes: Buffer) => {
    images++;
    for (const kind of await findMetadata(bytes))
      findings.fail(
        `${where} holds ${kind}, expected none: it can tell the place, the day and the person`,
      );
  };
  for (const [path, bytes] of files)
    if (pictures.test(path) || isPicture(bytes)) await check(path, bytes);
  for (const { path, elements } of pages) {
    const texts = elements.flatMap((element) => [
      ...element.attrs.map(({ value }) => value),
      ...(element.tagName === 'style' ? [rawTextOf(element)] : []),
    ]);
    for (const { kind, bytes } of texts.flatMap(readDataImages))
      await check(`${path}, an image of the kind data: (${kind})`, bytes);
  }
  for (const [path, bytes] of files) {
    if (path.endsWith('.css'))
      for (const image of readDataImages(bytes.toString('utf8')))
        await check(`${path}, an image of the kind data: (${image.kind})`, image.bytes);
  }
  findings.figure = `${images} images`;
  return findings.result();
}

/**
 * Images that are in a text: the value of an attribute is one, a style or `srcset` may hold
 * several (RFC 2397).
 */
function readDataImages(text: string): { kind: string; bytes: Buffer }[] {
  const whole = /^data:image\/([\w.+-]+)((?:;[\w=-]+)*),([^]*)$/i.exec(text);
  const found = whole
    ? [whole]
    : [...text.matchAll(/data:image\/([\w.+-]+)((?:;[\w=-]+)*),([^"')\s]*)/gi)];
  return found.map(([, kind = '', parameters = '', content = '']) => ({
    kind,
    bytes: /;base64$/i.test(parameters)
      ? Buffer.from(content, 'base64')
      : Buffer.from(decodePlain(content)),
  }));
}

/** Browsers take percent signs that encode nothing as they are. */
const decodePlain = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
  );
