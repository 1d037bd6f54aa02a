import type { Draft, Edition } from '../../kit/core/edition/edition.ts';
import { printPublicKey } from '../../kit/core/minisign/public-key.ts';
import type { CampaignKeys } from '../schema/keys.ts';
import { CampaignError, type Fault } from '../read/fault.ts';
import { campaignName } from '../read/campaign-folder.ts';
import type { PublishedEdition } from './read-edition.ts';

/**
 * What the campaign of this build is, or may become: `scripts/build` sets EDITION_NUMBER where the
 * sources are those of the newest edition.
 */
export function findBuild(campaign: string, editions: readonly Edition[]): Edition | Draft {
  const newest = editions.at(-1);
  const wanted = process.env['EDITION_NUMBER'];
  if (wanted === undefined || wanted === '') return { campaign, of: (newest?.number ?? 0) + 1 };
  if (newest && wanted === String(newest.number)) return newest;
  const expected = newest
    ? `${newest.number}, the newest edition`
    : 'none: the campaign has no edition';
  throw new CampaignError(
    [
      {
        file: 'editions',
        where: 'EDITION_NUMBER',
        found: wanted,
        expected,
        fix: 'leave EDITION_NUMBER out: the build finds it by itself',
      },
    ],
    `the campaign ${campaignName()}`,
  );
}

/**
 * Checks that an edition is built with the keys that site.yaml has. Later site.yaml may name those
 * of the next one already. Attack: pages name other keys than the file by which they are checked.
 */
export function checkKeys(
  build: Edition | Draft,
  editions: readonly PublishedEdition[],
  keys: CampaignKeys | undefined,
): Fault[] {
  const built = editions.find(({ edition }) => edition === build);
  if (!built || !keys) return [];
  const inEdition = describe(
    built.edition.keys.threshold,
    built.edition.keys.keys.map(printPublicKey),
  );
  const inSite = describe(keys.threshold, keys.keys);
  if (inEdition === inSite) return [];
  return [
    {
      file: built.file,
      where: 'lines "threshold" and "key"',
      found: inEdition,
      expected: `${inSite}, as in site.yaml`,
      fix: 'run npm run new -- edition again, or fix the keys in site.yaml',
    },
  ];
}

const describe = (threshold: number, keys: readonly string[]) =>
  `${threshold} of ${[...keys].sort().join(', ')}`;
