import { campaignFolder } from '../../src/campaign/read/campaign-folder.ts';
import { project } from '../build/project.ts';

/**
 * The commands that need no package: `npm run` starts them in a clone, and so does one file
 * without.
 */
export type CheckerCommand = 'verify' | 'mirror' | 'keygen';

/** How the commands were started, and what is known there. */
export interface Invocation {
  /** A command as it is typed before its words: `npm run verify --`, `node verify.mjs verify`. */
  readonly call: (command: CheckerCommand) => string;
  /** The clone that the command is part of; undefined for the file that was released. */
  readonly clone: { readonly project: string; readonly campaignFolder: string } | undefined;
}

/**
 * Does what the words after a command's name say.
 * @returns what the process ends with
 * @throws UserError
 */
export type RunChecker = (words: readonly string[], invocation: Invocation) => Promise<number>;

/** The commands as npm starts them in this clone. */
export const inClone = (): Invocation => ({
  call: (command) => `npm run ${command} --`,
  clone: { project, campaignFolder: campaignFolder() },
});
