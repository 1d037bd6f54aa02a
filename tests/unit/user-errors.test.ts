import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runNode } from '../helpers/run-node.ts';

const sources = ['src', 'scripts'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && item.name.endsWith('.ts'))
    .map((item) => join(item.parentPath, item.name))
    .filter((file) => !file.includes('node_modules')),
);

/** Caught where they are thrown: no user sees them. */
const inner = [
  'src/kit/core/platform.ts',
  'src/kit/core/text/user-error.ts',
  'src/kit/node/source/http/address.ts',
];

test('every kind of error that can reach a user is a UserError', () => {
  expect(sources.length).toBeGreaterThan(250);
  const own = sources.filter((file) =>
    /class \w+ extends Error\b/.test(readFileSync(file, 'utf8')),
  );
  expect(own.sort()).toEqual(inner);
});

/** Ends a command with an error, as a process of its own. */
const end = (code: string) =>
  runNode([
    '--input-type=module',
    '--eval',
    `import { runCommand } from './scripts/cli/command-line.ts';
     import { UsageError } from './scripts/cli/command-line.ts';
     import { ManifestError } from './src/kit/core/manifest/manifest.ts';
     await runCommand(() => { ${code} }, 3);`,
  ]);

describe('a command ends', () => {
  test.each<[what: string, code: string, exitCode: number, message: string]>([
    [
      'with its own code after an error of any part',
      "throw new ManifestError(7, 'a', 'b')",
      3,
      'line 7',
    ],
    ['with the code that the error names', "throw new UsageError('Found x.')", 2, 'Found x.'],
    ['with the reason of the system', "process.chdir('/nowhere/at/all')", 3, '/nowhere/at/all'],
  ])('%s, in words', async (_what, code, exitCode, message) => {
    const outcome = await end(code);
    expect(outcome.code).toBe(exitCode);
    expect(outcome.stderr).toContain(message);
    expect(outcome.stderr).not.toMatch(/^\s+at /m);
  });

  test('with a stack trace after a fault of the program', async () => {
    const { code, stderr } = await end("throw new TypeError('a slip')");
    expect(code).toBe(1);
    expect(stderr).toMatch(/TypeError: a slip\n\s+at /);
  });
});
