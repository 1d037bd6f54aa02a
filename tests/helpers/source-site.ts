import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeRandom } from './archives.ts';
import { makeFolder } from './build.ts';

/** Path to bytes. */
export type SiteFiles = ReadonlyMap<string, Buffer>;

const random = makeRandom(7);
const noise = Buffer.from(Array.from({ length: 150_000 }, () => random(256)));

/** Text in which a packer that looks less hard finds less. */
const words = Array.from(
  { length: 6_000 },
  () => ['mint', 'sage', 'gate', 'garden', 'water'][random(5)] + 'abcdefgh'.slice(random(8)),
).join(' ');

/**
 * What has led packers astray: names that are numbers or words of JavaScript, beyond ASCII and
 * beyond U+FFFF, no bytes, too few, too many.
 */
export const oddFiles: SiteFiles = new Map([
  ['404.html', Buffer.from('<p>Nothing grows here.</p>'.repeat(9))],
  ['7', Buffer.from('seven')],
  ['__proto__', Buffer.from('not a prototype')],
  ['en/deep/er/a.html', Buffer.from('<p>The garden is open.</p>')],
  ['en/nothing.txt', Buffer.alloc(0)],
  ['en/same.html', Buffer.from('<p>The garden is open.</p>')],
  ['en/words.html', Buffer.from(words)],
  ['en/zeros.bin', Buffer.alloc(1_500_000)],
  ['noise.bin', noise],
  ['ru/длинное имя.html', Buffer.from('Мята. '.repeat(4_000))],
  [
    'ｚ.html',
    Buffer.from('U+FF5A comes before U+1F331 in bytes, and behind it in the order of JavaScript.'),
  ],
  ['🌱.html', Buffer.from('<p>Mint</p>')],
]);

/** Writes files into a new folder. */
export function writeSite(files: SiteFiles, folder = makeFolder('source-')): string {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

/** Packs in a Node of its own with other settings of the machine. */
export function packElsewhere(
  writer: 'writeZip' | 'writeCar',
  folder: string,
  paths: readonly string[],
  target: string,
  settings: Record<string, string>,
): void {
  const file = writer === 'writeZip' ? 'write-zip.ts' : 'write-car.ts';
  const script = JSON.stringify(join(import.meta.dirname, '../../src/kit/node/pack', file));
  const program = `const { ${writer} } = await import(${script}); await ${writer}(...${JSON.stringify([folder, paths, target])});`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, ...settings },
  });
}
