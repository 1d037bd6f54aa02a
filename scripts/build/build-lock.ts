import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isRunning } from '../../src/kit/node/mirror/replace-folder.ts';
import { UserError } from '../../src/kit/core/text/user-error.ts';

const lock = fileURLToPath(new URL('../../node_modules/.cache/build.lock', import.meta.url));

/**
 * Waits until no other build of this clone runs: Astro keeps what it knows of the content in one
 * folder of the project, and two builds at once would read each other's. A lock that a killed build
 * left behind is taken over.
 * @returns ends the turn
 */
export async function acquireBuildLock(report: (line: string) => void): Promise<() => void> {
  mkdirSync(dirname(lock), { recursive: true });
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    for (let isReported = false; ; isReported = true) {
      if (succeeds(() => linkSync(mine, lock), 'EEXIST'))
        // a lock is never there without its holder's number
        return () => rmSync(lock, { force: true });
      const holder = readHolder();
      if (holder !== undefined && !isRunning(holder)) takeAway(holder);
      else {
        if (!isReported) report('waiting for another build of this folder to end');
        await wait(200);
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/**
 * Takes a dead lock away. Only one of several waiters can rename it; one that finds a living lock
 * in its hand puts it back.
 */
function takeAway(dead: number): void {
  const hand = `${lock}.dead.${process.pid}`;
  if (!succeeds(() => renameSync(lock, hand), 'ENOENT')) return;
  if (Number(readFileSync(hand, 'utf8')) !== dead) succeeds(() => linkSync(hand, lock), 'EEXIST');
  rmSync(hand, { force: true });
}

/** The process that holds the lock; undefined where it has just ended. */
function readHolder(): number | undefined {
  let holder: number | undefined;
  succeeds(() => (holder = Number(readFileSync(lock, 'utf8'))), 'ENOENT');
  return holder;
}

/** Whether an act on a file succeeds; false where it fails in the one way that is expected. */
function succeeds(act: () => unknown, expected: string): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === expected) return false;
    throw error;
  }
}

/**
 * Another campaign is being shown from this clone; in words for whoever starts a second command.
 */
export class OtherCampaignError extends UserError {
  override readonly name = 'OtherCampaignError';
}

const devLock = join(dirname(lock), 'dev.json');

/**
 * Notes that `npm run dev` shows a campaign, until it ends. Astro keeps its modules of the content
 * in one folder of the project: a second campaign in it would take the first one's place.
 * @throws OtherCampaignError if another campaign is shown
 */
export function noteDev(campaign: string): () => void {
  assertNoOtherDev(campaign);
  mkdirSync(dirname(devLock), { recursive: true });
  writeFileSync(devLock, JSON.stringify({ pid: process.pid, campaign }));
  return () => rmSync(devLock, { force: true });
}

/** @throws OtherCampaignError if `npm run dev` shows another campaign from this clone */
export function assertNoOtherDev(campaign: string): void {
  if (!existsSync(devLock)) return;
  const { pid, campaign: shown } = JSON.parse(readFileSync(devLock, 'utf8')) as {
    pid: number;
    campaign: string;
  };
  if (shown === campaign || pid === process.pid || !isRunning(pid)) return;
  throw new OtherCampaignError(
    `"npm run dev" shows ${shown} from this clone (process ${pid}), expected one campaign at a time: ` +
      "the two would read each other's texts. End it, or use another clone for the second campaign.",
  );
}
