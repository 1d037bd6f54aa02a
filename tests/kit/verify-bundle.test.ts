import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeVerifyFile } from '../../scripts/release/write-release.ts';
import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { makeFolder } from '../helpers/build.ts';
import { isLong } from '../helpers/depth.ts';
import { runNode, type NodeOutcome } from '../helpers/run-node.ts';
import { makeEdition, makeKeys } from '../helpers/signed-sites.ts';
import { keysOfCase, readCases, vectors } from '../vectors/contract.ts';

let code: string;
/** Where there is nothing but the program. */
let place: string;
beforeAll(async () => {
  code = await makeVerifyFile('0.0.0');
  place = makeFolder('bundle-');
  writeFileSync(join(place, 'verify.mjs'), code);
});

const run = (...words: string[]): Promise<NodeOutcome> =>
  runNode(['verify.mjs', ...words], { HOME: place }, { cwd: place });

describe('verify.mjs', () => {
  it.each([
    ['nothing that it knows', ['publish'], 'Found the command "publish"', 2],
    ['no copy', ['verify'], 'Found no copy to check', 2],
    ['a copy without a key', ['verify', '.'], 'There is no key to check with', 2],
    ['a folder that is no clone', ['verify', '.', '--clone', '.'], 'no folder src/content', 2],
  ])('refuses %s, in words that fit how it was started', async (_, words, said, exit) => {
    const { code, stderr } = await run(...words);
    expect({ code, stderr }).toEqual({ code: exit, stderr: expect.stringContaining(said) });
    expect(stderr).not.toMatch(/npm run|^\s+at /m);
  });

  it('shows its commands, and the help of each', async () => {
    for (const words of [
      [],
      ['--help'],
      ['verify', '--help'],
      ['mirror', '-h'],
      ['keygen', '-h'],
    ]) {
      const { code, stdout } = await run(...words);
      expect(code, words.join(' ')).toBe(0);
      expect(stdout).toContain('node verify.mjs');
      expect(stdout).not.toContain('npm run');
    }
  });

  it('checks a copy, mirrors it and makes keys where nothing else is', async () => {
    const [key] = makeKeys(1);
    const site = await makeEdition({ 'index.html': '<p>Start</p>' }, { number: 1, keys: [key!] });
    const trust = ['--key', printPublicKey(key!.publicKey), '--no-memory'];
    expect(await run('verify', site, ...trust)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('AUTHENTIC'),
    });
    expect(await run('mirror', site, 'next', ...trust)).toMatchObject({ code: 0, stderr: '' });
    expect(await run('verify', 'next', ...trust)).toMatchObject({ code: 0 });
    expect(await run('keygen', 'anna', '--no-passphrase')).toMatchObject({ code: 0 });
    expect(readdirSync(place).sort()).toEqual(['anna.key', 'anna.pub', 'next', 'verify.mjs']);
  });

  const step = isLong ? 1 : 60;
  it.each(readCases().filter((_, index) => index % step === 0))(
    'reports what the command reports: $name',
    async (each) => {
      const { keys, threshold } = keysOfCase(each);
      const words = [
        resolve(vectors, each.target),
        '--no-memory',
        '--json',
        ...keys.flatMap((key) => ['--key', key]),
        ...(threshold === undefined ? [] : ['--threshold', String(threshold)]),
      ];
      const [own, command] = await Promise.all([
        run('verify', ...words),
        runNode(['scripts/verify.ts', ...words]),
      ]);
      expect({ code: own.code, stdout: own.stdout }).toEqual({
        code: command.code,
        stdout: command.stdout,
      });
    },
  );

  it('compares a saved page with a copy, as the command does', async () => {
    const [key] = makeKeys(1);
    const html =
      '<!DOCTYPE html><meta charset="utf-8"><title>Give</title><p>To 0417 1643 &amp; on</p>';
    const site = await makeEdition({ 'en/give.html': html }, { number: 1, keys: [key!] });
    const page = join(makeFolder('page-'), 'give.html');
    writeFileSync(page, html.replace('1643', '1644'));
    const words = [page, '--against', site, '--key', printPublicKey(key!.publicKey), '--no-memory'];
    const [own, command] = await Promise.all([
      run('verify', ...words),
      runNode(['scripts/verify.ts', ...words]),
    ]);
    expect(own.stdout).toMatch(/TAMPERED[^]*known "1643", here "1644"/);
    expect(own.stdout).toBe(command.stdout);
  });

  it('has at most 300 kB, and the same bytes from another folder', () => {
    expect(Buffer.byteLength(code)).toBeLessThanOrEqual(300_000);
    const other = makeFolder('elsewhere-');
    for (const path of ['src/kit', 'src/campaign', 'scripts', 'package.json', 'LICENSE'])
      cpSync(path, join(other, path), {
        recursive: true,
        filter: (from) => !/scripts.lab/.test(from),
      });
    mkdirSync(join(other, 'src/content'), { recursive: true });
    symlinkSync(resolve('node_modules'), join(other, 'node_modules'));
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { makeVerifyFile } from './scripts/release/write-release.ts';
         process.stdout.write(await makeVerifyFile('0.0.0'));`,
      ],
      { cwd: other, encoding: 'utf8', maxBuffer: 2 ** 24 },
    );
    expect(stderr).toBe('');
    expect(stdout).toBe(code);
    expect(stdout).not.toContain(other);
  });
});
