import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SeenEdition } from '../../core/verify/check-edition.ts';
import { UserError } from '../../core/text/user-error.ts';

/** The file of what was seen cannot be read or written; in words for its user. */
export class MemoryError extends UserError {
  override readonly name = 'MemoryError';
}

/** By campaign and key id, the highest edition that this checker has seen signed by it. */
type Memory = Record<string, SeenEdition>;

/** Where the memory of this user is kept: VYRAI_STATE, or the place for such files on this system. Never in a copy or clone: a mirror must not bring its own. */
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

/** Reads the memory; an absent file is an empty one. Throws MemoryError: to go on without would let an older edition pass. */
export function readMemory(file: string): Memory {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new MemoryError(
      `${file} cannot be read (${error instanceof Error ? error.message : String(error)}). It holds the newest editions that you have seen. Mend its rights, or use --no-memory.`,
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
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const entries = Object.entries(value);
    return entries.every(([, seen]) => isSeen(seen)) ? Object.fromEntries(entries) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const isSeen = (value: unknown): value is SeenEdition =>
  typeof value === 'object' &&
  value !== null &&
  'number' in value &&
  Number.isInteger(value.number) &&
  'list' in value &&
  typeof value.list === 'string' &&
  /^[0-9a-f]{64}$/.test(value.list);

const nameOf = (campaign: string, keyId: string): string => `${campaign} ${keyId}`;

/** What was seen of a campaign, signed by any of the keys. */
export const recall = (
  memory: Memory,
  campaign: string,
  keyIds: readonly string[],
): SeenEdition[] => keyIds.flatMap((id) => memory[nameOf(campaign, id)] ?? []);

/** Keeps an edition, unless a later one is kept. Written beside and renamed, so that a stop in between loses nothing. Throws MemoryError. */
export function remember(
  file: string,
  memory: Memory,
  campaign: string,
  keyIds: readonly string[],
  seen: SeenEdition,
): void {
  const fresh = keyIds.filter((id) => (memory[nameOf(campaign, id)]?.number ?? 0) < seen.number);
  if (fresh.length === 0) return;
  const next = {
    ...memory,
    ...Object.fromEntries(fresh.map((id) => [nameOf(campaign, id), seen])),
  };
  const sorted = Object.fromEntries(Object.entries(next).sort(([a], [b]) => (a < b ? -1 : 1)));
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(draft, `${JSON.stringify(sorted, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new MemoryError(
      `${file} cannot be written (${error instanceof Error ? error.message : String(error)}). Without it the next check does not know what you have seen; --no-memory does without.`,
    );
  }
}
