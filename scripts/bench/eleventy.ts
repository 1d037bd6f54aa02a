import { join } from 'node:path';
import type { Corpus } from './corpus.ts';
import type { Generator, Workplace } from './generator.ts';
import { makePhotos } from './photos.ts';
import { linkPackages, makePeerContent, readVersion, writeFiles } from './peer-files.ts';

const settings = `export default function (eleventy) {
  eleventy.setUseGitIgnore(false);
  eleventy.addPassthroughCopy('content/photos');
  eleventy.addGlobalData('layout', 'page.njk');
  return { dir: { input: 'content', output: 'out/site' }, markdownTemplateEngine: false };
}
`;

const layout = `<!doctype html>
<html lang="{{ page.url | slice(1, 3) }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{ title }}</title>
<meta name="description" content="{{ description }}">
<style>body{max-width:40em;margin:auto;padding:1em;font:1em/1.5 sans-serif}</style>
</head>
<body>
<header><nav><a href="/en/">en</a> <a href="/fr/">fr</a> <a href="/ru/">ru</a></nav></header>
<main data-pagefind-body>
<h1>{{ title }}</h1>
{{ content | safe }}
</main>
</body>
</html>
`.replace('{{ page.url | slice(1, 3) }}', '{{ page.url.slice(1, 3) }}');

/** The way into each language, which the layout has. */
const start = '---\ntitle: Bench\ndescription: All languages.\n---\n';

/** Writes a project of Eleventy: the corpus, one layout, no lists. */
export async function prepareEleventy(place: Workplace, corpus: Corpus): Promise<void> {
  linkPackages(place);
  writeFiles(
    place.folder,
    new Map([
      ['package.json', '{ "type": "module" }\n'],
      ['eleventy.config.js', settings],
      ['content/_includes/page.njk', layout],
      ['content/index.md', start],
    ]),
  );
  writeFiles(join(place.folder, 'content'), await makePeerContent(corpus, '/photos'));
  writeFiles(join(place.folder, 'content/photos'), await makePhotos());
}

/** What runs Eleventy in its project. */
export const buildWithEleventy = ({ folder, peers }: Workplace) => ({
  program: process.execPath,
  words: [join(peers, 'node_modules/@11ty/eleventy/cmd.cjs'), '--quiet'],
  cwd: folder,
});

/** Eleventy with one layout. */
export const eleventy: Generator = {
  id: 'eleventy',
  name: 'Eleventy',
  makes: 'pages alone',
  isInstalled: true,
  version: (peers) => readVersion(peers, '@11ty/eleventy'),
  prepare: prepareEleventy,
  steps: (place) => [buildWithEleventy(place)],
  outputs: ({ folder }) => [join(folder, 'out')],
};
