import { readFileSync, readdirSync } from 'node:fs';

/** Ticks of the system's clock in a second; the same on every Linux (USER_HZ). */
const ticksPerSecond = 100;

/** CPU times of a process, in seconds, user and system together. */
export interface CpuTimes {
  readonly own: number;
  /** Of its children that have ended and were waited for, and theirs. */
  readonly waited: number;
}

/**
 * Reads `/proc/<pid>/stat` (proc_pid_stat(5)). The name of a program may hold spaces and brackets,
 * so that fields are counted from the last bracket.
 * @throws Error where that is no such line
 */
export function parseCpuTimes(stat: string): CpuTimes {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system, waitedUser, waitedSystem] = fields.slice(11, 15).map(Number);
  const own = ((user ?? NaN) + (system ?? NaN)) / ticksPerSecond;
  const waited = ((waitedUser ?? NaN) + (waitedSystem ?? NaN)) / ticksPerSecond;
  if (Number.isNaN(own + waited))
    throw new Error(`/proc gave "${stat.trim()}", expected the times of a process in it.`);
  return { own, waited };
}

/**
 * Reads the resident memory of a process out of `/proc/<pid>/status`.
 * @returns bytes; 0 of a process that has ended, and whose memory is free again
 */
export const parseResident = (status: string): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;

/** What the processes of a tree use now. */
export interface TreeUse {
  /** Seconds since the tree began, also of those that have ended. */
  readonly cpu: number;
  /** Resident bytes; what processes share, such as a program, counts for each of them. */
  readonly memory: number;
}

/** What a process and all below it use. One that ends while it is looked at counts nothing. */
export const readTree = (pid: number): TreeUse => addUse(pid, '');

/**
 * A process that was started a moment ago has the whole memory of its parent, and its words, until
 * it becomes another program (vfork(2)): that memory is not counted twice.
 */
function addUse(pid: number, parentWords: string): TreeUse {
  const [stat, words] = [readProc(`${pid}/stat`), readProc(`${pid}/cmdline`)];
  if (stat === '') return { cpu: 0, memory: 0 };
  const { own, waited } = parseCpuTimes(stat);
  const resident = words === parentWords ? 0 : parseResident(readProc(`${pid}/status`));
  const below = listChildren(pid).map((child) => addUse(child, words));
  return {
    cpu: below.reduce((sum, { cpu }) => sum + cpu, own + waited),
    memory: below.reduce((sum, { memory }) => sum + memory, resident),
  };
}

/** CPU seconds of all processes that this one has started and that have ended. */
export const readWaited = (): number =>
  parseCpuTimes(readFileSync('/proc/self/stat', 'utf8')).waited;

const listChildren = (pid: number): number[] =>
  listTasks(pid).flatMap((task) =>
    readProc(`${pid}/task/${task}/children`).split(' ').filter(Boolean).map(Number),
  );

function listTasks(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch (error) {
    if (hasEnded(error)) return [];
    throw error;
  }
}

function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch (error) {
    if (hasEnded(error)) return '';
    throw error;
  }
}

const hasEnded = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
