import { defineConfig } from 'vitest/config';

/** Files with tables whose every row needs a host, a browser or a build: `npm test` tries some, the lab all (`helpers/depth.ts`). */
const deepFiles = [
  'tests/browser/axe.test.ts',
  'tests/browser/reading.test.ts',
  'tests/browser/sheets.test.ts',
  'tests/lab/*.test.ts',
  'tests/kit/page-compare.test.ts',
  'tests/kit/page-recognise.test.ts',
  'tests/kit/sign.test.ts',
];

export default defineConfig({
  test: {
    testTimeout: 180_000, // ends what hangs; a busy machine is three times as slow
    hookTimeout: 180_000,
    maxWorkers: 2, // builds and browsers wait more than they work, also on two cores
    globalSetup: 'tests/helpers/global-setup.ts',
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: ['tests/**/*.test.ts'],
          provide: { depth: 'representative' },
        },
      },
      { extends: true, test: { name: 'lab', include: deepFiles, provide: { depth: 'all' } } },
    ],
  },
});
