import { UsageError } from '../cli/command-line.ts';
import { folderEngine } from './folder-engine.ts';
import { gitEngine } from './git/git-engine.ts';
import { ipfsEngine } from './ipfs/ipfs-engine.ts';
import { onionEngine } from './onion/onion-engine.ts';
import type { Engine, Place } from './place.ts';
import { rcloneEngine } from './rclone/rclone-engine.ts';

/** Every kind of place; the first whose word a target begins with takes it. */
export const engines: readonly Engine[] = [
  gitEngine,
  rcloneEngine,
  ipfsEngine,
  onionEngine,
  folderEngine,
];

/**
 * Opens the place that a target names; nothing is asked of it yet.
 * @throws UsageError
 */
export function openPlace(target: string): Place {
  const engine = engines.find(({ scheme }) => target.startsWith(scheme));
  const [, scheme] = /^([a-z0-9+]{2,}):/i.exec(target) ?? [];
  // A folder has no such name by intention: the word is mistyped, or one that others have.
  if (!engine || (engine.scheme === '' && scheme !== undefined))
    throw new UsageError(
      `The target begins with ${scheme}:, expected ${engines
        .map((each) => each.scheme)
        .filter((each) => each !== '')
        .join(', ')} or a folder (./${target} if it is one).`,
    );
  return engine.open(target.slice(engine.scheme.length));
}
