import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { editionLimits, type KeySet } from '../mirror/edition.ts';
import { parsePublicKey } from '../mirror/minisign/public-key.ts';

/** What `site.yaml` lacks for an edition; in words for its editor. */
export class CampaignKeysError extends Error {
  override readonly name = 'CampaignKeysError';
}

/** What an edition takes from `site.yaml`; the build checks that file whole. */
export interface CampaignIdentity {
  readonly id: string;
  readonly keys: KeySet;
  readonly nextKeys: KeySet;
  /** In the main language. */
  readonly notice: string | undefined;
}

/** Reads the keys of a campaign. Throws CampaignKeysError; KeyError on a key that is none. */
export function readIdentity(campaignFolder: string): CampaignIdentity {
  const file = join(campaignFolder, 'site.yaml');
  const site: unknown = parse(readFileSync(file, 'utf8'));
  const id = field(site, 'id');
  const keys = field(site, 'keys');
  if (keys === undefined) throw new CampaignKeysError(`${file} names no keys, expected "keys: { threshold: 1, keys: [RW…] }". Make one with "npm run keygen -- FILE", and put its RW… line there.`);
  const own = readKeySet(keys, file);
  const next = field(keys, 'next');
  const notice = field(field(site, 'notice'), String(field(site, 'main')));
  return { id: String(id), keys: own, nextKeys: next === undefined ? own : readKeySet(next, file), notice: typeof notice === 'string' ? notice : undefined };
}

function readKeySet(value: unknown, file: string): KeySet {
  const [threshold, keys] = [field(value, 'threshold'), field(value, 'keys')];
  const isSound = Number.isInteger(threshold) && Array.isArray(keys) && Number(threshold) >= 1 && Number(threshold) <= keys.length && keys.length <= editionLimits.maxKeys;
  if (!isSound) throw new CampaignKeysError(`${file}: found keys ${JSON.stringify(value)}, expected a threshold and at least as many keys: { threshold: 2, keys: [RW…, RW…, RW…] }.`);
  return { threshold: Number(threshold), keys: keys.map((key) => parsePublicKey(String(key))) };
}

const field = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null && name in value ? (value as Record<string, unknown>)[name] : undefined);
