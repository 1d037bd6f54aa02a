import { toUtc } from '../../../kit/core/text/dates.ts';
import { printZip, type ZipContent } from '../../../kit/node/pack/write-zip.ts';
import { makeUrn } from '../../../lib/identifiers.ts';
import { plainText } from '../../../lib/localized-text.ts';
import { copyWords } from '../copy-words.ts';
import type { LanguageContext } from '../feed-source.ts';
import { titlesOf, type Chapter, type ChapterPart } from './chapters.ts';
import { copyDrawing } from './copy-drawing.ts';
import { describeOrigin } from './describe-origin.ts';
import type { Selection } from './fit-chapters.ts';
import { placesOf, type Places } from './places.ts';
import { escapeXml, printXhtml } from './print-xhtml.ts';

/** The name of a chapter's file in the book. */
const fileOf = (name: string): string => `${name.replaceAll('/', '_')}.xhtml`;

/** A file of the book besides those that every one has. */
interface Part {
  file: string;
  title: string;
  body: string;
  hasDrawing: boolean;
}

/**
 * All that a language has to say as an e-book (EPUB 3.3): a chapter a page, contents that readers
 * show, links between chapters and none that leads out. The same pages give the same bytes: no
 * time of the build is in it.
 * @param path of the file, by which the manifest knows it
 */
export function printBook(
  context: LanguageContext,
  path: string,
  { parts, isWhole }: Selection,
): Buffer {
  const places = placesOf(parts);
  const chapters = parts.flatMap((part) => part.chapters);
  const files = [
    printFront(context, path, isWhole),
    ...chapters.map((chapter) => printChapter(context, chapter, places)),
  ];
  const put = (name: string, text: string): ZipContent => ({
    path: name,
    content: Buffer.from(text),
  });
  return printZip([
    // What a file is, readable before it is unpacked (OCF 3.3, 4.3): first, as it is.
    { ...put('mimetype', 'application/epub+zip'), isStored: true },
    put('META-INF/container.xml', container),
    put('OEBPS/book.opf', printPackage(context, files)),
    put('OEBPS/contents.xhtml', printContents(context, parts)),
    put('OEBPS/book.css', style),
    ...files.map(({ file, title, body }) => put(`OEBPS/${file}`, printFile(context, title, body))),
  ]);
}

const xml = '<?xml version="1.0" encoding="UTF-8"?>\n';

const container =
  `${xml}<container version="1.0" ` +
  'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>' +
  '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>' +
  '</rootfiles></container>\n';

const style =
  '.warning,.note,.archive{border-left:.3em solid;padding-left:.6em;margin:1em 0}' +
  'th,td{text-align:start;vertical-align:top;padding:.2em .6em .2em 0}' +
  'svg{max-width:100%}.dot,.thin{stroke:currentColor}\n';

function printPackage({ records, language, say }: LanguageContext, files: readonly Part[]): string {
  const { site, build, day } = records;
  const number = 'of' in build ? `draft ${build.of}` : String(build.number);
  const items = files.map(
    ({ file, hasDrawing }, index) =>
      `<item id="c${index}" href="${file}" media-type="application/xhtml+xml"` +
      `${hasDrawing ? ' properties="svg"' : ''}/>`,
  );
  const meta = (property: string, value: string) =>
    `<meta property="${property}">${escapeXml(value)}</meta>`;
  return [
    `${xml}<package xmlns="http://www.idpf.org/2007/opf" version="3.0"`,
    ` unique-identifier="id" xml:lang="${language.tag}">`,
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">',
    `<dc:identifier id="id">${makeUrn(`${site.id}/${language.tag}/book ${number}`)}</dc:identifier>`,
    `<dc:title>${escapeXml(say(site.name))}</dc:title>`,
    `<dc:language>${language.tag}</dc:language>`,
    `<dc:description>${escapeXml(say(site.description))}</dc:description>`,
    `<dc:rights>${escapeXml(site.textLicence)}</dc:rights>`,
    meta('dcterms:modified', toUtc(day).toISOString().replace('.000Z', 'Z')),
    meta('schema:accessMode', 'textual'),
    meta('schema:accessModeSufficient', 'textual'),
    meta('schema:accessibilityFeature', 'tableOfContents'),
    meta('schema:accessibilityFeature', 'structuralNavigation'),
    meta('schema:accessibilityHazard', 'none'),
    '</metadata><manifest>',
    '<item id="nav" href="contents.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
    '<item id="css" href="book.css" media-type="text/css"/>',
    ...items,
    `</manifest><spine${language.direction === 'rtl' ? ' page-progression-direction="rtl"' : ''}>`,
    ...files.map(
      (_file, index) =>
        `<itemref idref="c${index}"/>${index === 0 ? '<itemref idref="nav"/>' : ''}`,
    ),
    '</spine></package>\n',
  ].join('\n');
}

function printContents(context: LanguageContext, parts: readonly ChapterPart[]): string {
  const { strings } = context;
  const titles = titlesOf(strings);
  const link = ({ name, title }: Chapter) =>
    `<li><a href="${fileOf(name)}">${escapeXml(title)}</a></li>`;
  const items = parts.map(({ group, chapters }) => {
    const title = titles[group];
    const list = chapters.map(link).join('\n');
    return title === undefined ? list : `<li><span>${escapeXml(title)}</span><ol>${list}</ol></li>`;
  });
  const heading = escapeXml(strings.carry.contents);
  return printFile(
    context,
    strings.carry.contents,
    `<main><nav epub:type="toc"><h1>${heading}</h1><ol>${items.join('\n')}</ol></nav></main>`,
  );
}

/** What the book says of itself, before its texts. */
function printFront(context: LanguageContext, path: string, isWhole: boolean): Part {
  const title = context.say(context.records.site.name);
  const lines = describeOrigin(context, path, isWhole).map(({ text, kind }) => {
    const paragraph = `<p>${escapeXml(plainText(text))}</p>`;
    return kind === 'warning' ? `<div class="warning">${paragraph}</div>` : paragraph;
  });
  const about = `<p>${escapeXml(context.say(context.records.site.description))}</p>`;
  const words = [`<h1>${escapeXml(title)}</h1>`, about, ...lines].join('\n');
  const body = `<main>${words}</main>`;
  return { file: '_front.xhtml', title, body, hasDrawing: false };
}

function printChapter(
  { dist, strings }: LanguageContext,
  { page, name, title }: Chapter,
  places: Places,
): Part {
  const words = copyWords(page, {
    struckOut: strings.feeds.struckOut,
    notices: true,
    nameOf: (id) => id,
    leadTo: (link) => {
      const place = link.kind === 'inside' ? places.find(link) : undefined;
      if (place === undefined) return undefined;
      return place.id === undefined
        ? fileOf(place.chapter)
        : `${fileOf(place.chapter)}#${encodeURIComponent(place.id)}`;
    },
    picture: (element) => copyDrawing(element, (id) => id, dist, page),
  });
  const body = `<main><h1>${escapeXml(title)}</h1>\n${printXhtml(words).trim()}</main>`;
  return { file: fileOf(name), title, body, hasDrawing: body.includes('<svg') };
}

function printFile({ language }: LanguageContext, title: string, body: string): string {
  const direction = language.direction === 'rtl' ? ' dir="rtl"' : '';
  return (
    `${xml}<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" ` +
    'xmlns:epub="http://www.idpf.org/2007/ops" ' +
    `xml:lang="${language.tag}" lang="${language.tag}"${direction}>` +
    `<head><title>${escapeXml(title)}</title>` +
    `<link rel="stylesheet" href="book.css"/></head><body>\n${body}\n</body></html>\n`
  );
}
