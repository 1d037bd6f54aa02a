/**
 * `node tests/vectors/fuzz.ts [--cases N] [--seed N] PROGRAM [WORD…]`: compares a checker with ours
 * on damaged copies (README.md). Ends with 0 if they agree, 1 if not, 2 on wrong use.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeRandom, mutate } from '../helpers/archives.ts';
import { anna, boris, dora, fifth, first, fourth, sole, third } from './cases/world.ts';
import { askEach, vectors, type Outcome } from './contract.ts';
import { check } from './vyrai.ts';
import { carOf, withArchives, zipOf } from './writers/archives.ts';
import { signersOf, type Published, type Site } from './writers/edition.ts';
import { isSignature, signAnew } from './writers/site.ts';

type Random = (below: number) => number;

/** A damaged copy: where it is, and the words of its check. */
export interface FuzzedCopy {
  readonly path: string;
  readonly words: readonly string[];
}

const editions: readonly Published[] = [sole, first, third, fourth, fifth];
const clone = (name: string): string[] => ['--trust', join(vectors, 'trust', name)];
const keys = (...names: readonly string[]): string[] =>
  names.flatMap((name) => ['--key', join(vectors, 'keys', `${name}.pub`)]);
const trusts: readonly (readonly string[])[] = [
  clone('one'),
  clone('two'),
  clone('all'),
  [...keys('anna', 'boris', 'clara'), '--threshold', '2'],
  keys('boris', 'dora'),
  keys('boris'),
  // Of an earlier stage, and not enough of it.
  keys('anna', 'boris', 'clara'),
  keys('anna'),
  [...keys('clara', 'boris'), '--threshold', '1'],
  [...keys('mallory', 'boris'), '--threshold', '1'],
  clone('late'),
  clone('ended'),
  clone('list-without-edition'),
];
const days = ['2024-06-01', '2026-06-01', '2026-09-01'];
const pick = <T>(list: readonly T[], random: Random): T => {
  const item = list[random(list.length)];
  if (item === undefined) throw new Error('there is nothing to pick');
  return item;
};

/** Files changed as somebody does who knows what they are: lines, words, whole files. */
function damageFiles({ site, fields }: Published, random: Random): Site {
  const files = new Map(site);
  for (let times = 1 + random(2); times > 0; times -= 1) {
    const path = pick([...files.keys()], random);
    const bytes = files.get(path) ?? Buffer.alloc(0);
    const other = pick(editions, random).site.get(path);
    switch (random(6)) {
      case 0:
        files.delete(path);
        break;
      case 1:
        files.set(`${path}${pick(['~x', '/x', '.html', ''], random)}`, bytes);
        break;
      case 2:
        if (other) files.set(path, other);
        break;
      case 3:
        files.set(path, damageLines(bytes, random));
        break;
      default:
        if (bytes.length > 0) files.set(path, mutate(bytes, random));
    }
  }
  const hasEdition = files.has('SHA256SUMS') && files.has('EDITION.txt');
  if (!hasEdition || random(2) === 0) return files;
  const named = { campaign: 'garden', number: fields.number };
  const signers = random(4) === 0 ? [pick([anna, boris, dora], random)] : signersOf(fields);
  const kept = new Map([...files].filter(([path]) => isSignature(path)));
  // A file below another one cannot be, in a manifest as on a disk.
  return new Map([...signAnew(files, signers, named), ...(random(3) === 0 ? kept : [])]);
}

function damageLines(bytes: Buffer, random: Random): Buffer {
  const lines = bytes.toString('latin1').split('\n');
  const [from, to] = [random(lines.length), random(lines.length)];
  const line = lines[from] ?? '';
  const word = pick(
    ['0', '1', '2', '9', 'a', ' ', '\t', 'é', '\u0000', 'format: 2', '2026-06-01'],
    random,
  );
  const places = [
    () => lines.splice(from, 1),
    () => lines.splice(to, 0, line),
    () => lines.splice(from, 1, line.replace(/[0-9]+/, word)),
    () => lines.splice(from, 1, line.replace(/\w+$/, word)),
    () => lines.splice(from, 1, `${line}${word}`),
  ];
  pick(places, random)();
  return Buffer.from(lines.join('\n'), 'latin1');
}

