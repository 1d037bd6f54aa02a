import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ArchiveError, type Archive } from '../../src/kit/core/archive/archive.ts';

export type Opener<T extends Archive = Archive> = (path: string) => Promise<T>;

/** Opens an archive and reads all of it: path and bytes of each file. */
export async function readWhole(open: Opener, path: string): Promise<Map<string, Buffer>> {
  const archive = await open(path);
  try {
    const files = new Map<string, Buffer>();
    for (const entry of archive.entries) {
      const pieces: Uint8Array[] = [];
      for await (const piece of entry.open()) pieces.push(piece);
      files.set(entry.path, Buffer.concat(pieces));
    }
    return files;
  } finally {
    await archive.close();
  }
}

/** What is said of an archive without the path before it; "nothing" if it is taken. */
export async function describeRefusal(open: Opener, path: string, bytes: Buffer): Promise<string> {
  writeFileSync(path, bytes);
  try {
    await readWhole(open, path);
    return 'nothing';
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return error.message.replace(path, '').replace(/^(?:: |, )/, '');
  }
}

/** Numbers that are the same in each run (mulberry32). */
export function makeRandom(seed: number): (below: number) => number {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const telling = [0, 1, 0x7f, 0x80, 0xff];

/** A few bytes changed, cut off, repeated or put in. */
export function mutate(good: Buffer, random: (below: number) => number): Buffer {
  const at = random(good.length);
  const length = 1 + random(Math.min(64, good.length - at));
  switch (random(6)) {
    case 0:
      return good.subarray(0, at);
    case 1:
      return Buffer.concat([good.subarray(0, at), good.subarray(at + length)]);
    case 2:
      return Buffer.concat([good.subarray(0, at + length), good.subarray(at)]);
    default: {
      const changed = Buffer.from(good);
      for (let times = 1 + random(3); times > 0; times -= 1)
        changed[random(good.length)] =
          random(2) === 0 ? random(256) : (telling[random(telling.length)] ?? 0);
      return changed;
    }
  }
}

/**
 * Reads many changed copies of a good archive. Whatever is taken has to be the same files, and only
 * ArchiveError may be thrown.
 * @returns how many were refused
 */
export async function fuzz(
  open: Opener,
  path: string,
  good: Buffer,
  { seed, cases }: { seed: number; cases: number },
): Promise<number> {
  writeFileSync(path, good);
  const expected = await readWhole(open, path);
  const random = makeRandom(seed);
  let refused = 0;
  for (let index = 0; index < cases; index += 1) {
    const changed = mutate(good, random);
    writeFileSync(path, changed);
    const files = await readWhole(open, path).catch((error: unknown) => {
      if (error instanceof ArchiveError) return undefined;
      throw new Error(`case ${index} of seed ${seed}`, { cause: error });
    });
    if (files === undefined) refused += 1;
    else if (
      files.size !== expected.size ||
      [...files].some(([name, bytes]) => !expected.get(name)?.equals(bytes))
    )
      throw new Error(`case ${index} of seed ${seed} gives other files`);
    if (!readFileSync(path).equals(changed) || readdirSync(dirname(path)).length !== 1)
      throw new Error(`case ${index} of seed ${seed} wrote something`);
  }
  return refused;
}

/**
 * Reads an archive in a Node of its own that may not write, start anything or load a package; gives
 * its paths.
 */
export function readWithoutRights(open: 'openZip' | 'openCar', path: string): string[] {
  const scripts = join(import.meta.dirname, '../../src/kit');
  const program = `
    const { ${open} } = await import(${JSON.stringify(join(scripts, 'node/source/open-source.ts'))});
    const archive = await ${open}(${JSON.stringify(path)});
    for (const entry of archive.entries) { for await (const bytes of entry.open()) bytes.length; console.log(entry.path); }
    await archive.close();`;
  const rights = ['--permission', `--allow-fs-read=${scripts}`, `--allow-fs-read=${path}`];
  return execFileSync(process.execPath, [...rights, '--input-type=module', '--eval', program], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n');
}

/** Whether a program of the machine starts. */
export function isThere(command: string, ...parameters: string[]): boolean {
  try {
    execFileSync(command, parameters, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
