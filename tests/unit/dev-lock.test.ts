import { expect, test } from 'vitest';
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync, rmSync } from 'node:fs';
import { assertNoOtherDev } from '../../scripts/build/build-lock.ts';

const file = 'node_modules/.cache/dev.json';

test('a build of another campaign than the one that is shown says so; one that has ended does not count', async () => {
  const other = spawn(process.execPath, ['--eval', 'setTimeout(() => {}, 60_000)']);
  try {
    mkdirSync('node_modules/.cache', { recursive: true });
    writeFileSync(file, JSON.stringify({ pid: other.pid, campaign: '/shown' }));
    expect(() => assertNoOtherDev('/shown')).not.toThrow();
    expect(() => assertNoOtherDev('/other')).toThrow(
      expect.objectContaining({
        name: 'OtherCampaignError',
        message: expect.stringMatching(/"npm run dev" shows \/shown .* expected one campaign/),
      }),
    );
    const ended = new Promise((done) => other.on('exit', done));
    other.kill('SIGKILL');
    await ended;
    expect(() => assertNoOtherDev('/other')).not.toThrow();
  } finally {
    other.kill('SIGKILL');
    rmSync(file, { force: true });
  }
});
