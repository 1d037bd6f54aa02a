import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { KeySet } from '../../core/minisign/public-key.ts';
import { isSeenUnder, type SeenEdition } from '../../core/trust/trust.ts';
import { UserError } from '../../core/text/user-error.ts';

/** The file of what was seen cannot be read or written; in words for its user. */
export class MemoryError extends UserError {
  override readonly name = 'MemoryError';
}

/** An edition that was seen, of a campaign. */
interface KeptEdition extends SeenEdition {
  readonly campaign: string;
}

/** The format of the file; another number is another one. */
const format = 3;

/** For each campaign and set of signers the highest edition that this checker has seen of them. */
export type Memory = readonly KeptEdition[];

/**
 * Where the memory of this user is kept: VYRAI_STATE, or the place for such files on this system.
 * Never in a copy or clone: a mirror must not bring its own.
 */
export function memoryFile(settings: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const own = settings['VYRAI_STATE'];
  if (own) return own;
  const base =
    platform === 'win32'
      ? settings['LOCALAPPDATA']
      : platform === 'darwin'
        ? join(homedir(), 'Library', 'Application Support')
        : settings['XDG_STATE_HOME'];
  return join(base || join(homedir(), '.local', 'state'), 'vyrai', 'seen.json');
}

/**
 * Reads the memory; an absent file is an empty one. Throws MemoryError: to go on without would let
 * an older edition pass.
 */
export function readMemory(file: string): Memory {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new MemoryError(
      `${file} cannot be read (${error instanceof Error ? error.message : String(error)}). It holds the newest editions that you have seen. Fix its rights, or use --no-memory.`,
    );
  }
  const memory = parse(text);
  if (memory === 'newer')
    throw new MemoryError(
      `${file} was written by a newer checker than this one, which cannot read it and leaves it as it is. Get that one, or use --no-memory.`,
    );
  if (memory === undefined)
    throw new MemoryError(
      `${file} is damaged: it holds the newest editions that you have seen. Delete it, and know that an older edition can pass until you have seen the newest again; or use --no-memory.`,
    );
  return memory;
}

function parse(text: string): Memory | 'newer' | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    if (!('format' in value)) return undefined;
    if (typeof value.format === 'number' && value.format > format) return 'newer';
    if (value.format !== format || !('seen' in value)) return undefined;
    return Array.isArray(value.seen) && value.seen.every(isKept) ? value.seen : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const isKept = (value: unknown): value is KeptEdition =>
  typeof value === 'object' &&
  value !== null &&
  'campaign' in value &&
  typeof value.campaign === 'string' &&
  'signers' in value &&
  areKeys(value.signers) &&
  'replaced' in value &&
  Array.isArray(value.replaced) &&
  value.replaced.every(areKeys) &&
  'number' in value &&
  Number.isInteger(value.number) &&
  'list' in value &&
  typeof value.list === 'string' &&
  /^[0-9a-f]{64}$/.test(value.list);

const areKeys = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((key) => typeof key === 'string');

/** What was seen of a campaign and counts under these keys. */
export const recall = (memory: Memory, campaign: string, needed: KeySet): SeenEdition[] =>
  memory
    .filter((kept) => kept.campaign === campaign && isSeenUnder(kept, needed))
    .map(({ number, list, signers, replaced }) => ({ number, list, signers, replaced }));

/**
 * Keeps an edition, unless a later one of the same signers is kept. Written to a new file and
 * renamed, so that a stop in between loses nothing. Throws MemoryError.
 */
export function remember(
  file: string,
  memory: Memory,
  campaign: string,
  { number, list, signers, replaced }: SeenEdition,
): void {
  const isOfSame = (kept: KeptEdition): boolean =>
    kept.campaign === campaign && kept.signers.join() === signers.join();
  if (signers.length === 0 || memory.some((kept) => isOfSame(kept) && kept.number >= number))
    return;
  const seen = [
    ...memory.filter((kept) => !isOfSame(kept)),
    { campaign, number, list, signers, replaced },
  ].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(draft, `${JSON.stringify({ format, seen }, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new MemoryError(
      `${file} cannot be written (${error instanceof Error ? error.message : String(error)}). Without it the next check does not know what you have seen; --no-memory does without.`,
    );
  }
}

const orderOf = ({ campaign, signers }: KeptEdition): string => `${campaign} ${signers.join()}`;
