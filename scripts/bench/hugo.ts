import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Generator } from './generator.ts';
import { makePhotos } from './photos.ts';
import { makePeerContent, writeFiles } from './peer-files.ts';
import { corpusLanguages } from './words.ts';

const settings = `baseURL = 'https://bench.example/'
title = 'Bench'
defaultContentLanguage = 'en'
defaultContentLanguageInSubdir = true
disableKinds = ['taxonomy', 'term', 'RSS', 'section']
${corpusLanguages
  .map((tag, at) => `[languages.${tag}]\ncontentDir = 'content/${tag}'\nweight = ${at + 1}`)
  .join('\n')}
`;

const layout = `<!doctype html>
<html lang="{{ .Lang }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}">
<style>body{max-width:40em;margin:auto;padding:1em;font:1em/1.5 sans-serif}</style>
</head>
<body>
<header><nav><a href="/en/">en</a> <a href="/fr/">fr</a> <a href="/ru/">ru</a></nav></header>
<main>
<h1>{{ .Title }}</h1>
{{ .Content }}
</main>
</body>
</html>
`;

/** Hugo, where it is on the path: no package of npm holds it without a download of its own. */
export const hugo: Generator = {
  id: 'hugo',
  name: 'Hugo',
  makes: 'pages alone',
  isInstalled: false,
  version: () => {
    const { status, stdout } = spawnSync('hugo', ['version'], { encoding: 'utf8' });
    return status === 0 ? /v(\d[\w.]*)/.exec(stdout)?.[1] : undefined;
  },
  prepare: async ({ folder }, corpus) => {
    const content = await makePeerContent(corpus, '/photos');
    const files = [...content].map(([path, text]): [string, string | Uint8Array] => [
      `content/${path.replace(/^(\w+)\/index\.md$/, '$1/_index.md')}`,
      text,
    ]);
    const layouts = ['single', 'home', 'list'].map((name): [string, string] => [
      `layouts/_default/${name}.html`,
      layout,
    ]);
    writeFiles(folder, new Map([['hugo.toml', settings], ...layouts, ...files]));
    writeFiles(join(folder, 'static/photos'), await makePhotos());
  },
  steps: ({ folder }) => [{ program: 'hugo', words: ['--quiet'], cwd: folder }],
  outputs: ({ folder }) => [
    join(folder, 'public'),
    join(folder, 'resources'),
    join(folder, '.hugo_build.lock'),
  ],
};
