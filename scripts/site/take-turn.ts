import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const lock = fileURLToPath(new URL('../../node_modules/.cache/build.lock', import.meta.url));

/**
 * Waits until no other build of this clone runs: Astro keeps what it knows of the content in one folder of the project, and two
 * builds at once would read each other's. A lock that a killed build left behind is taken over.
 * @returns ends the turn
 */
export async function takeTurn(report: (line: string) => void): Promise<() => void> {
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (!isAlive(readHolder())) rmSync(lock, { force: true });
    else {
      if (!told) report('waiting for another build of this folder to end');
      await wait(200);
    }
  }
}

/** The process that holds the lock; 0 where it has just ended. */
function readHolder(): number {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0); // asks only whether it exists
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
