import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '../programs.ts';

/** A server that an edition can be put on, while it runs on this machine. */
export interface RunningServer {
  /** The target, as it is typed after `npm run publish --`. */
  readonly target: string;
  /** Settings of the command: where rclone finds the remote. */
  readonly env: NodeJS.ProcessEnv;
  /** The program and version that really ran. */
  readonly version: string;
  /** The bytes of a file as readers get them now; undefined if it is not there. */
  readonly read: (path: string) => Promise<Buffer | undefined>;
  /** Paths of all that is there now; undefined where readers cannot list it. */
  readonly list?: () => Promise<readonly string[]>;
  /** What of an edition does not go there. */
  readonly lacks?: RegExp;
  /** Where readers find it, without a slash at its end. */
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** One row of the table. */
export interface PublishServer {
  readonly name: string;
  readonly needs: readonly Program[];
  /** @param scratch an empty folder for what it stores, its settings and its state */
  readonly start: (scratch: string) => Promise<RunningServer>;
}

export const rcloneProgram: Program = { command: 'rclone', debian: 'rclone' };

/** The same bytes as on the disk of a server that serves its folder. */
export const readIn =
  (folder: string) =>
  async (path: string): Promise<Buffer | undefined> =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path)) : undefined;
