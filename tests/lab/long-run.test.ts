import { describe, expect, it, test } from 'vitest';
import { printResult, printTests, putPart } from '../../scripts/lab/long-run.ts';
import { labParts, readOptions, testParts } from '../../scripts/lab/options.ts';
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
  const lab = printResult(table, '90 s');
  const tests = printTests(report, '20 s');
  for (const text of [lab, tests]) {
    expect(text).toMatch(/^Commit: [0-9a-f]{40}/m);
    expect(text).toMatch(/^Machine: \d+ × .*, Node \d+\.\d+\.\d+$/m);
  }
  expect(lab).toContain('Hosts: 3 rows; cells: 1 hold, 1 fail, 1 left out. It took 90 s.');
  expect(lab).toContain('\n\nFaults:\n\n- b, links: a.html leads nowhere\n');
  expect(tests).toContain('2 passed, 1 failed, 3 were left out. It took 20 s.');
  expect(tests).toContain('\nFaults:\n\n- tests/unit/a.test.ts: a slip\n');
  expect(tests).toContain('\nTests that were left out:\n\n- tests/unit/a.test.ts: a comparison\n');
  expect(tests).not.toContain('a success');
});

test('a part that is run again takes its own place, and the others stay', () => {
  const first = putPart('', 'tests/kit', 'Tests of May');
  expect(first).toMatch(/^# [^]*\n## site\n\nNot run yet\.\n\n## checkers\n\nNot run yet\.\n/);
  expect(first).toMatch(/\n## tests\/kit\n\nTests of May\n\n## tests\/build\n\nNot run yet/);
  const both = putPart(putPart(first, 'site', 'Site of June'), 'tests/kit', 'Tests of July');
  expect(both).toMatch(/\n## site\n\nSite of June\n[^]*\n## tests\/kit\n\nTests of July\n/);
  expect(both).not.toContain('May');
});

describe('a long run', () => {
  it.each([
    [['long', 'nobody'], 'long has no part "nobody". There are: site,'],
    [['long', '--only', 'nginx'], 'long tries all'],
    [['src', 'tests'], 'One folder at a time'],
  ])('%j is refused', (words, message) => {
    expect(() => readOptions(words)).toThrow(message);
  });

  it('has all parts, or those that are named, in one order', () => {
    expect(readOptions(['long'])).toMatchObject({ long: true, parts: labParts, tests: testParts });
    expect(readOptions(['long', 'tests/kit', 'hosts', 'site'])).toMatchObject({
      parts: ['site', 'hosts'],
      tests: ['tests/kit'],
    });
    expect(readOptions([])).toMatchObject({ long: false, parts: labParts, tests: [] });
  });
});
