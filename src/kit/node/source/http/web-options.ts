/** What the reading of a site over HTTP may take. Times are in seconds, and fractions are fine. */
export interface WebOptions {
  /** A SOCKS5 proxy that also looks up names, as `socks5h://HOST:PORT`: Tor's, for instance. Undefined: straight to the host. */
  readonly proxy: string | undefined;
  /** Of one file, unpacked. */
  readonly bytesOfAFile: number;
  /** Of all answers together, as received and, separately, unpacked. */
  readonly bytes: number;
  /** From a request to the head of its answer; the connection is made in this time, too. */
  readonly answerSeconds: number;
  /** Between two pieces of an answer. */
  readonly stallSeconds: number;
  /** For one file, with all pauses and retries. */
  readonly fileSeconds: number;
  /** From the opening of the copy to its last byte. */
  readonly runSeconds: number;
  /** Further tries for one file, after network faults, 429 and 5xx. */
  readonly retries: number;
  /** Before the first further try; each later pause is three times as long. */
  readonly pauseSeconds: number;
  /** The longest pause, also where `Retry-After` asks for more. */
  readonly longestPauseSeconds: number;
}

/** For a site of some 2,000 files and 20 MB on a slow host; ten times that still passes. */
export const webDefaults: WebOptions = {
  proxy: undefined,
  bytesOfAFile: 64 * 2 ** 20,
  bytes: 2 * 2 ** 30,
  answerSeconds: 30,
  stallSeconds: 20,
  fileSeconds: 600,
  runSeconds: 2 * 60 * 60,
  retries: 3,
  pauseSeconds: 1,
  longestPauseSeconds: 60,
};
