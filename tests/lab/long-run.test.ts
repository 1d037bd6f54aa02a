import { expect, test } from 'vitest';
import { printLab, printTests, putPart } from '../../scripts/lab/long-run.ts';
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
          { fullName: 'a comparison', status: 'skipped' },
        ],
      },
    ],
  };
  const lab = printLab([table], '90 s');
  const tests = printTests(report, '20 s');
  for (const text of [lab, tests]) {
    expect(text).toMatch(/^Commit: [0-9a-f]{40}/m);
    expect(text).toMatch(/^Machine: \d+ × .*, Node \d+\.\d+\.\d+$/m);
  }
  expect(lab).toContain('| Hosts | 3 | 1 | 1 | 1 |');
  expect(lab).toContain('It took 90 s.\n\nFaults:\n\n- b, links: a.html leads nowhere\n');
  expect(tests).toContain('2 passed, 1 failed, 3 were left out. It took 20 s.');
  expect(tests).toContain('\nFaults:\n\n- tests/unit/a.test.ts: a slip\n');
  expect(tests).toContain('\nTests that were left out:\n\n- tests/unit/a.test.ts: a comparison\n');
  expect(tests).not.toContain('a success');
});

test('a part that is run again takes its own place, and the other one stays', () => {
  const first = putPart('', 'tests', 'Tests of May');
  expect(first).toMatch(/^# [^]*\n## lab\n\nNot run yet\.\n\n## tests\n\nTests of May\n$/);
  const both = putPart(putPart(first, 'lab', 'Lab of June'), 'tests', 'Tests of July');
  expect(both).toMatch(/\n## lab\n\nLab of June\n\n## tests\n\nTests of July\n$/);
  expect(both).not.toContain('May');
});
