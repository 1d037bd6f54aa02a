import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/helpers/global-setup.ts',
    testTimeout: 180_000, // ends what hangs; a busy machine is three times as slow
    hookTimeout: 180_000,
    maxWorkers: 2, // builds and browsers wait more than they work, also on two cores
  },
});
