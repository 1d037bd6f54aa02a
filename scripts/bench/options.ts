import { parseWords, UsageError } from '../cli/command-line.ts';
import { generators } from './generators.ts';

export interface BenchOptions {
  /** How many pages of content each corpus has, ascending. */
  readonly pages: readonly number[];
  /** Words of generators to compare with, in the order of the table. */
  readonly peers: readonly string[];
  readonly runs: number;
  /** Whether docs/performance.md stays as it is. */
  readonly print: boolean;
}

const [fewest, most] = [10, 10_000];
/** Sizes that end in minutes. */
const usualPages = '100,300';
const peers = generators.map(({ id }) => id).filter((id) => id !== 'vyrai');

export const usage = `npm run bench -- [--pages ${usualPages}] [--peers NAME,…] [--runs 3] [--print]

Builds one corpus in three languages with this program and with others, measures processor time,
wall time, memory and bytes, and writes tables and a chart into docs/performance.md. Needs Linux and
a quiet machine.
  --pages  pages of content, ${fewest} to ${most}; several with commas (${usualPages})
  --peers  what to compare with, with commas: ${peers.join(', ')}; or none
           (all that this machine has)
  --runs   how often each is measured; the table has medians (3)
  --print  prints only, and leaves docs/performance.md as it is`;

const options = {
  pages: { type: 'string' },
  peers: { type: 'string' },
  runs: { type: 'string' },
  print: { type: 'boolean' },
} as const;

/** @throws UsageError */
export function readOptions(words: readonly string[]): BenchOptions {
  const { values } = parseWords(words, options, usage, 0);
  const pages = (values.pages ?? usualPages)
    .split(',')
    .map((word) => readNumber('--pages', word, fewest, most));
  return {
    pages: [...new Set(pages)].sort((a, b) => a - b),
    peers: readPeers(values.peers),
    runs: readNumber('--runs', values.runs ?? '3', 1, 99),
    print: values.print ?? false,
  };
}

function readNumber(option: string, word: string, least: number, largest: number): number {
  const number = /^\d{1,6}$/.test(word.trim()) ? Number(word) : NaN;
  if (number >= least && number <= largest) return number;
  throw new UsageError(`${option} has "${word}", expected a number from ${least} to ${largest}.`);
}

function readPeers(given: string | undefined): readonly string[] {
  if (given === undefined) return peers;
  if (given === 'none') return [];
  const asked = given.split(',').map((word) => word.trim());
  const unknown = asked.find((word) => !peers.includes(word));
  if (unknown !== undefined)
    throw new UsageError(`--peers has "${unknown}", expected ${peers.join(', ')} or none.`);
  return peers.filter((id) => asked.includes(id));
}
