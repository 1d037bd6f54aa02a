import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { falsify, makeWorkspace } from '../../scripts/demo/workspace.ts';

/** A port that was free a moment ago: Astro chooses the next one if it is taken meanwhile. */
async function findPort(): Promise<string> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return String(port);
}

/** What a shell has: Vite acts otherwise where it believes that it is tested. */
const surroundings = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(?:VITEST.*|TEST|MODE|DEV|PROD|SSR)$/.test(name),
  ),
);

test('dev shows a page, then its changed sentence, then faults in words above and in its place, and ends with Ctrl-C', async () => {
  // in a clone: while it runs here, no other test could build another campaign
  const workspace = makeWorkspace('tests/fixtures/garden', new AbortController().signal);
  const guide = join(workspace.clone, 'src/content/guides/en/watering.mdx');
  const port = await findPort();
  const child = spawn(process.execPath, ['scripts/run.mjs', 'scripts/dev.ts', '--port', port], {
    cwd: workspace.clone,
    env: { ...surroundings, NO_COLOR: '1' },
    detached: true,
  });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  const show = async (): Promise<string> =>
    (await fetch(`http://localhost:${port}/en/guide/watering.html`)).text();
  /** Asks again and again; what hangs is named with all that was printed. */
  const waitFor = async (what: string, ask: () => boolean | Promise<boolean>): Promise<void> => {
    for (let tries = 0; !(await ask()); tries++) {
      if (tries === 300) throw new Error(`no ${what} after ${tries} tries:\n${output}`);
      await wait(200);
    }
  };
  const edit = (from: string, to: string): void => falsify(guide, from, to);
  try {
    await waitFor('address', () => output.includes(`localhost:${port}`));
    await waitFor('page', async () => (await show()).includes('>Watering</h1>'));
    edit('title: Watering', 'title: Rain');
    let asked = 0;
    await waitFor('changed title', async () => {
      // Astro can miss what is saved while it compiles a page for the first time: one saves again.
      if (++asked % 50 === 0) writeFileSync(guide, readFileSync(guide));
      return (await show()).includes('>Rain</h1>');
    });
    edit('state: live', 'state: alive');
    await waitFor('fault', () => /expected +one of live, archived, dangerous/.test(output));
    await waitFor('fault above the page', async () => {
      const page = await show();
      return page.includes('<h1') && /<section [^>]*data-faults/.test(page);
    });
    edit('state: alive', 'state: live');
    await waitFor('page without a fault', async () => !(await show()).includes('data-faults'));
    writeFileSync(guide, `${readFileSync(guide, 'utf8')}\n<Unknown />\n\n![x](./none.jpg)\n`);
    await waitFor('faults in the place of a page', async () => {
      const page = await show();
      return page.includes('&lt;Unknown>') && page.includes('no file guides/en/none.jpg');
    });
    expect(await show()).not.toContain('node_modules/');
    process.kill(-(child.pid ?? 0), 'SIGINT'); // Ctrl-C goes to the whole group
    await once(child, 'close');
    expect(output).not.toMatch(/^\s+at |Stack trace/m);
  } finally {
    if (child.exitCode === null && child.signalCode === null)
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    workspace.remove();
  }
});
