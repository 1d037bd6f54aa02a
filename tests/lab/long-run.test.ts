import { expect, test } from 'vitest';
import { printLongRun } from '../../scripts/lab/long-run.ts';
import { failed, leftOut, type Table } from '../../scripts/lab/report.ts';

test('the result of a long run says which commit, which machine, how much was tried and what failed', () => {
  const table: Table = {
    title: 'Hosts',
    kind: 'host',
    columns: ['links'],
    rows: [
      { name: 'a', cells: new Map([['links', { state: 'ok', notes: [], failures: [] }]]) },
      { name: 'b', cells: new Map([['links', failed('a.html leads nowhere')]]) },
      { name: 'c', cells: new Map([['links', leftOut('no program')]]) },
    ],
  };
  const report = {
    numPassedTests: 2,
    numFailedTests: 1,
    numPendingTests: 3,
    testResults: [
      {
        name: `${process.cwd()}/tests/unit/a.test.ts`,
        assertionResults: [
          { fullName: 'a slip', status: 'failed' },
          { fullName: 'a success', status: 'passed' },
        ],
      },
    ],
  };
  const text = printLongRun([table], '90 s', report, '20 s');
  expect(text).toMatch(/^Commit: [0-9a-f]{40}/m);
  expect(text).toMatch(/^Machine: \d+ × .*, Node \d+\.\d+\.\d+$/m);
  expect(text).toContain('| Hosts | 3 | 1 | 1 | 1 |');
  expect(text).toContain('The lab took 90 s, the tests 20 s: 2 passed, 1 failed, 3 were left out.');
  expect(text).toContain('- tests/unit/a.test.ts: a slip\n- b, links: a.html leads nowhere\n');
  expect(text).not.toContain('a success');
});
