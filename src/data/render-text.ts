import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createSatteriMarkdownProcessor } from '@astrojs/markdown-satteri';
import { render } from 'astro:content';
import type { ImageMetadata, MarkdownHeading } from 'astro';
import type { AstroComponentFactory } from 'astro/runtime/server/index.js';
import { campaignFolder } from '../campaign/read/campaign-folder.ts';
import { readText } from '../campaign/read/folder.ts';
import { cutFrontMatter } from '../campaign/read/source-file.ts';
import { collectImages } from '../lib/collect-images.ts';
import { escapeHtml } from '../lib/escape-html.ts';
import { sizeImage } from './size-image.ts';
import type { GuideEntry, UpdateEntry } from './texts.ts';

const folder = campaignFolder();
const processor = await createSatteriMarkdownProcessor({
  features: { smartPunctuation: false },
  syntaxHighlight: false,
  mdastPlugins: [collectImages],
});

/** All images of the campaign, each loaded only if a text shows it. */
const images = import.meta.glob<{ default: ImageMetadata }>(
  '@campaign/**/*.{jpg,jpeg,png,webp,avif,gif}',
);
/** Vite names them from the root of the project: "/src/content/…" or "../elsewhere/…". */
const imageByPath = new Map(
  Object.entries(images).map(([path, load]) => [
    resolve(process.cwd(), path.replace(/^\//, '')),
    load,
  ]),
);

/** The words of a text, ready to be put into its page: MDX as a component, markdown as HTML. */
export type RenderedText = ({ Content: AstroComponentFactory } | { html: string }) & {
  headings: MarkdownHeading[];
};

/** Renders a guide or an update. */
export function renderText(entry: GuideEntry | UpdateEntry): Promise<RenderedText> {
  return entry.data.file.endsWith('.mdx') ? render(entry.stored) : renderMarkdown(entry.data.file);
}

/** The initiatives to whose pages a text leads, each once, in its order. */
export function listInitiatives({ data: { file } }: GuideEntry | UpdateEntry): string[] {
  const links = readText(folder, file).matchAll(/\]\(\/initiative\/([^)#]+)\.html/g);
  return [...new Set([...links].map(([, id = '']) => id))];
}

/**
 * Renders a markdown file of the campaign inside the page that shows it, with Astro's own
 * processor, so that no text has to pass through the content store.
 * @param file path below the campaign folder
 */
async function renderMarkdown(
  file: string,
): Promise<{ html: string; headings: MarkdownHeading[] }> {
  const cut = cutFrontMatter(readText(folder, file));
  if (!cut) throw new Error(`${file}: no front matter`); // cannot be: the loader has read it
  const { code, metadata } = await processor.render(cut.body, {
    fileURL: pathToFileURL(join(folder, file)),
  });
  const html = await placeImages(code, file);
  return { html, headings: metadata.headings };
}

/**
 * Replaces the processor's marks for images by what astro:assets makes of them: resized, without
 * metadata, lazy.
 */
async function placeImages(html: string, file: string): Promise<string> {
  const mark = /<img __ASTRO_IMAGE_="([^"]*)">/g;
  const tags = await Promise.all(
    [...html.matchAll(mark)].map(async ([, data = '']) => makeImage(decode(data), file)),
  );
  return html.replace(mark, () => tags.shift() ?? '');
}

const decode = (attribute: string) =>
  JSON.parse(
    attribute
      .replaceAll('&quot;', '"')
      .replaceAll('&#x22;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&'),
  ) as { src: string; alt?: string };

async function makeImage(
  { src, alt = '' }: { src: string; alt?: string },
  file: string,
): Promise<string> {
  const wanted = join(folder, dirname(file), decodeURIComponent(src));
  const load = imageByPath.get(wanted);
  if (!load) throw new Error(`${file}: no image ${src}`); // cannot be: the loader has read it
  const { default: image } = await load();
  const attributes = Object.entries(await sizeImage(image, alt));
  const quoted = attributes.map(([name, value]) => ` ${name}="${escapeHtml(value)}"`);
  return `<img${quoted.join('')}>`;
}
