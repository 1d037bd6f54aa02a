/**
 * `npm test`: types, lint, then all tests. With arguments for vitest, only the tests that they name
 * (`npm test -- tests/unit/dates.test.ts`): whoever writes a test waits for nothing else.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const selection = process.argv.slice(2);
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const npmRun = (script: string) => () =>
  spawnSync(`npm run --silent ${script}`, { stdio: 'inherit', shell: true }); // npm.cmd on Windows
const runVitest = () =>
  spawnSync(process.execPath, [vitest, 'run', ...selection], { stdio: 'inherit' });

process.on('SIGINT', () => {}); // ends the step, and this process with the step's exit code
const steps = selection.length > 0 ? [runVitest] : [npmRun('types'), npmRun('lint'), runVitest];
for (const step of steps) {
  const { status, signal, error } = step();
  if (error) throw error;
  if (signal) process.exit(130);
  if (status !== 0) process.exit(status ?? 1);
}
