import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  CampaignError,
  findNearest,
  formatFaults,
  type Fault,
} from '../../src/campaign/read/fault.ts';

const fault = (file: string, line?: number, found = 'this'): Fault => ({
  file,
  line,
  found,
  expected: 'that',
  fix: 'change it',
});

describe('formatFaults', () => {
  it('writes one fault with its file, line and field', () => {
    const one: Fault = {
      file: 'actions/a.yaml',
      line: 4,
      where: 'field "state"',
      found: '"lives"',
      expected: 'live, archived',
      fix: 'did you mean "live"?',
    };
    expect(formatFaults([one], 'src/content')).toBe(
      [
        '1 fault in src/content',
        '',
        'actions/a.yaml:4  field "state"',
        '  found     "lives"',
        '  expected  live, archived',
        '  to fix    did you mean "live"?',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['line and field', { file: 'a.yaml' }, 'a.yaml'],
    ['the field', { file: 'a.yaml', line: 2 }, 'a.yaml:2'],
    ['the line', { file: 'a.yaml', where: 'field "x"' }, 'a.yaml  field "x"'],
    [
      'a line that is given as undefined',
      { file: 'a.yaml', line: undefined, where: undefined },
      'a.yaml',
    ],
  ])('leaves out %s where it is not known', (_, place, expected) => {
    expect(
      formatFaults([{ ...place, found: 'x', expected: 'y', fix: 'z' }], 'here').split('\n')[2],
    ).toBe(expected);
  });

  it('says what several pages show once, with the first of them', () => {
    const seen = (page?: string): Fault => ({ ...fault('a.md', 3), page });
    const text = (...pages: string[]) =>
      formatFaults(pages.map(seen), 'here').replace(/\n {2}expected[^]*/, '');
    expect(text('fr/b.html', 'fr/b.html')).toBe(
      '1 fault in here\n\na.md:3\n  found     this, in fr/b.html',
    );
    expect(text('fr/b.html', 'en/b.html')).toContain('this, in en/b.html and 1 other page');
    expect(text('c.html', 'b.html', 'a.html')).toContain('this, in a.html and 2 other pages');
    expect(formatFaults([fault('a.md', 3), fault('a.md', 3), fault('a.md', 4)], 'here')).toMatch(
      /^2 faults/,
    );
  });

  it('sorts by file, then by line as a number, with the whole file first', () => {
    const faults = [
      fault('b.yaml', 1),
      fault('a.yaml', 10),
      fault('a.yaml', 9),
      fault('a.yaml'),
      fault('B.yaml', 3),
    ];
    const text = formatFaults(faults, 'here');
    expect(text.split('\n').filter((line) => line.includes('.yaml'))).toEqual([
      'B.yaml:3',
      'a.yaml',
      'a.yaml:9',
      'a.yaml:10',
      'b.yaml:1',
    ]);
    expect(text).toMatch(/^5 faults in here\n\n/);
  });

  it('keeps the order of faults of one line', () => {
    const text = formatFaults(
      [fault('a.yaml', 1, 'first'), fault('a.yaml', 1, 'second'), fault('a.yaml', 1, 'third')],
      'here',
    );
    expect([...text.matchAll(/found {5}(\w+)/g)].map(([, found]) => found)).toEqual([
      'first',
      'second',
      'third',
    ]);
  });

  it('leaves the list as it is', () => {
    const faults = [fault('b.yaml'), fault('a.yaml')];
    formatFaults(faults, 'here');
    expect(faults.map(({ file }) => file)).toEqual(['b.yaml', 'a.yaml']);
  });
});

describe('CampaignError', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fault-'));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it('holds the faults and says them', () => {
    vi.stubEnv('FAULT_REPORT', undefined);
    const faults = [fault('a.yaml', 1)];
    const error = new CampaignError(faults, 'here');
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('CampaignError');
    expect(error.faults).toBe(faults);
    expect(error.message).toBe(
      '1 fault in here\n\na.yaml:1\n  found     this\n  expected  that\n  to fix    change it\n',
    );
  });

  it.each([
    ['is not set', undefined],
    ['is empty', ''],
  ])('writes no report where FAULT_REPORT %s', (_, value) => {
    vi.stubEnv('FAULT_REPORT', value);
    expect(new CampaignError([fault('a.yaml')], 'here').faults).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('writes its faults to the file that FAULT_REPORT names, and says them nowhere else', () => {
    const report = join(folder, 'report.txt');
    vi.stubEnv('FAULT_REPORT', report);
    const faults = [fault('été.yaml', 1)];
    const error = new CampaignError(faults, 'here');
    expect(readFileSync(report, 'utf8')).toBe(formatFaults(faults, 'here'));
    expect(error.message).toBe('1 fault in here');
  });
});

describe('findNearest', () => {
  const states = ['live', 'archived', 'dangerous', 'unverified'];

  it.each([
    ['nothing among no names', 'live', [], undefined],
    ['nothing that is like nothing', 'zebra', states, undefined],
    ['nothing three edits away from a short name', 'abcd', ['wxyd'], undefined],
    ['nothing whose length alone is too far off', 'live', ['liveliness'], undefined],
    ['a name two edits away from a short one', 'lvie', states, 'live'],
    ['a name of a missing letter', 'archivd', states, 'archived'],
    ['a name of a doubled letter', 'liive', states, 'live'],
    ['a name of another letter', 'dangerots', states, 'dangerous'],
    ['a name in another case, if it is short of capitals', 'Live', states, 'live'],
    ['a long name with as many edits as a third of it', 'abcdefghi', ['xyzdefghi'], 'xyzdefghi'],
    ['nothing with one edit more than a third of it', 'abcdefghi', ['wxyzefghi'], undefined],
    [
      'the same name before those that are near',
      'letter',
      ['letters', 'letter', 'better'],
      'letter',
    ],
    ['the nearer of two', 'letres', ['lettres', 'letters'], 'lettres'],
    ['the first of two that are equally near', 'cat', ['bat', 'hat'], 'bat'],
    ['a name for nothing, if it is short', '', ['ab'], 'ab'],
  ])('finds %s', (_, name, names, expected) => {
    expect(findNearest(name, names)).toBe(expected);
  });

  it('reads names from anything that can be gone through', () => {
    expect(findNearest('liev', new Set(states))).toBe('live');
  });
});
