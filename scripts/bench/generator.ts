import type { Corpus } from './corpus.ts';
import type { Step } from './measure.ts';

/** Where a generator works, and what it builds of. */
export interface Workplace {
  /** A folder of its own, empty before `prepare`. */
  readonly folder: string;
  /** The folder that holds `node_modules` with the peers. */
  readonly peers: string;
}

/** One that makes a site of the corpus: ours, or a peer. */
export interface Generator {
  /** The word for `--peers`. */
  readonly id: string;
  /** What the table calls it, and of what its site consists. */
  readonly name: string;
  readonly makes: string;
  /** Whether its packages are those of `scripts/bench/peers`. */
  readonly isInstalled: boolean;
  /**
   * Its version, for the table.
   * @returns undefined where this machine does not have it
   */
  version(peers: string): string | undefined;
  /** Writes the corpus as it wants it; not measured. */
  prepare(place: Workplace, corpus: Corpus): Promise<void>;
  /** What is measured; each run begins without the site and the caches of the one before. */
  steps(place: Workplace): readonly Step[];
  /** Folders that a run makes: the site first, then caches. All go before each run. */
  outputs(place: Workplace): readonly [site: string, ...caches: string[]];
}
