import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

interface Project {
  readonly name: string;
  /** What is made before the first test of the project runs. */
  readonly setups?: readonly ('sites' | 'browser')[];
}

/** A folder of `tests/` each, from what is quick to what is slow: `npm test -- --project kit`. */
const projects: readonly Project[] = [
  { name: 'unit' },
  { name: 'kit' },
  { name: 'build', setups: ['sites'] },
  { name: 'browser', setups: ['sites', 'browser'] },
  { name: 'lab', setups: ['sites', 'browser'] },
];

/** With `--mode long`, which `npm run lab -- long` uses, tables of planted faults run whole. */
export default defineConfig(({ mode }) => {
  const configure = ({ name, setups = [] }: Project): TestProjectInlineConfiguration => ({
    extends: true,
    test: {
      name,
      include: [`tests/${name}/**/*.test.ts`],
      globalSetup: setups.map((setup) => `tests/helpers/setup-${setup}.ts`),
    },
  });
  return {
    test: {
      testTimeout: 600_000, // ends what hangs, and nothing else: a busy machine is many times as slow
      hookTimeout: 600_000,
      teardownTimeout: 180_000, // a worker that a busy machine ends slowly is no failure
      maxWorkers: 2, // builds and browsers wait more than they work, also on two cores
      globalSetup: 'tests/helpers/setup-scratch.ts',
      provide: { depth: mode === 'long' ? 'all' : 'kinds' },
      projects: projects.map(configure),
    },
  };
});
