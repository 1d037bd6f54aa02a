import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { editionLimits, type KeySet } from '../../src/kit/core/edition/edition.ts';
import {
  KeyError,
  parsePublicKey,
  type PublicKey,
} from '../../src/kit/core/minisign/public-key.ts';
import { quoteName } from '../../src/kit/core/text/quote-name.ts';
import { UserError } from '../../src/kit/core/text/user-error.ts';

/** What `site.yaml` lacks for an edition; in words for its editor. */
export class CampaignKeysError extends UserError {
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

/** Reads the keys of a campaign. Throws CampaignKeysError; the error of the system if there is no site.yaml. */
export function readIdentity(campaignFolder: string): CampaignIdentity {
  const file = join(campaignFolder, 'site.yaml');
  const site = readYaml(file);
  const id = field(site, 'id');
  if (typeof id !== 'string')
    throw new CampaignKeysError(`${file} has no id, expected one such as "id: garden".`);
  const keys = field(site, 'keys');
  if (keys === undefined)
    throw new CampaignKeysError(
      `${file} names no keys, expected "keys: { threshold: 1, keys: [RW…] }". Make one with "npm run keygen -- FILE", and put its RW… line there.`,
    );
  const own = readKeySet(keys, file);
  const next = field(keys, 'next');
  const notice = field(field(site, 'notice'), String(field(site, 'main')));
  return {
    id,
    keys: own,
    nextKeys: next === undefined ? own : readKeySet(next, file),
    notice: typeof notice === 'string' ? notice : undefined,
  };
}

function readKeySet(value: unknown, file: string): KeySet {
  const [threshold, keys] = [field(value, 'threshold'), field(value, 'keys')];
  const isSound =
    Number.isInteger(threshold) &&
    Array.isArray(keys) &&
    Number(threshold) >= 1 &&
    Number(threshold) <= keys.length &&
    keys.length <= editionLimits.maxKeys;
  if (!isSound)
    throw new CampaignKeysError(
      `${file}: found keys ${JSON.stringify(value)}, expected a threshold and at least as many keys: { threshold: 2, keys: [RW…, RW…, RW…] }.`,
    );
  return { threshold: Number(threshold), keys: keys.map((key) => readKey(String(key), file)) };
}

function readKey(text: string, file: string): PublicKey {
  try {
    return parsePublicKey(text);
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw new CampaignKeysError(`${file}: the key ${quoteName(text)}: ${error.message}`);
  }
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new CampaignKeysError(`${file} is no YAML: ${error.message}`);
  }
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
