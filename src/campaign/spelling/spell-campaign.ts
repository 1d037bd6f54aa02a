import type { Campaign } from '../read-campaign.ts';
import { listSharedNames } from '../check/shared-names.ts';
import { listWrittenTexts } from '../text/written-texts.ts';
import { checkSpelling, type Spelling } from './check-spelling.ts';
import { splitWords } from './split-words.ts';

/** Checks the spelling of all texts of a campaign. */
export function spellCampaign({ entries, site, siteSource, words }: Campaign): Promise<Spelling> {
  const names = new Set(
    listSharedNames(entries)
      .flatMap(splitWords)
      .flatMap(({ word }) => [word, ...word.split('-')]),
  );
  return checkSpelling(listWrittenTexts(entries, site, siteSource), words, names);
}
