import type { Program } from '../programs.ts';

/** What runs on this machine while a host serves a folder. */
export interface RunningHost {
  /** The address of the folder, without a slash at its end. */
  address: string;
  /** The program and version that really ran: `nginx 1.22.1`. */
  version: string;
  stop: () => Promise<void>;
}

/**
 * What a host is known to take from a page, whatever the page does. Each names the reason in a
 * sentence, which the table prints. Without one, everything has to work.
 */
export interface Limits {
  /** Styles do not apply. The page has to be readable without. */
  style?: string;
  /** Scripts, WebAssembly or their requests do not work: no search. */
  search?: string;
  /** Files come another way than over HTTP. */
  bytes?: string;
  /** The host alters pages on their way to the reader. */
  altered?: string;
  /**
   * Whether the scripts that it adds run in the reader's browser, or are stopped by the policy of
   * the page.
   */
  added?: 'run' | 'stopped';
}

/** A place where a folder can be served, started for real on this machine. */
export interface Host {
  name: string;
  /** Programs of the machine that it needs; empty if the project brings it along. */
  needs: readonly Program[];
  limits?: Limits;
  /** Where it is not to be placed below a path. */
  rootOnly?: boolean;
  /**
   * Serves a folder on the loopback address alone.
   * @param root the document root; readable for every user of the machine
   * @param scratch an empty folder for its settings, logs and state
   */
  start: (root: string, scratch: string) => Promise<RunningHost>;
}
