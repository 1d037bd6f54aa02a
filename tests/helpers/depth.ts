import { inject, test } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** How much of the tables of planted faults runs: all with `vitest --mode planted`. */
    depth: 'representative' | 'all';
  }
}

/** Whether this run is the one of the lab: `npm run conformance -- dist --planted`. */
export const isLab = inject('depth') === 'all';

/**
 * The rows of a table that this run tries: all in the lab, the first `count` in `npm test`. Whatever needs a host or a browser for
 * each row stands in such a table, so that `npm test` stays quick and `.ci/run` still tries all.
 */
export const chooseRows = <Row>(rows: readonly Row[], count = 1): readonly Row[] =>
  isLab ? rows : rows.slice(0, count);

/** A test that only the lab runs; its kind has a representative in `npm test`. */
export const labTest = test.runIf(isLab);
