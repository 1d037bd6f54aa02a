import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildWithEleventy, prepareEleventy } from './eleventy.ts';
import type { Generator, Workplace } from './generator.ts';
import type { Step } from './measure.ts';
import { readVersion, writeFiles } from './peer-files.ts';

/** What checks a page against the HTML standard; faults of Eleventy's Markdown are not ours. */
const validation = { extends: ['html-validate:standard'] };

/** Runs a program of the peers in the folder of the chain. */
const run = (place: Workplace, script: string, words: readonly string[]): Step => ({
  program: process.execPath,
  words: [join(place.peers, 'node_modules', script), ...words],
  cwd: place.folder,
});

/** Separate tools that give about what a build of ours gives, one after another. */
export const chain: Generator = {
  id: 'chain',
  name: 'Separate tools',
  makes: 'pages (Eleventy), search (Pagefind), checks (html-validate, linkinator), zip and CAR',
  isInstalled: true,
  version: (peers) => {
    if (spawnSync('zip', ['-v']).status !== 0) return undefined;
    const names = ['@11ty/eleventy', 'pagefind', 'html-validate', 'linkinator', 'ipfs-car'];
    return names.map((name) => readVersion(peers, name)).join(', ');
  },
  prepare: async (place, corpus) => {
    await prepareEleventy(place, corpus);
    writeFiles(place.folder, new Map([['.htmlvalidate.json', JSON.stringify(validation)]]));
  },
  steps: (place) => [
    buildWithEleventy(place),
    run(place, 'pagefind/lib/runner/bin.cjs', ['--site', 'out/site', '--quiet']),
    {
      ...run(place, 'html-validate/bin/html-validate.mjs', ['--formatter=json', 'out/site']),
      good: [0, 1],
    },
    // Addresses outside are skipped: nothing is there.
    run(place, 'linkinator/build/src/cli.js', [
      ...['out/site', '--recurse', '--skip', '^https://', '--verbosity', 'ERROR'],
    ]),
    {
      ...{ program: 'zip', words: ['-q', '-r', '../site.zip', '.'] },
      cwd: join(place.folder, 'out/site'),
    },
    run(place, 'ipfs-car/bin.js', ['pack', 'out/site', '--output', 'out/site.car']),
  ],
  outputs: ({ folder }) => [join(folder, 'out')],
};
