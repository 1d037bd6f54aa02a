import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

// A process of its own, since Intl takes the language of the machine when Node starts.
it.each([
  ['src/lib/words.ts', "formatNumber(8400, 'qqq')", '8,400'],
  [
    'src/lib/words.ts',
    "pluralize({ one: '{count} letter', other: '{count} letters' }, 1, 'qqq')",
    '1 letter',
  ],
  ['src/kit/core/text/dates.ts', "formatDate('2021-11-14', 'qqq')", 'November 14, 2021'],
  ['src/kit/core/text/dates.ts', "formatAnnual('08-04', 'qqq')", 'August 4'],
])('%s: %s gives the same on a machine that speaks Arabic', (file, call, expected) => {
  const code = `const { ${call.slice(0, call.indexOf('('))} } = await import('./${file}'); console.log(${call}, new Intl.NumberFormat().resolvedOptions().locale)`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'ar_EG.UTF-8' },
  });
  expect(output.trim()).toBe(`${expected} ar-EG`);
});
