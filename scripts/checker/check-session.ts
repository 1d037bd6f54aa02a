import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  KeyError,
  parsePublicKey,
  printPublicKey,
  type PublicKey,
} from '../../src/kit/core/minisign/public-key.ts';
import { quoteName, showJson, showName } from '../../src/kit/core/text/plain-characters.ts';
import {
  findDuplicate,
  trustGiven,
  trustNobody,
  printKeys,
  type Trust,
} from '../../src/kit/core/trust/trust.ts';
import { describeVerdict, verdicts, type Report } from '../../src/kit/core/verify/verdict.ts';
import type { CheckOptions } from '../../src/kit/core/verify/verify-copy.ts';
import { nodePlatform } from '../../src/kit/node/platform.ts';
import { trustClone } from '../../src/kit/node/edition/edition-folder.ts';
import { memoryFile, readMemory, recall, remember } from '../../src/kit/node/verify/memory.ts';
import { resolveHere, UsageError } from '../cli/command-line.ts';
import type { Invocation } from './invocation.ts';

/** The words of every command that checks a copy: whose keys, which memory, what way. */
export const sessionOptions = {
  key: { type: 'string', multiple: true },
  clone: { type: 'string' },
  threshold: { type: 'string' },
  proxy: { type: 'string' },
  'no-memory': { type: 'boolean' },
} as const;

/** The keys that a command was given. */
export interface GivenKeys {
  readonly keys: readonly PublicKey[];
  /** How many of them are enough; undefined if it is not said. */
  readonly threshold: number | undefined;
}

/**
 * Where the keys of a check come from: whoever asks, or this clone; never the copy.
 * @param campaignFolder of the clone; undefined if there is none
 * @throws UsageError if there is no key and one is needed; what `trustClone` throws if the clone's
 *   editions are broken
 */
export async function findTrust(
  {
    keys,
    threshold,
    allowUnsigned,
  }: GivenKeys & {
    /** Undefined for a command that needs a signed edition, and has no such option. */
    allowUnsigned: boolean | undefined;
  },
  campaignFolder: string | undefined,
): Promise<Trust> {
  if (keys.length > 0) return trustGiven(keys, threshold);
  const trust =
    campaignFolder === undefined ? trustNobody : await trustClone(campaignFolder, 'this clone');
  if (trust.editions.size > 0 || allowUnsigned === true) return trust;
  const lack =
    campaignFolder === undefined ? '' : `: ${campaignFolder}/editions holds no signed edition`;
  throw new UsageError(
    `There is no key to check with${lack}. Give the campaign’s key: --key RW… (from a place that you trust, never from the copy)${
      allowUnsigned === undefined
        ? '; a mirror is made of a signed edition only.'
        : ', or --allow-unsigned to look for other faults only.'
    }`,
  );
}

/**
 * The campaign whose editions have the keys: that of the clone that was named, or of the one that
 * the command is part of.
 * @param named folder of a clone, or of its campaign
 * @throws UsageError if it has no editions
 */
export function findCampaign(named: string | undefined, { clone }: Invocation): string | undefined {
  if (named === undefined) return clone?.campaignFolder;
  const places = [resolveHere(named), resolveHere(join(named, 'src/content'))];
  const found = places.find((folder) => existsSync(join(folder, 'editions')));
  if (found !== undefined) return found;
  throw new UsageError(
    `--clone ${quoteName(named)} has no folder src/content/editions, expected a clone of a campaign with a signed edition, or its campaign folder.`,
  );
}

/** The keys of `--key`, each once, and `--threshold` of them. Throws UsageError. */
export function readKeyOptions(values: {
  readonly key?: readonly string[] | undefined;
  readonly threshold?: string | undefined;
}): GivenKeys {
  const keys = readKeys(values.key ?? []);
  return { keys, threshold: readThreshold(values.threshold, keys.length) };
}

function readKeys(texts: readonly string[]): PublicKey[] {
  const keys = texts.map(readKey);
  const duplicate = findDuplicate(keys);
  if (duplicate)
    throw new UsageError(`The key ${duplicate.id} is given twice, expected each once.`);
  return keys;
}

function readKey(text: string): PublicKey {
  try {
    return parsePublicKey(text);
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw new UsageError(`--key ${quoteName(text)}: ${error.message}`);
  }
}

function readThreshold(text: string | undefined, keys: number): number | undefined {
  if (text === undefined) return undefined;
  if (keys === 0) throw new UsageError('--threshold counts the keys of --key, and none is given.');
  const number = Number(text);
  if (!/^[1-9][0-9]?$/.test(text) || number > keys)
    throw new UsageError(`--threshold is ${quoteName(text)}, expected a number from 1 to ${keys}.`);
  return number;
}

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
    remember: ({ edition, list, isProven, signedBy, replaced = [], verdict }) => {
      // Attack: of two lists for one number the one that came first is no truer, and would make the
      // other one look false for ever.
      if (file === undefined || !edition || list === undefined || !isProven) return;
      if (verdict === 'forked') return;
      remember(file, memory, edition.campaign, {
        number: edition.number,
        list,
        signers: printKeys(edition.keys.keys.filter(({ id }) => signedBy.includes(id))),
        replaced: replaced.map(({ keys }) => printKeys(keys)),
      });
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

const mostLines = 25;

/** A report as lines for people. `name` is the copy as its user called it. */
export function printReport(name: string, report: Report, isWeb: boolean): string {
  const { verdict, edition, evidence, notes, signedBy, files } = report;
  const { meaning, isProven } = describeVerdict(verdict);
  const lines = [`${showName(name)}: ${verdict.toUpperCase()}`, report.meaning ?? meaning, ''];
  if (edition) {
    const proven = isProven ? '' : ' (as it says)';
    lines.push(
      `edition ${edition.number} of ${edition.campaign}, ${edition.date}, look for a newer one after ${edition.lookForNewerAfter}${proven}`,
    );
  }
  for (const key of edition?.keys.keys.filter(({ id }) => signedBy.includes(id)) ?? [])
    lines.push(`signed by ${key.id}  ${printPublicKey(key)}`);
  if (report.list !== undefined)
    lines.push(
      `${files} ${files === 1 ? 'file fits' : 'files fit'} its list (SHA-256 ${report.list})`,
    );
  for (const kind of verdicts) {
    const found = evidence.filter((item) => item.verdict === kind);
    if (found.length === 0) continue;
    lines.push('', `${kind}:`, ...found.slice(0, mostLines).map(({ text }) => `  ${text}`));
    if (found.length > mostLines)
      lines.push(`  … and ${found.length - mostLines} more (--json has them)`);
  }
  if (notes.length > 0)
    lines.push('', 'to know:', ...notes.slice(0, mostLines).map((note) => `  ${note}`));
  if (isWeb)
    lines.push(
      '',
      'This is what the host has served to you, now. It can serve others something else, and can hold files that nothing links.',
    );
  return lines.join('\n');
}

/** The same for programs. */
export function toJson(name: string, { edition, ...report }: Report): string {
  const plain = edition && {
    campaign: edition.campaign,
    number: edition.number,
    date: edition.date,
    lookForNewerAfter: edition.lookForNewerAfter,
    notice: edition.notice,
  };
  return showJson(JSON.stringify({ copy: name, ...report, edition: plain }, null, 2));
}
