import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '../../src/kit/core/text/dates.ts';
import { printEdition, type Edition, type KeySet } from '../../src/kit/core/edition/edition.ts';
import { editionFolder, findSignatures } from '../../src/kit/node/edition/edition-folder.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import { editionFile, manifestFile } from '../../src/kit/core/edition/edition-files.ts';
import { isSameKeySet } from '../../src/kit/core/trust/trust.ts';
import { campaignName } from '../../src/campaign/read/folder.ts';
import { readSite } from '../../src/campaign/read/read-site.ts';
import { parsePublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { UserError } from '../../src/kit/core/text/user-error.ts';
import { findNewestEdition, readKeptEdition, type KeptEdition } from './kept-edition.ts';

/** What a campaign lacks for its next edition; in words for its editor. */
export class NewEditionError extends UserError {
  override readonly name = 'NewEditionError';
}

export interface NewEdition {
  /** YYYY-MM-DD. */
  readonly date: string;
  /** Days until readers should look for a newer one. */
  readonly days: number;
  /** Ids of the keys that will sign; undefined for the first that are enough. */
  readonly signers: readonly string[] | undefined;
  /** Whether no further edition will come. */
  readonly isLast: boolean;
}

/** What an edition takes from `site.yaml`. */
export interface CampaignIdentity {
  readonly id: string;
  readonly keys: KeySet;
  readonly nextKeys: KeySet;
  /** In the main language. */
  readonly notice: string | undefined;
}

/** Reads who signs a campaign. @throws NewEditionError, CampaignError */
export function readIdentity(campaignFolder: string): CampaignIdentity {
  const { site } = readSite(campaignFolder, `the campaign ${campaignName()}`);
  if (!site.keys)
    throw new NewEditionError(
      `${join(campaignFolder, 'site.yaml')} names no keys, expected "keys: { threshold: 1, ` +
        'keys: [RW…] }". Make one with "npm run keygen -- FILE", and put its RW… line there.',
    );
  const { next, threshold, keys } = site.keys;
  return {
    id: site.id,
    keys: parseKeySet({ threshold, keys }),
    nextKeys: parseKeySet(next),
    notice: site.notice?.[site.main],
  };
}

const parseKeySet = ({
  threshold,
  keys,
}: {
  threshold: number;
  keys: readonly string[];
}): KeySet => ({
  threshold,
  keys: keys.map(parsePublicKey),
});

/**
 * Writes the next edition into a campaign, or the newest again as long as nobody has signed it.
 * @returns the edition, and its file
 * @throws NewEditionError; CampaignError on a `site.yaml` with faults; EditionError
 */
export async function writeNewEdition(
  campaignFolder: string,
  { date, days, signers, isLast }: NewEdition,
): Promise<{ edition: Edition; file: string }> {
  const { id, keys, nextKeys, notice } = readIdentity(campaignFolder);
  const newest = findNewestEdition(campaignFolder);
  const isOpen = newest !== undefined && !(await hasSignature(newest));
  const number = (newest?.edition.number ?? 0) + (isOpen ? 0 : 1);
  const before = number > 1 ? findBefore(campaignFolder, number - 1) : undefined;
  if (before && !before.edition.nextKeys)
    throw new NewEditionError(
      `Edition ${number - 1} was the last one: nobody would believe another.`,
    );
  if (before?.edition.nextKeys && !isSameKeySet(before.edition.nextKeys, keys)) {
    throw new NewEditionError(
      `Edition ${number - 1} says that edition ${number} has the keys ` +
        `${before.edition.nextKeys.keys.map((key) => key.id).join(', ')} ` +
        `(${before.edition.nextKeys.threshold} needed); site.yaml names ` +
        `${keys.keys.map((key) => key.id).join(', ')} (${keys.threshold} needed). Keys ` +
        `change one edition ahead: put those of edition ${number} under "keys", the new ones ` +
        'under "keys.next".',
    );
  }
  const edition: Edition = {
    campaign: id,
    number,
    date,
    lookForNewerAfter: addDays(date, days),
    previousList: before?.listHash,
    keys,
    nextKeys: isLast ? undefined : nextKeys,
    signers: signers
      ? keys.keys.map((key) => key.id).filter((key) => signers.includes(key))
      : keys.keys.slice(0, keys.threshold).map((key) => key.id),
    notice,
  };
  const stranger = signers?.find((signer) => !keys.keys.some((key) => key.id === signer));
  if (stranger !== undefined)
    throw new NewEditionError(
      `${stranger} is the id of no key in site.yaml, expected one of ${keys.keys.map((key) => key.id).join(', ')}.`,
    );
  const text = printEdition(edition);

  const folder = editionFolder(campaignFolder, number);
  if (existsSync(folder))
    // what was listed and not signed
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  mkdirSync(folder, { recursive: true });
  const file = join(folder, editionFile);
  writeFileSync(file, text);
  return { edition, file };
}

async function hasSignature({ edition, folder }: KeptEdition): Promise<boolean> {
  if (!existsSync(join(folder, manifestFile))) return false;
  return (
    (await findSignatures(folder, readFileSync(join(folder, manifestFile)), edition.keys)).fitting
      .length > 0
  );
}

function findBefore(
  campaignFolder: string,
  number: number,
): { edition: Edition; listHash: string } {
  const list = join(editionFolder(campaignFolder, number), manifestFile);
  if (!existsSync(list))
    throw new NewEditionError(
      `Edition ${number} is not complete: ${list} is missing. Get it from the history of ` +
        'the campaign, since each edition names the list of the one before.',
    );
  return {
    edition: readKeptEdition(campaignFolder, number).edition,
    listHash: hashBytes(readFileSync(list)),
  };
}
