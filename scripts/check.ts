/** `npm run check`: all that is wrong with a campaign, without building it. */
import { checkCampaign } from '../src/campaign/check-campaign.ts';
import { campaignFolder, campaignName } from '../src/campaign/read/campaign-folder.ts';
import { formatFaults, maxShown } from '../src/campaign/read/fault.ts';
import { listCampaignFiles } from '../src/campaign/read/folder.ts';
import { parseWords, runCommand } from './cli/command-line.ts';

const usage = `npm run check [-- --all]

Looks at every file of the campaign (CONTENT_DIR, or src/content) and prints what is wrong: file and line, what was found, what was
expected, how to fix it. A build looks at the finished pages as well: sizes, places within pages (#…), numbers of translations.
  --all  every fault; without it the first ${maxShown}`;

await runCommand(async () => {
  const { values } = parseWords(
    process.argv.slice(2),
    { all: { type: 'boolean' } } as const,
    usage,
    0,
  );
  const faults = await checkCampaign(campaignFolder(), campaignName());
  if (faults.length > 0) {
    const text = formatFaults(
      faults,
      `the campaign ${campaignName()}`,
      values.all ? Infinity : maxShown,
    );
    console.error(text);
    return 1;
  }
  const count = listCampaignFiles(campaignFolder()).length;
  console.log(`no fault in the ${count} files of ${campaignName()}; for the words: npm run spell`);
  return 0;
});
