import { serialize, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import type { Site } from '../../../campaign/schema/site.ts';
import { escapeHtml } from '../../../lib/escape-html.ts';
import { homePage } from '../../../lib/paths.ts';
import { attributeOf } from '../built-page.ts';
import { copyWords } from '../copy-words.ts';
import { printParagraphs, type LanguageContext } from '../feed-source.ts';
import { printPolicy } from '../policy.ts';
import { titlesOf, type Chapter } from './chapters.ts';
import { describeOrigin } from './describe-origin.ts';
import type { Selection } from './fit-chapters.ts';
import { namePlace, placesOf, type Places } from './places.ts';
import { copyDrawing } from './copy-drawing.ts';

/**
 * All that a language has to say as one page, for a phone that opens files or a stick: working
 * contents, charts inside, no link that leads out of it. What needs a part of the site that is not
 * in it (the search, the lists) is words alone.
 * @param path of the file, by which the manifest knows it
 */
export function printPage(
  context: LanguageContext,
  path: string,
  { parts, isWhole }: Selection,
): string {
  const { language, records, say, strings } = context;
  const { site } = records;
  const places = placesOf(parts);
  const style = printStyle(site);
  const name = escapeHtml(say(site.name));
  const titles = titlesOf(strings);
  const contents = parts.map(({ group, chapters }) => {
    const items = chapters
      .map((chapter) => `<li><a href="#${chapter.name}">${escapeHtml(chapter.title)}</a></li>`)
      .join('');
    const title = titles[group];
    return title === undefined ? items : `<li>${escapeHtml(title)}<ul>${items}</ul></li>`;
  });
  const chapters = parts
    .flatMap((part) => part.chapters)
    .map((chapter) => printChapter(context, chapter, places));
  return [
    '<!doctype html>',
    `<html lang="${language.tag}"${language.direction === 'rtl' ? ' dir="rtl"' : ''}><head>`,
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(printPolicy(style))}">`,
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<meta name="referrer" content="no-referrer"><title>${name}</title>`,
    `<meta name="description" content="${escapeHtml(say(site.description))}">`,
    `<link rel="icon" href="${escapeHtml(iconOf(context))}"><style>${style}</style></head>`,
    `<body><main id="_main"><h1>${name}</h1>`,
    printParagraphs(context, [context.localize(site.description)]),
    ...describeOrigin(context, path, isWhole).map(({ text, kind }) => {
      const paragraph = printParagraphs(context, [text]);
      return kind === 'text' ? paragraph : `<div class="${kind}">${paragraph}</div>`;
    }),
    `<nav aria-labelledby="_contents"><h2 id="_contents">${escapeHtml(strings.carry.contents)}</h2>`,
    `<ul>${contents.join('')}</ul></nav>`,
    ...chapters,
    '</main></body></html>\n',
  ].join('\n');
}

function printChapter(
  { dist, strings }: LanguageContext,
  chapter: Chapter,
  places: Places,
): string {
  const { page, name, title } = chapter;
  const words = copyWords(page, {
    struckOut: strings.feeds.struckOut,
    notices: true,
    nameOf: (id) => namePlace(name, id),
    leadTo: (link) => {
      const place = link.kind === 'inside' ? places.find(link) : undefined;
      if (place === undefined) return undefined;
      return `#${place.id === undefined ? place.chapter : namePlace(place.chapter, place.id)}`;
    },
    picture: (element) => copyDrawing(element, (id) => namePlace(name, id), dist, page),
  });
  lowerHeadings(words);
  return `<section id="${name}"><h2>${escapeHtml(title)}</h2>${serialize(words).trim()}</section>`;
}

/** The title of the page is a heading of the second level here. */
function lowerHeadings(parent: Tree.ParentNode): void {
  for (const node of parent.childNodes)
    if ('tagName' in node) {
      const [, level] = /^h([2-5])$/.exec(node.tagName) ?? [];
      if (level !== undefined) node.nodeName = node.tagName = `h${Number(level) + 1}`;
      lowerHeadings(node);
    }
}

/** The icon of the site's pages: without one, browsers ask the host for /favicon.ico. */
function iconOf({ dist, language }: LanguageContext): string {
  const home = dist.pages.find(({ path }) => path === `${language.tag}/${homePage}`);
  const icon = home?.elements.find(
    (element) => element.tagName === 'link' && attributeOf(element, 'rel') === 'icon',
  );
  return (icon && attributeOf(icon, 'href')) ?? 'data:,';
}

const printStyle = ({ accent }: Site): string =>
  [
    `:root{color-scheme:light dark;--a:${accent.light}}`,
    `@media(prefers-color-scheme:dark){:root{--a:${accent.dark}}}`,
    'body{max-width:42rem;margin:1rem auto;padding:0 1rem}',
    'body{font:1.05rem/1.5 system-ui;overflow-wrap:break-word}',
    'section{border-top:2px solid var(--a);margin-top:3rem}',
    '.warning,.note,.archive{border-inline-start:.4rem solid;padding-inline-start:.8rem}',
    '.warning{border-color:var(--a)}',
    'a{color:inherit}pre{white-space:pre-wrap}svg,img{max-width:100%}',
    'h2,h3,h4{break-after:avoid}',
    // in a column, only what may be divided anywhere makes room for the next one
    'th,td{text-align:start;vertical-align:top;padding:.2rem .6rem .2rem 0;overflow-wrap:anywhere}',
    '.dot{stroke:var(--a)}.thin{stroke:#888}',
  ].join('');
