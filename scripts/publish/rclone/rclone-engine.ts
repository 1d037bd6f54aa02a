import { UsageError } from '../../cli/command-line.ts';
import { planFor } from '../check-place.ts';
import type { Engine, Place, Work } from '../place.ts';
import { printPlan } from '../plan.ts';
import type { Publication } from '../publication.ts';
import { listRemote, openRemote } from './remote.ts';
import { publishStepByStep } from './step-by-step.ts';

/** S3, SFTP, FTP, WebDAV and all else that rclone reaches. */
export const rcloneEngine: Engine = {
  scheme: 'rclone:',
  usage: [
    'rclone:REMOTE:PATH      a place of rclone: SFTP, FTP, WebDAV, S3 and fifty others ("rclone config" sets it up)',
  ],
  open(rest) {
    if (!/^:?[^:\-/][^:]*:/.test(rest))
      throw new UsageError(
        `rclone:${rest} names no remote, expected rclone:REMOTE:PATH. "rclone listremotes" says which there are, "rclone config" makes one.`,
      );
    // Attack: whoever shares the machine reads the words of all programs, and the history of a
    // shell.
    if (/(?:pass|password|secret|token|key)[a-z_]*\s*=/i.test(rest))
      throw new UsageError(
        'The target holds a secret, which everybody on this machine could read. Put it into a remote of rclone instead: rclone config',
      );
    return openRclonePlace(rest);
  },
};

const openRclonePlace = (root: string): Place => ({
  name: root,
  prepare: (publication) => prepare(root, publication),
});

async function prepare(root: string, publication: Publication): Promise<Work> {
  const remote = await openRemote(root);
  const listing = await listRemote(remote, publication);
  const { plan, notes } = await planFor(root, listing, publication);
  const isStopped = listing.unfinished.length > 0;
  return {
    lines: [...printPlan(plan), ...(isStopped ? ['what an earlier run has left: taken away'] : [])],
    notes: [
      ...(isStopped ? ['An earlier run was stopped in the middle; this one goes on.'] : []),
      ...(remote.writesWhole || remote.canRename
        ? []
        : [
            'This kind of server writes files in place: a reader can meet half a page while it is sent.',
          ]),
      ...notes,
    ],
    run: async (report) => {
      await publishStepByStep(remote, plan, publication, listing.before, report);
      return [];
    },
  };
}
