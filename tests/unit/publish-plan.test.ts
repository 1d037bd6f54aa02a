import { describe, expect, it } from 'vitest';
import { planPublication, printPlan } from '../../scripts/publish/plan.ts';

const key = '0123456789ABCDEF';
const gone = 'FEDCBA9876543210';
const site = new Map(
  Object.entries({
    'EDITION.txt': 'e2',
    SHA256SUMS: 'l2',
    [`SHA256SUMS.${key}.minisig`]: 's2',
    'download/CID.txt': 'c2',
    'download/garden-2.zip': 'z2',
    'en/b.html': 'b2',
    'en/a.html': 'a',
    'en/new.html': 'n2',
  }),
);
const old = {
  'EDITION.txt': 'e1',
  SHA256SUMS: 'l1',
  [`SHA256SUMS.${key}.minisig`]: 's1',
  [`SHA256SUMS.${gone}.minisig`]: 's1',
  'download/CID.txt': 'c1',
  'download/garden-1.zip': 'z1',
  'en/b.html': 'b1',
  'en/a.html': 'a',
  'en/old.html': 'o1',
};
const plan = (placed: Readonly<Record<string, string | undefined>>) =>
  planPublication(new Map(Object.entries(placed)), site, (path) => path === 'en/old.html');
const stepsOf = (placed: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(plan(placed).steps.map(({ name, paths }) => [name, paths]));

describe('what a plan never does', () => {
  it('deletes nothing that no edition has had, and names it', () => {
    const { steps, kept, strange } = plan({ ...old, 'pay.html': 'x', CNAME: 'y' });
    expect(steps.flatMap(({ paths }) => paths)).not.toContain('pay.html');
    expect([kept, strange]).toEqual([['CNAME'], ['pay.html']]);
  });
  it('takes no file for the right one where nobody can say what is in it', () => {
    expect(stepsOf({ ...old, 'en/a.html': undefined })['changed files']).toContain('en/a.html');
  });
  it('changes the list only after all that it names, and deletes only after its signatures', () => {
    expect(plan(old).steps.map(({ name }) => name)).toEqual([
      'new files',
      'changed files',
      'manifest',
      'signatures',
      'deletions',
    ]);
  });
});

describe('what a plan does', () => {
  it('puts each file into its step', () => {
    expect(stepsOf(old)).toEqual({
      'new files': ['download/garden-2.zip', 'en/new.html'],
      'changed files': ['en/b.html'],
      manifest: ['EDITION.txt', 'SHA256SUMS', 'download/CID.txt'],
      signatures: [`SHA256SUMS.${key}.minisig`],
      deletions: [`SHA256SUMS.${gone}.minisig`, 'download/garden-1.zip', 'en/old.html'],
    });
  });
  it('has nothing to do where all is there', () => {
    expect(plan(Object.fromEntries(site)).steps).toEqual([]);
    expect(printPlan(plan(Object.fromEntries(site)))).toEqual([]);
  });
  it('sends all to an empty place', () => {
    expect(plan({}).steps.map(({ name, paths }) => `${name} ${paths.length}`)).toEqual([
      'new files 4',
      'manifest 3',
      'signatures 1',
    ]);
  });
  it('says in a line for each step what it is about', () => {
    expect(printPlan(plan({}))).toContain(
      'new files: download/garden-2.zip, en/a.html, en/b.html, … and 1 more',
    );
  });
});