/** Bytes of an archive changed; of one in two near its end, where a zip has its directory. */
function damageArchive(archive: Buffer, random: Random): Buffer {
  const from = random(2) === 0 ? 0 : Math.max(0, archive.length - 1 - random(1_000));
  return Buffer.concat([archive.subarray(0, from), mutate(archive.subarray(from), random)]);
}

/** Writes so many damaged copies into a folder, the same ones for the same seed. */
export function fuzzCopies(folder: string, count: number, random: Random): FuzzedCopy[] {
  return Array.from({ length: count }, (_, index) => {
    const edition = pick(editions, random);
    const name = `garden-${edition.fields.number}`;
    const site = random(3) === 0 ? edition.site : damageFiles(edition, random);
    const files = random(8) === 0 ? withArchives(site, name) : site;
    const kind = pick(['', '.zip', '.car'], random);
    const path = join(folder, `${index}${kind}`);
    if (kind === '') writeFolder(path, files);
    else {
      const archive = kind === '.zip' ? zipOf(files) : carOf(files);
      writeFileSync(path, random(2) === 0 ? archive : damageArchive(archive, random));
    }
    return { path, words: [...pick(trusts, random), '--today', pick(days, random), path] };
  });
}

function writeFolder(folder: string, files: Site): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, bytes] of files) {
    // Where a file is in the way of a folder, the disk keeps the first.
    const isBlocked = [...files.keys()].some((other) => path.startsWith(`${other}/`));
    if (isBlocked) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/** Compares a program with our checker; gives a line for each copy on which they differ. */
export async function compareOn(
  copies: readonly FuzzedCopy[],
  ask: (checks: readonly (readonly string[])[]) => readonly Outcome[],
): Promise<{ verdicts: Map<string, number>; differences: string[] }> {
  const verdicts = new Map<string, number>();
  const differences: string[] = [];
  const theirs = ask(copies.map(({ words }) => words));
  for (const [index, { path, words }] of copies.entries()) {
    const ours = await check(['verify', ...words]);
    const key = ours.verdict ?? 'none';
    verdicts.set(key, (verdicts.get(key) ?? 0) + 1);
    const other = theirs[index];
    if (other?.exit === ours.exit && other.verdict === ours.verdict) continue;
    differences.push(
      `${path}: ${other?.verdict ?? 'no verdict'} (${other?.exit}), ours ${key} (${ours.exit}): ${words.join(' ')}\n  ${ours.output.slice(0, 1000).replaceAll('\n', '\n  ')}`,
    );
  }
  return { verdicts, differences };
}

const atOnce = 500;

async function run(words: string[]): Promise<number> {
  let [cases, seed] = [1000, 1];
  for (;;) {
    if (words[0] === '--cases') cases = Number(words.splice(0, 2)[1]);
    else if (words[0] === '--seed') seed = Number(words.splice(0, 2)[1]);
    else break;
  }
  if (words.length === 0 || !Number.isInteger(cases) || !Number.isInteger(seed)) {
    console.error('Expected fuzz.ts [--cases N] [--seed N] PROGRAM [WORD…]');
    return 2;
  }
  const random = makeRandom(seed);
  const counts = new Map<string, number>();
  for (let done = 0; done < cases; done += atOnce) {
    const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
    const copies = fuzzCopies(folder, Math.min(atOnce, cases - done), random);
    const { verdicts, differences } = await compareOn(copies, (checks) => askEach(words, checks));
    for (const [verdict, count] of verdicts)
      counts.set(verdict, (counts.get(verdict) ?? 0) + count);
    if (differences.length > 0) {
      console.log(differences.join('\n'));
      console.log(`${differences.length} of the last ${copies.length} differ; ${folder} has them`);
      return 1;
    }
    rmSync(folder, { recursive: true });
    if (done % 5_000 === 0) console.error(`${done + copies.length} of ${cases} agree`);
  }
  const found = [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ');
  console.log(`${cases} copies of seed ${seed}: both agree (${found})`);
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = await run(process.argv.slice(2));
