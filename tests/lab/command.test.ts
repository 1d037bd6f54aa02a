import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../helpers/build.ts';
import { chooseRows, isLong, longTest } from '../helpers/depth.ts';
import { page, plant } from '../helpers/plant.ts';
import { runNode, type NodeOutcome } from '../helpers/run-node.ts';

const run = (...words: string[]): Promise<NodeOutcome> =>
  runNode(['scripts/run.mjs', '--with=scripts/lab', 'scripts/lab.ts', ...words], {
    INIT_CWD: '',
  });

const sound = () => plant({}).folder;
const withLink = (target: string) => {
  const { folder } = plant({});
  symlinkSync(target, join(folder, 'alias.html'));
  return folder;
};

describe('the command', () => {
  const mistakes: [name: string, words: () => string[], code: number, expected: string][] = [
    ['with a folder and long', () => ['long', sound()], 2, 'long has no part'],
    ['with long and names', () => ['long', '--only', 'sirv'], 2, 'long tries all'],
    ['with two folders', () => [sound(), sound()], 2, 'One folder at a time'],
    ['with a folder that is not there', () => ['/nowhere'], 2, '/nowhere is no folder'],
    ['with an unknown option', () => [sound(), '--fast'], 2, '--fast'],
    [
      'with a name that no host has',
      () => [sound(), '--only', 'ngnix'],
      2,
      'no host or program is called "ngnix". There are: nginx;',
    ],
    ['with no name', () => [sound(), '--only', ''], 2, 'no host or program is called ""'],
    [
      'with an empty folder',
      () => [makeFolder('empty-')],
      2,
      'has no page: expected files that end in .html',
    ],
    [
      'with a symbolic link in the folder',
      () => [withLink('index.html')],
      2,
      'neither a file nor a folder: alias.html',
    ],
    [
      'with a symbolic link that leads nowhere',
      () => [withLink('nothing')],
      2,
      'neither a file nor a folder: alias.html',
    ],
    ['with a folder for its findings', () => [sound(), '--json', tmpdir()], 2, 'Name a file.'],
    ['when asked for help', () => ['--help'], 0, '--install  gets what'],
  ];
  test.each(chooseRows(mistakes, ([, , code]) => String(code)))(
    '%s says what it wants, without a stack trace',
    async (_name, words, code, expected) => {
      const result = await run(...words());
      expect(result.output).toContain(expected);
      expect(result.output).not.toMatch(/^\s+at /m);
      expect(result.code).toBe(code);
    },
  );

  longTest('leaves rights outside of the folder as they are', async () => {
    const outside = makeFolder('outside-');
    mkdirSync(join(outside, 'private'));
    writeFileSync(join(outside, 'private', 'key'), 'secret');
    chmodSync(join(outside, 'private', 'key'), 0o600);
    await run(withLink(join(outside, 'private', 'key')), '--only', 'sirv');
    expect(statSync(join(outside, 'private', 'key')).mode & 0o777).toBe(0o600);
  });

  test('checks any site: prints its table, names faults by file, and ends with 1 where there are some', async () => {
    const fine = await run(sound(), '--only', isLong ? 'sirv,chromium' : 'sirv');
    expect(fine.output).toMatch(
      /\| sirv 3\.0\.2 \/ +\| 4 files \| \d+ links +\| the host’s, 404 \| \d pages \|/,
    );
    if (isLong) expect(fine.output).toMatch(/\| Chromium [\d.]+, scripts off \| ok /);
    expect(fine.code).toBe(0);
    const { folder } = plant({ 'beds/sage.html': page('Sage', '<a href="min.html">Mint</a>') });
    const faulty = await run(folder, '--only', 'sirv');
    expect(faulty.output).toContain(
      'sirv 3.0.2 /, sirv 3.0.2 /deep/sub/path/, links: beds/sage.html, link min.html, leads to ' +
        'beds/min.html, which is no file of the site',
    );
    expect(faulty.code).toBe(1);
  });

  test('leaves nothing behind when it is stopped', async () => {
    const before = new Set(readdirSync(tmpdir()).filter((name) => name.startsWith('vyrai-lab-')));
    const child = spawn(
      process.execPath,
      [
        'scripts/run.mjs',
        '--with=scripts/lab',
        'scripts/lab.ts',
        sound(),
        '--only',
        'serve,http-server,bucket',
      ],
      { detached: true },
    );
    let output = '';
    child.stderr.on('data', (text) => (output += text));
    child.stdout.on('data', (text) => (output += text));
    const closed = once(child, 'close');
    while (!/serve 14/.test(output)) {
      const data = once(child.stdout, 'data').then(() => true);
      const isRunning = await Promise.race([data, closed.then(() => false)]);
      if (!isRunning) throw new Error(`it ended before it was stopped: ${output}`);
    }
    process.kill(-(child.pid ?? 0), 'SIGINT');
    const [code] = (await closed) as [number | null];
    expect(code).toBe(130);
    expect(output).not.toMatch(/^\s+at /m);
    expect(
      readdirSync(tmpdir()).filter((name) => name.startsWith('vyrai-lab-') && !before.has(name)),
    ).toEqual([]);
  });
});
