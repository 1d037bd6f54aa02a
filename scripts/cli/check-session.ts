import type { Report } from '../../src/kit/core/verify/verdict.ts';
import type { CheckOptions } from '../../src/kit/core/verify/verify-copy.ts';
import { nodePlatform } from '../../src/kit/node/platform.ts';
import { memoryFile, readMemory, recall, remember } from '../../src/kit/node/verify/memory.ts';

/** What a check gets from the device that it runs on, and leaves there. */
export interface CheckSession {
  readonly options: CheckOptions;
  /** Keeps the edition of a report, if it is proven. Throws MemoryError. */
  readonly remember: (report: Report) => void;
  /** Takes what is shown of the progress off the terminal. */
  readonly end: () => void;
}

/**
 * Brings a check the day, the editions that were seen before, and a place for its progress.
 * @param useMemory whether what was seen is read and kept
 * @throws MemoryError
 */
export function startCheckSession(useMemory: boolean): CheckSession {
  const file = useMemory ? memoryFile(process.env, process.platform) : undefined;
  const memory = file === undefined ? [] : readMemory(file);
  const progress = showProgress();
  return {
    options: {
      today: new Date().toISOString().slice(0, 10),
      seen: (campaign, needed) => recall(memory, campaign, needed),
      progress: progress.show,
      platform: nodePlatform,
    },
    remember: ({ edition, list, isProven, signedBy, verdict }) => {
      // Attack: of two lists for one number the one that came first is no truer, and would make the
      // other one look false for ever.
      if (file === undefined || !edition || list === undefined || !isProven) return;
      if (verdict === 'forked') return;
      const signers = edition.keys.keys.filter(({ id }) => signedBy.includes(id));
      remember(file, memory, edition.campaign, signers, { number: edition.number, list });
    },
    end: progress.end,
  };
}

/** Shows on a terminal how far a check has come; nothing where the output goes to a file. */
export function showProgress(): { show: (done: number, all: number) => void; end: () => void } {
  const { isTTY } = process.stderr;
  let shown = false;
  return {
    show: (done, all) => {
      if (!isTTY || (done % 20 !== 0 && done !== all)) return;
      shown = true;
      process.stderr.write(`\r  ${done} of ${all} files`);
    },
    end: () => {
      if (shown) process.stderr.write('\r\u001B[K');
    },
  };
}
