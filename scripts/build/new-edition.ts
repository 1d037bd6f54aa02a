import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '../../src/kit/core/text/dates.ts';
import { printEdition, type Edition } from '../../src/kit/core/edition/edition.ts';
import { editionFolder, findSignatures } from '../../src/kit/node/edition/edition-folder.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import { editionFile, manifestFile } from '../../src/kit/core/edition/edition-files.ts';
import { isSameKeySet } from '../../src/kit/core/trust/trust.ts';
import { findNewestEdition, readEdition, type KeptEdition } from './campaign-editions.ts';
import { CampaignKeysError, readIdentity } from './campaign-keys.ts';

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

/**
 * Writes the next edition into a campaign, or the newest again as long as nobody has signed it.
 * @returns the edition, and its file
 * @throws CampaignKeysError; EditionError; KeyError
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
    throw new CampaignKeysError(
      `Edition ${number - 1} was the last one: nobody would believe another.`,
    );
  if (before?.edition.nextKeys && !isSameKeySet(before.edition.nextKeys, keys)) {
    throw new CampaignKeysError(
      `Edition ${number - 1} says that edition ${number} has the keys ${before.edition.nextKeys.keys.map((key) => key.id).join(', ')} (${before.edition.nextKeys.threshold} needed); site.yaml names ${keys.keys.map((key) => key.id).join(', ')} (${keys.threshold} needed). Keys change one edition ahead: put those of edition ${number} under "keys", the new ones under "keys.next".`,
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
    throw new CampaignKeysError(
      `${stranger} is the id of no key in site.yaml, expected one of ${keys.keys.map((key) => key.id).join(', ')}.`,
    );
  const text = printEdition(edition);

  const folder = editionFolder(campaignFolder, number);
  if (existsSync(folder))
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true }); // what was listed and not signed
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
    throw new CampaignKeysError(
      `Edition ${number} is not complete: ${list} is missing. Get it from the history of the campaign, since each edition names the list of the one before.`,
    );
  return {
    edition: readEdition(campaignFolder, number).edition,
    listHash: hashBytes(readFileSync(list)),
  };
}
