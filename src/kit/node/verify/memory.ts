import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SeenEdition } from '../../core/verify/check-edition.ts';
import type { KeySet } from '../../core/edition/edition.ts';
import { printPublicKey, type PublicKey } from '../../core/minisign/public-key.ts';
import { UserError } from '../../core/text/user-error.ts';

/** The file of what was seen cannot be read or written; in words for its user. */
export class MemoryError extends UserError {
  override readonly name = 'MemoryError';
}

/** An edition that was seen, and who had signed it. */
interface KeptEdition extends SeenEdition {
  readonly campaign: string;
  /**
   * Whole public keys, `RW…`, sorted: a key id is a label that anyone can give to a key of their
   * own.
   */
  readonly keys: readonly string[];
}

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
  if (memory === undefined)
    throw new MemoryError(
      `${file} is damaged: it holds the newest editions that you have seen. Delete it, and know that an older edition can pass until you have seen the newest again; or use --no-memory.`,
    );
  return memory;
}

function parse(text: string): Memory | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    if (!('format' in value) || value.format !== 2 || !('seen' in value)) return undefined;
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
  'keys' in value &&
  Array.isArray(value.keys) &&
  value.keys.every((key) => typeof key === 'string') &&
  'number' in value &&
  Number.isInteger(value.number) &&
  'list' in value &&
  typeof value.list === 'string' &&
  /^[0-9a-f]{64}$/.test(value.list);

/**
 * What was seen of a campaign that keys have signed, enough of them. Attack: with stolen keys,
 * edition 999999 is signed and shown once, so that all true ones after it seem old. Once the keys
 * are replaced, it no longer counts: what the keys that are needed now have not signed is
 * forgotten, as in TUF (5.3.11).
 */
export const recall = (memory: Memory, campaign: string, needed: KeySet): SeenEdition[] =>
  memory
    .filter((kept) => kept.campaign === campaign && countShared(kept, needed) >= needed.threshold)
    .map(({ number, list }) => ({ number, list }));

const countShared = ({ keys }: KeptEdition, needed: KeySet): number =>
  needed.keys.filter((key) => keys.includes(printPublicKey(key))).length;

/**
 * Keeps an edition, unless a later one of the same signers is kept. Written to a new file and
 * renamed, so that a stop in between loses nothing. Throws MemoryError.
 */
export function remember(
  file: string,
  memory: Memory,
  campaign: string,
  signers: readonly PublicKey[],
  { number, list }: SeenEdition,
): void {
  const keys = signers.map(printPublicKey).sort();
  const isOfSame = (kept: KeptEdition): boolean =>
    kept.campaign === campaign && kept.keys.join() === keys.join();
  if (keys.length === 0 || memory.some((kept) => isOfSame(kept) && kept.number >= number)) return;
  const seen = [...memory.filter((kept) => !isOfSame(kept)), { campaign, number, list, keys }].sort(
    (a, b) => (orderOf(a) < orderOf(b) ? -1 : 1),
  );
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(draft, `${JSON.stringify({ format: 2, seen }, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new MemoryError(
      `${file} cannot be written (${error instanceof Error ? error.message : String(error)}). Without it the next check does not know what you have seen; --no-memory does without.`,
    );
  }
}

const orderOf = ({ campaign, keys }: KeptEdition): string => `${campaign} ${keys.join()}`;
