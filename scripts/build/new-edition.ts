import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '../../src/kit/core/text/dates.ts';
import { printEdition, printHistory, type Edition } from '../../src/kit/core/edition/edition.ts';
import {
  isSameKeySet,
  parsePublicKey,
  type KeySet,
} from '../../src/kit/core/minisign/public-key.ts';
import { editionFolder, findSignatures } from '../../src/kit/node/edition/edition-folder.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import {
  editionFile,
  manifestFile,
  signatureFile,
} from '../../src/kit/core/edition/edition-files.ts';
import { campaignName } from '../../src/campaign/read/campaign-folder.ts';
import { readSite } from '../../src/campaign/read/read-site.ts';
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
  const before = number > 1 ? await findHistory(campaignFolder, number - 1) : undefined;
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
    previousList: before?.lists.at(-1),
    history: before && hashBytes(printHistory(before.lists)),
    keys,
    nextKeys: isLast ? undefined : nextKeys,
    signers: signers
      ? keys.keys.map((key) => key.id).filter((key) => signers.includes(key))
      : keys.keys.slice(0, keys.threshold).map((key) => key.id),
    notice,
    extensions: [],
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
  const list = readFileSync(join(folder, manifestFile));
  return (await findSignatures(folder, list, edition)).fitting.length > 0;
}

/**
 * The editions before a new one: it names the lists of all, and its CHAIN.txt holds what proves
 * them.
 * @returns the last of them, and the hashes of the lists of all, from the first on
 * @throws NewEditionError where one is missing, or not signed by enough of its keys
 */
async function findHistory(
  campaignFolder: string,
  last: number,
): Promise<{ edition: Edition; lists: string[] }> {
  const lists: string[] = [];
  for (let number = 1; number <= last; number++) {
    const folder = editionFolder(campaignFolder, number);
    const missing = [editionFile, manifestFile].find((name) => !existsSync(join(folder, name)));
    if (missing !== undefined)
      throw new NewEditionError(
        `Edition ${number} is not complete: ${join(folder, missing)} is missing. Get it from ` +
          'the history of the campaign, since each edition proves all those before it.',
      );
    const { edition } = readKeptEdition(campaignFolder, number);
    const list = readFileSync(join(folder, manifestFile));
    const { fitting } = await findSignatures(folder, list, edition);
    if (fitting.length < edition.keys.threshold)
      throw new NewEditionError(
        `Edition ${number} is signed by ${fitting.length} of its keys, and ` +
          `${edition.keys.threshold} have to: the next one could not prove it. ` +
          (number < last
            ? `Get the other signatures back into ${folder}, from the history of the campaign.`
            : adviseHalfSigned(edition, folder, fitting)),
      );
    lists.push(hashBytes(list));
  }
  return { edition: readKeptEdition(campaignFolder, last).edition, lists };
}

/** What to do where holders have begun to sign an edition, and not enough of them go on. */
function adviseHalfSigned({ signers }: Edition, folder: string, signed: readonly string[]): string {
  const missing = signers.filter((id) => !signed.includes(id));
  return (
    `Have ${missing.join(' and ')} sign it (npm run sign). If such a key is lost, delete ` +
    `${signed.map((id) => join(folder, signatureFile(id))).join(' and ')}, and begin the same ` +
    'edition again with those who can sign: npm run new -- edition --signers ID,ID. If it may be ' +
    'in other hands, read docs/key-holders.md, “the first hour”, before.'
  );
}
