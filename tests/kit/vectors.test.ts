import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import {
  askEach,
  askProgram,
  findDifference,
  readCases,
  vectors,
  wordsOf,
} from '../vectors/contract.ts';
import { compareOn, fuzzCopies } from '../vectors/fuzz.ts';
import { makeVectors } from '../vectors/make.ts';
import { check } from '../vectors/vyrai.ts';
import { makeFolder } from '../helpers/build.ts';
import { makeRandom } from '../helpers/archives.ts';
import { fuzzSettings, fuzzTimeout } from '../helpers/fuzz.ts';
import { isLong } from '../helpers/depth.ts';
import { runNode } from '../helpers/run-node.ts';

const cases = readCases();
const nothing = { exit: null, verdict: null, output: '' };
const written = ['cases.json', 'targets', 'trust', 'keys'];

/** All files below some names of a folder, with their bytes. */
function readTree(folder: string, names: readonly string[]): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const visit = (path: string): void => {
    for (const item of readdirSync(join(folder, path), { withFileTypes: true })) {
      const below = join(path, item.name);
      if (item.isDirectory()) visit(below);
      else files.set(below, readFileSync(join(folder, below)));
    }
  };
  for (const name of names)
    if (name.includes('.')) files.set(name, readFileSync(join(folder, name)));
    else visit(name);
  return files;
}

describe('the vectors', () => {
  it('agree with our checker', async () => {
    const differences: string[] = [];
    for (const each of cases) {
      const difference = findDifference(each, await check(wordsOf(each)));
      if (difference !== undefined) differences.push(difference);
    }
    expect(differences).toEqual([]);
  });

  it('agree with it by the command: all in one process, and one in a process of its own', () => {
    const command = [process.execPath, join(vectors, 'vyrai.ts')];
    const outcomes = askEach(
      command,
      cases.map((each) => wordsOf(each).slice(1)),
    );
    const differences = cases.flatMap(
      (each, index) => findDifference(each, outcomes[index] ?? nothing) ?? [],
    );
    expect(differences).toEqual([]);
    // Each start of a program costs as much as a hundred cases in this one.
    const alone = isLong ? cases : cases.slice(0, 1);
    expect(alone.flatMap((each) => findDifference(each, askProgram(command, each)) ?? [])).toEqual(
      [],
    );
  });

  it('refuse a program that says yes to everything', async () => {
    const yes = 'console.log("verdict: authentic")';
    const { code, stdout } = await runNode([
      join(vectors, 'run.ts'),
      '--only',
      'f-page-m',
      process.execPath,
      '--eval',
      yes,
      '--',
    ]);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: expect.stringMatching(
        /^f-page-missing: authentic \(exit code 0\), expected incomplete \(exit code 1\) by F-1: .*1 cases, 1 differ\n$/s,
      ),
    });
  });

  it('are what make.ts writes, byte by byte', () => {
    const folder = makeFolder('vectors-');
    makeVectors(folder);
    const [made, kept] = [readTree(folder, written), readTree(vectors, written)];
    expect([...made.keys()].sort()).toEqual([...kept.keys()].sort());
    expect([...made].filter(([path, bytes]) => !kept.get(path)?.equals(bytes))).toEqual([]);
  });

  it('take less than a megabyte in at least 80 cases', () => {
    const bytes = [...readTree(vectors, written).values()].reduce(
      (sum, file) => sum + file.length,
      0,
    );
    expect(bytes).toBeLessThan(1_000_000);
    expect(cases.length).toBeGreaterThanOrEqual(80);
  });
});

