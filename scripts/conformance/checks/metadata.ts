import { findMetadata } from '../../../src/lib/image-metadata.ts';
import { Findings, type Verdict } from '../report.ts';
import { attributeOf, type Site } from '../site.ts';

/** Where files of these kinds keep who made them, where, when and with what. */
const pictures = /\.(?:jpe?g|png|webp|avif|gif|tiff?|heic)$/i;

/**
 * No image says where, when and by whom it was taken: that is enough to find a person. Every image file counts, whatever leads to
 * it, and images that stand in pages as data.
 */
export async function checkMetadata({ files, pages }: Site): Promise<Verdict> {
  const findings = new Findings();
  let images = 0;
  const check = async (where: string, bytes: Buffer) => {
    images++;
    for (const kind of await findMetadata(bytes)) findings.fail(`${where} holds ${kind}, expected none: it can tell the place, the day and the person`);
  };
  for (const [path, bytes] of files) if (pictures.test(path) || path.endsWith('.svg')) await check(path, bytes);
  for (const { path, elements } of pages) {
    for (const element of elements) {
      for (const value of [attributeOf(element, 'src'), attributeOf(element, 'href')]) {
        const data = /^data:image\/(?<kind>[\w.+-]+)(?:;[\w=-]+)*?(?<base64>;base64)?,(?<text>.*)$/s.exec(value ?? '')?.groups;
        if (data) await check(`${path}, an image of the kind data: (${data['kind']})`, data['base64'] ? Buffer.from(data['text'] ?? '', 'base64') : Buffer.from(decodeURIComponent(data['text'] ?? '')));
      }
    }
  }
  findings.figure = `${images} images`;
  return findings.verdict();
}
