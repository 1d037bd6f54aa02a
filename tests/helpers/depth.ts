import { inject, test } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** How much of the tables of planted faults runs: all with `vitest --mode long`. */
    depth: 'kinds' | 'all';
  }
}

/** Whether this run is the long one: `npm run lab -- long`. */
export const isLong = inject('depth') === 'all';

/**
 * The rows of a table that this run tries: all in the long run, else the first of each kind.
 * Whatever needs a host, a browser or a build for each row belongs in such a table, so that `npm
 * test` stays quick and still sees each check find a fault.
 * @param kindOf what finds the fault of a row; without it all rows are of one kind
 */
export function chooseRows<Row>(
  rows: readonly Row[],
  kindOf: (row: Row) => string = () => '',
): readonly Row[] {
  const kinds = rows.map(kindOf);
  return isLong ? rows : rows.filter((_, index) => kinds.indexOf(kinds[index] ?? '') === index);
}

/** A test that only the long run has; its kind has a representative in `npm test`. */
export const longTest = test.runIf(isLong);