/** Written from the specification alone: what it says otherwise is a fault of one of the two. */
describe.skipIf(spawnSync('python3', ['--version']).error)('the second checker', () => {
  const python = ['python3', 'scripts/verify.py'];

  it('agrees with all vectors', () => {
    const outcomes = askEach(
      python,
      cases.map((each) => wordsOf(each).slice(1)),
    );
    expect(
      cases.flatMap((each, index) => findDifference(each, outcomes[index] ?? nothing) ?? []),
    ).toEqual([]);
  });

  it('agrees with ours at the edge of the command, and on links', async () => {
    const [copy, one, all] = ['targets/true-zip.zip', 'trust/two', 'trust/all'].map((path) =>
      join(vectors, path),
    ) as [string, string, string];
    const key = join(vectors, 'keys/anna.pub');
    const folder = makeFolder('edges-');
    const link = (name: string, to: string): string => {
      symlinkSync(to, join(folder, name));
      return join(folder, name);
    };
    /** The clone of editions 1 to 3, in which something of the newest is a link to the same. */
    const cloneWithLink = (name: string, path: string): string => {
      const clone = join(folder, name);
      cpSync(all, clone, { recursive: true });
      rmSync(join(clone, path), { recursive: true });
      symlinkSync(join(all, path), join(clone, path));
      return clone;
    };
    const day = ['--today', '2026-06-01'];
    const signature = readdirSync(join(all, 'editions/3')).find((name) =>
      name.endsWith('.minisig'),
    );
    const rows: readonly (readonly [exit: number, words: readonly string[]])[] = [
      [2, ['--key', join(folder, 'missing.pub'), ...day, copy]],
      [2, ['--key', folder, ...day, copy]],
      [2, ['--trust', folder, ...day, copy]],
      [2, ['--key', key, '--trust', one, ...day, copy]],
      [2, ['--trust', one, '--threshold', '1', ...day, copy]],
      ...['01', '1.0', '1e0', '0', '-1', ' 1', 'one', ''].map(
        (count) => [2, ['--key', key, '--threshold', count, ...day, copy]] as const,
      ),
      ...['2026-02-29', '2026-02', '', 'today'].map(
        (date) => [2, ['--trust', one, '--today', date, copy]] as const,
      ),
      [2, ['--trust', one, ...day]],
      [2, ['--trust', one, ...day, copy, copy]],
      [2, ['--trust', one, ...day, '--unknown', copy]],
      [2, ['--trust', one, ...day, join(folder, 'missing.zip')]],
      // What the user names is followed; a link inside of it is not.
      [0, ['--trust', link('clone', one), ...day, link('copy.zip', copy)]],
      [0, ['--key', link('key.pub', key), '--threshold', '1', ...day, copy]],
      [2, ['--trust', cloneWithLink('list', 'editions/3/SHA256SUMS'), ...day, copy]],
      [2, ['--trust', cloneWithLink('edition', 'editions/3/EDITION.txt'), ...day, copy]],
      [2, ['--trust', cloneWithLink('folder', 'editions/3'), ...day, copy]],
      // Edition 3 is not known then, and edition 2 leads to its keys: an older one is no news.
      [0, ['--trust', cloneWithLink('one', `editions/3/${signature}`), ...day, copy]],
      [1, ['--trust', join(folder, 'one'), ...day, join(vectors, 'targets/t-clone-pushed.zip')]],
    ];
    const theirs = askEach(
      python,
      rows.map(([, words]) => words),
    );
    for (const [index, [exit, words]] of rows.entries()) {
      const ours = await check(['verify', ...words]);
      expect([ours.exit, words]).toEqual([exit, words]);
      expect([theirs[index]?.exit, theirs[index]?.verdict, words]).toEqual([
        exit,
        ours.verdict,
        words,
      ]);
    }
  });

  it(
    'agrees with ours on damaged copies',
    async () => {
      const settings = fuzzSettings(60, 20_260);
      // Five times what a reader of bytes gets in the long run: 100,000.
      const count = isLong ? settings.cases * 5 : settings.cases;
      const random = makeRandom(settings.seed);
      const atOnce = 500;
      for (let done = 0; done < count; done += atOnce) {
        const folder = makeFolder('fuzzed-');
        const copies = fuzzCopies(folder, Math.min(atOnce, count - done), random);
        const { differences } = await compareOn(copies, (checks) => askEach(python, checks));
        expect(differences).toEqual([]);
        rmSync(folder, { recursive: true });
      }
    },
    fuzzTimeout,
  );
});

test('two cases never say the same of the same', () => {
  const claims = cases.map(({ target, trust, today }) => JSON.stringify([target, trust, today]));
  expect(claims.filter((claim, index) => claims.indexOf(claim) !== index)).toEqual([]);
});
