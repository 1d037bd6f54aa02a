import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

interface Project {
  readonly name: string;
  /** What is made before the first test of the project runs. */
  readonly setups?: readonly ('sites' | 'browser')[];
  /** The files with tables of planted faults whose rows need a host, a browser or a build each. */
  readonly planted?: readonly string[];
}

/** A folder of `tests/` each, from what is quick to what is slow: `npm test -- --project kit`. */
const projects: readonly Project[] = [
  { name: 'unit' },
  { name: 'kit', planted: ['page-compare'] },
  { name: 'build', setups: ['sites'], planted: ['page-recognise', 'sign'] },
  { name: 'browser', setups: ['sites', 'browser'], planted: ['*'] },
  { name: 'lab', setups: ['sites', 'browser'], planted: ['*'] },
];

/** With `--mode planted`, which the lab uses, only the tables of planted faults run, all rows. */
export default defineConfig(({ mode }) => {
  const isPlanted = mode === 'planted';
  const configure = ({
    name,
    setups = [],
    planted = [],
  }: Project): TestProjectInlineConfiguration => ({
    extends: true,
    test: {
      name,
      include: (isPlanted ? planted : ['**/*']).map((file) => `tests/${name}/${file}.test.ts`),
      globalSetup: setups.map((setup) => `tests/helpers/setup-${setup}.ts`),
    },
  });
  return {
    test: {
      testTimeout: 180_000, // ends what hangs; a busy machine is three times as slow
      hookTimeout: 180_000,
      teardownTimeout: 180_000, // a worker that a busy machine ends slowly is no failure
      maxWorkers: 2, // builds and browsers wait more than they work, also on two cores
      globalSetup: 'tests/helpers/setup-scratch.ts',
      provide: { depth: isPlanted ? 'all' : 'representative' },
      projects: projects.map(configure),
    },
  };
});
