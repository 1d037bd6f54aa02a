/**
 * `npm run spell`: looks up every word of the campaign in public dictionaries and in its own word
 * lists.
 */
import { formatFaults } from '../src/campaign/read/fault.ts';
import { campaignFolder, campaignName } from '../src/campaign/read/campaign-folder.ts';
import { readCampaign } from '../src/campaign/read-campaign.ts';
import { runCommand } from './cli/command-line.ts';
import { spellCampaign } from '../src/campaign/spelling/check-spelling.ts';

await runCommand(async () => {
  const { faults, counts, leftOut } = await spellCampaign(
    await readCampaign(campaignFolder(), campaignName()),
  );
  for (const [language, count] of Object.entries(counts))
    console.log(`${language}: ${count} words`);
  for (const language of leftOut) console.log(`${language}: left out, no dictionary`);
  if (faults.length > 0)
    console.error(`\n${formatFaults(faults, `the words of ${campaignName()}`)}`);
  return faults.length > 0 ? 1 : 0;
});
