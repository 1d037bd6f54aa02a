import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generator } from './generator.ts';
import { linkPackages, makePeerContent, readVersion, writeFiles } from './peer-files.ts';
import { corpusLanguages } from './words.ts';

// A short sidebar: a tree of all pages in each of them grows with the square of their number.
const settings = `import { defineConfig } from 'astro/config';
import starlight from '@astrojs/starlight';

export default defineConfig({
  site: 'https://bench.example',
  integrations: [
    starlight({
      title: 'Bench',
      defaultLocale: 'en',
      locales: ${JSON.stringify(
        Object.fromEntries(corpusLanguages.map((tag) => [tag, { label: tag, lang: tag }])),
      )},
      sidebar: [{ label: 'Start', link: '/' }],
    }),
  ],
});
`;

const collections = `import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';

const docs = defineCollection({ loader: docsLoader(), schema: docsSchema() });
export const collections = { docs };
`;

/** Starlight with its own search, by Pagefind. */
export const starlight: Generator = {
  id: 'starlight',
  name: 'Starlight',
  makes: 'pages, search by Pagefind, sitemap',
  isInstalled: true,
  version: (peers) => readVersion(peers, '@astrojs/starlight'),
  prepare: async (place, corpus) => {
    const { folder } = place;
    linkPackages(place);
    writeFiles(
      folder,
      new Map<string, string | Uint8Array>([
        // Astro looks there for packages that it has to bundle.
        ['package.json', readFileSync(join(place.peers, 'package.json'))],
        ['astro.config.mjs', settings],
        ['src/content.config.mjs', collections],
      ]),
    );
    writeFiles(join(folder, 'src/content/docs'), await makePeerContent(corpus));
  },
  steps: ({ folder, peers }) => [
    {
      program: process.execPath,
      words: [join(peers, 'node_modules/astro/bin/astro.mjs'), 'build'],
      cwd: folder,
      env: { NODE_ENV: 'production' },
    },
  ],
  outputs: ({ folder, peers }) => [
    join(folder, 'dist'),
    join(folder, '.astro'),
    join(peers, 'node_modules/.astro'),
  ],
};
