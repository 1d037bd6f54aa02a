/**
 * A reader of hostile bytes, given damaged ones: it may refuse them in its own words, and do
 * nothing else.
 */
import { isLong } from './depth.ts';
import { spent } from './growth.ts';

export interface FuzzSettings {
  readonly cases: number;
  readonly seed: number;
}

/**
 * How many cases of the long run, and which: a million once before a release, with another seed
 * (`FUZZ_CASES=1000000 FUZZ_SEED=7`).
 */
export const fuzzSettings = (cases: number, seed = 1): FuzzSettings => ({
  cases: Number(process.env['FUZZ_CASES'] ?? (isLong ? cases : Math.ceil(cases * shortShare))),
  seed: Number(process.env['FUZZ_SEED'] ?? seed),
});

/** The share of the cases that `npm test` tries: the first of those of the long run. */
const shortShare = 0.4;

/** A million cases take longer than a test may. */
export const fuzzTimeout = process.env['FUZZ_CASES'] === undefined ? 180_000 : 6 * 3_600_000;

/** What an error class is for `instanceof`. */
type ErrorClass = new (...args: never[]) => Error;

export interface FuzzFigures {
  readonly accepted: number;
  readonly refused: number;
}

/**
 * How many times the cost of all cases before it one case may have: more is a reader that an
 * adversary can keep busy.
 */
const maxRatio = 1000;

/** A mean of fewer cases says little. */
const leastCases = 30;

/**
 * Gives `cases` damaged copies of the seeds to `parse`, the same ones for the same `seed`. Throws
 * with name, seed, number and bytes of the first case in which it throws anything but the allowed
 * errors, or costs a thousand times what the others cost.
 */
export function fuzz(
  name: string,
  seeds: readonly Buffer[],
  parse: (bytes: Buffer) => void,
  allowed: readonly ErrorClass[],
  { cases, seed }: FuzzSettings,
): FuzzFigures {
  const random = makeRandom(seed);
  let [accepted, refused, cost] = [0, 0, 0];
  for (let number = 0; number < cases; number++) {
    const bytes = damage(seeds, random);
    const fail = (what: string, cause?: unknown): never => {
      const shown = bytes.toString('base64', 0, 3000);
      throw new Error(`${name}: ${what} in case ${number} of seed ${seed}: ${shown}`, { cause });
    };
    const attempt = (): boolean => {
      try {
        // a copy, so that a reader which writes into its bytes does not change the message
        parse(Buffer.from(bytes));
        return true;
      } catch (error) {
        if (!allowed.some((known) => error instanceof known))
          fail(`unexpected ${String(error)}`, error);
        return false;
      }
    };
    const measure = (): number => {
      const start = spent();
      attempt();
      return spent() - start;
    };
    const start = spent();
    if (attempt()) accepted++;
    else refused++;
    const own = spent() - start;
    // The collector of garbage can make any one case dear, but not the same one each time.
    if (number >= leastCases && own > (cost / number) * maxRatio) {
      const ratio = Math.min(measure(), measure(), measure()) / (cost / number);
      if (ratio > maxRatio) fail(`${Math.round(ratio)} times the cost of the cases before it`);
    }
    cost += own;
  }
  return { accepted, refused };
}

/** Numbers from 0 up to `below`, the same for the same seed (mulberry32). */
type Random = (below: number) => number;
function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** What readers stumble over. */
const awkward = [
  '',
  '\n',
  '\n\n',
  '\r\n',
  '\r',
  ' ',
  '  ',
  '\t',
  ' *',
  '\0',
  '\uFEFF',
  '\u202E',
  '\u200B',
  '\u0301',
  '\u{1F600}',
  'ß',
  'İ',
  'K',
  '/',
  '//',
  '../',
  '..',
  './',
  '\\',
  ':',
  '=',
  '==',
  '-',
  '0',
  '-1',
  '1e9',
  '99999999999999999999',
  '2025-02-30',
  'CON',
  'untrusted comment: ',
  'key: ',
  '__proto__',
  'x'.repeat(300),
]
  .map((text) => Buffer.from(text))
  .concat([
    Buffer.from([0xff]),
    Buffer.from([0xc0, 0x80]),
    Buffer.from([0xed, 0xa0, 0x80]),
    Buffer.from([0xf4, 0x90, 0x80, 0x80]),
  ]);

function damage(seeds: readonly Buffer[], random: Random): Buffer {
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  let bytes = pick(seeds);
  for (let times = 1 + random(4); times > 0; times--)
    bytes = pick(damages)(bytes, random, pick(seeds));
  return bytes;
}

const join = (...parts: Uint8Array[]): Buffer => Buffer.concat(parts);
const damages: readonly ((bytes: Buffer, random: Random, other: Buffer) => Buffer)[] = [
  function flipBit(bytes, random) {
    const at = random(bytes.length);
    return join(
      bytes.subarray(0, at),
      Buffer.from([(bytes[at] ?? 0) ^ (1 << random(8))]),
      bytes.subarray(at + 1),
    );
  },
  function replaceByte(bytes, random) {
    const at = random(bytes.length);
    return join(bytes.subarray(0, at), Buffer.from([random(256)]), bytes.subarray(at + 1));
  },
  function insertAwkward(bytes, random) {
    const at = random(bytes.length + 1);
    return join(
      bytes.subarray(0, at),
      awkward[random(awkward.length)] as Buffer,
      bytes.subarray(at),
    );
  },
  function cutOut(bytes, random) {
    const at = random(bytes.length + 1);
    return join(bytes.subarray(0, at), bytes.subarray(at + random(20)));
  },
  function truncate(bytes, random) {
    return bytes.subarray(0, random(bytes.length + 1));
  },
  function spliceOther(bytes, random, other) {
    return join(
      bytes.subarray(0, random(bytes.length + 1)),
      other.subarray(random(other.length + 1)),
    );
  },
  function repeatLine(bytes, random) {
    const lines = bytes.toString('latin1').split('\n');
    const line = Buffer.from(`${lines[random(lines.length)] ?? ''}\n`, 'latin1');
    return join(bytes, ...Array<Buffer>(1 + random(30)).fill(line));
  },
  function exchangeLines(bytes, random) {
    const lines = bytes.toString('latin1').split('\n');
    const [a, b] = [random(lines.length), random(lines.length)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
    return Buffer.from(lines.join('\n'), 'latin1');
  },
];
