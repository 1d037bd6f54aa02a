import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, runCommand } from '../helpers/build.ts';

const settings = () => ({
  CONTENT_DIR: 'tests/fixtures/garden',
  OUT_DIR: join(makeFolder('start-'), 'dist'),
});

test('start names a port that is taken, and how to choose another, before it builds', async () => {
  const other = createServer().listen(0, 'localhost');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { code, output } = await runCommand('start.ts', { ...settings(), PORT: String(port) });
  other.close();
  expect(code).toBe(1);
  expect(output).toContain(`Port ${port} is taken by another program.`);
  expect(output).toContain(`PORT=${port + 1} npm start`);
  expect(output).not.toContain('reading the campaign');
  expect(output).not.toMatch(/^\s+at /m);
});

test('start refuses a port that is none before it builds', async () => {
  const { code, output } = await runCommand('start.ts', { ...settings(), PORT: 'http' });
  expect(code).toBe(1);
  expect(output).toBe(
    'PORT is "http"; a whole number from 0 to 65535 was expected, such as PORT=4322.\n',
  );
});

test('start builds, says what it did, serves, and ends when it is told to', async () => {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'scripts/start.ts'], {
    env: { ...process.env, ...settings(), PORT: '0' },
    detached: true,
  });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  while (!/look at http/.test(output)) await once(child.stdout, 'data');
  expect(output).not.toContain('installing'); // what is there is not installed again
  expect(output).toMatch(/built in [\d.]+ s: 54 pages in 2 languages \(ar, en\)/);
  expect(output).toMatch(/\d+ files, 1\.\d+ MB; largest page \S+, \d+ bytes compressed/);

  const address = /http:\/\/localhost:\d+\//.exec(output)?.[0] ?? '';
  expect(await (await fetch(`${address}en/guide/watering.html`)).text()).toContain(
    '<h1>Watering</h1>',
  );
  const missing = await fetch(`${address}en/nothing`);
  expect(missing.status).toBe(404);
  expect(await missing.text()).toContain('This page is not here');

  process.kill(-(child.pid ?? 0), 'SIGINT'); // Ctrl-C goes to the whole group
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
});
