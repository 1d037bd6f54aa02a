import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '../build/project.ts';
import type { Generator } from './generator.ts';
import { writeCorpusCampaign } from './write-campaign.ts';

/** The generator of this project: what `npm run build` does. */
export const vyrai: Generator = {
  id: 'vyrai',
  name: 'Vyrai',
  makes: 'pages, feeds, both searches, checks, signed list, zip and CAR',
  isInstalled: false,
  version: () => {
    const file = readFileSync(join(project, 'package.json'), 'utf8');
    return (JSON.parse(file) as { version: string }).version;
  },
  prepare: ({ folder }, corpus) => writeCorpusCampaign(join(folder, 'campaign'), corpus),
  steps: ({ folder }) => [
    {
      ...{ program: process.execPath, words: ['scripts/build.ts'], cwd: project },
      env: {
        CONTENT_DIR: join(folder, 'campaign'),
        OUT_DIR: join(folder, 'site'),
        CACHE_DIR: join(folder, 'cache'),
        VERBOSE: '1',
      },
    },
  ],
  outputs: ({ folder }) => [join(folder, 'site'), join(folder, 'cache')],
};
