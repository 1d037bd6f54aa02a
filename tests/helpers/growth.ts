/**
 * What a reader of hostile bytes costs more for more bytes: a ratio within one run, which no slow
 * or busy machine changes.
 */

/**
 * CPU time of this thread, in microseconds: not the clock, since the machine may be busy with
 * others.
 */
export const spent = (): number => {
  const { user, system } = process.threadCpuUsage();
  return user + system;
};

/**
 * Work is repeated until it takes this long, in microseconds: below, a clock of the system shows
 * noise.
 */
const enough = 20_000;

function measure(work: () => void, times: number): number {
  const start = spent();
  for (let time = 0; time < times; time++) work();
  return spent() - start;
}

/**
 * How much dearer one input of `factor` times the size is than `factor` inputs of the size: 1 for
 * work that grows with the input, `factor` for work that grows with its square.
 * @param small reads an input, @param large reads one that is `factor` times as large
 * @returns the ratio, of the least of three rounds each
 */
export function measureGrowth(small: () => void, large: () => void, factor: number): number {
  large(); // so that compiling the code does not count
  let times = 1;
  while (measure(small, times * factor) < enough) times *= 2;
  const rounds = [1, 2, 3].map(
    () => [measure(small, times * factor), measure(large, times)] as const,
  );
  return Math.min(...rounds.map(([, dear]) => dear)) / Math.min(...rounds.map(([cheap]) => cheap));
}

/**
 * What `measureGrowth` may give for a factor of 4: sorting and the collector of garbage cost a
 * little more than linear work.
 */
export const linearGrowth = 2.2;
