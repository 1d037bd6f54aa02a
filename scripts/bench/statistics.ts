import type { Use } from './measure.ts';
import type { Stage } from './stages.ts';

/** One build that was measured. */
export interface Run {
  readonly use: Use;
  /** Parts of a build of ours; none of a peer's. */
  readonly stages: readonly Stage[];
  /** CPU seconds of each step over pages of a build of ours. */
  readonly steps: ReadonlyMap<string, number>;
}

/** What a built site consists of. */
export interface SiteSize {
  readonly pages: number;
  readonly files: number;
  readonly bytes: number;
  /** Bytes of the text in the middle, compressed. */
  readonly page: number;
}

/** All runs of one generator over one corpus. */
export interface Series {
  readonly id: string;
  readonly runs: readonly Run[];
  readonly size: SiteSize;
}

/** All series over one corpus, ours first; the n-th runs of all were made one after another. */
export interface Round {
  /** Pages of content. */
  readonly pages: number;
  readonly series: readonly Series[];
}

/** The value in the middle; of an even number the mean of the two there. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Medians of all that was measured of a generator. */
export const summarizeRuns = ({ runs }: Series): Use => ({
  wall: median(runs.map(({ use }) => use.wall)),
  cpu: median(runs.map(({ use }) => use.cpu)),
  memory: median(runs.map(({ use }) => use.memory)),
});

/**
 * How many times the CPU time of a peer ours is: the median of the ratios of runs that were made
 * one after another, so that a machine that is slower for a while is slower for both.
 */
export const compareRuns = (ours: Series, peer: Series): number =>
  median(ours.runs.map(({ use }, at) => use.cpu / (peer.runs[at]?.use.cpu ?? NaN)));
