import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { makeFolder } from '../helpers/build.ts';
import { makeEdition, makeKeys } from '../helpers/signed-sites.ts';
import { walkImports } from '../helpers/walk-imports.ts';

const commands = ['scripts/verify.ts', 'scripts/mirror.ts', 'scripts/keygen.ts'];
const ofNode = (name: string): boolean => name.startsWith('node:');

describe('whoever has a clone and Node, and nothing else', () => {
  it('needs no package for checking, mirroring and keys', () => {
    const { files, strangers } = walkImports(commands, ofNode);
    expect(strangers).toEqual([]);
    expect(files.length).toBeGreaterThan(50);
  });

  it('would be told of a package (seen on a planted one, static and inside a function)', () => {
    const folder = makeFolder('imports-');
    writeFileSync(join(folder, 'a.ts'), "import { b } from './b.ts';\nimport 'left-pad';\n");
    writeFileSync(
      join(folder, 'b.ts'),
      "export const b = () => import('right-pad');\nexport const c = (name: string) => import(name);\n",
    );
    expect(walkImports([join(folder, 'a.ts')], ofNode).strangers).toEqual([
      `${folder}/a.ts: left-pad`,
      `${folder}/b.ts: right-pad`,
      `${folder}/b.ts: a name that is made up as it runs`,
    ]);
  });

  it('checks a copy and makes the next one by the commands of package.json, and nothing is installed', async () => {
    const [key] = makeKeys(1);
    const site = await makeEdition(
      { 'index.html': '<p>Start</p>', 'en/mint.html': '<p>Mint</p>' },
      { number: 1, keys: [key!] },
    );
    const place = makeFolder('bare-');
    for (const file of [
      ...walkImports(commands, ofNode).files,
      'scripts/run.mjs',
      'package.json',
    ]) {
      mkdirSync(dirname(join(place, file)), { recursive: true });
      cpSync(file, join(place, file));
    }
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const run = (command: string, ...words: string[]) => {
      const [node, ...ours] = scripts[command]?.split(' ') ?? [];
      expect(node).toBe('node'); // whichever the volunteer has
      return spawnSync(process.execPath, [...ours, ...words], {
        cwd: place,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: place },
      });
    };
    const trust = ['--key', printPublicKey(key!.publicKey), '--no-memory'];
    expect(run('verify', site, ...trust)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/AUTHENTIC/),
      stderr: '',
    });
    expect(run('mirror', site, join(place, 'next'), ...trust)).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(run('verify', join(place, 'next'), ...trust)).toMatchObject({ status: 0 });
    expect(run('keygen', '--no-passphrase', join(place, 'anna'))).toMatchObject({ status: 0 });
    expect(readdirSync(place).sort()).toEqual([
      'anna.key',
      'anna.pub',
      'next',
      'package.json',
      'scripts',
      'src',
    ]);
  });
});

describe('the comparison of pages', () => {
  it('reads no file, asks no host and starts nothing', () => {
    const folder = 'src/kit/core/page-diff';
    const { files, strangers } = walkImports(
      readdirSync(folder).map((name) => join(folder, name)),
      () => false,
    );
    expect(strangers).toEqual([]);
    expect(
      files.filter((file) => !/^src\/kit\/core\/(?:page-diff|vendor|text)\//.test(file)),
    ).toEqual([]);
    expect(files.length).toBeGreaterThan(15);
  });
});
