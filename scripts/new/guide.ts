import { campaignFolder, campaignName } from '../../src/campaign/read/campaign-folder.ts';
import { listCampaignFiles } from '../../src/campaign/read/folder.ts';
import { readSite } from '../../src/campaign/read/read-site.ts';
import { parseWords, UsageError } from '../cli/command-line.ts';
import { printFields } from './front-matter.ts';
import { explainGuide } from './guide-fields.ts';
import type { NewCommand } from './new-command.ts';
import { checkName, checkTitle, nameAfter, reportFile, todayHere, writeNew } from './new-file.ts';

const usage = `npm run new -- guide "TITLE" [--name NAME]

Writes a guide in the campaign's main language (guides/<lang>/<name>.mdx), to which other languages fall back. The name becomes its
address, which never changes again. A translation: npm run new -- translation guide/NAME --lang TAG`;

/** A standing page. */
export const newGuide: NewCommand = { usage, run };

async function run(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(
    words,
    { name: { type: 'string' } } as const,
    usage,
    1,
  );
  const [title] = positionals;
  if (title === undefined) throw new UsageError(`Found no title.\n\n${usage}`);
  reportFile(
    writeGuide(campaignFolder(), { title, name: values.name, today: todayHere() }),
    'Now fill in what is empty between the --- lines, write the text below them, and look for ' +
      'faults: npm run check',
  );
  return 0;
}

/**
 * Writes a new guide into a campaign.
 * @returns where it is
 * @throws UsageError where something of it cannot be; CampaignError on a `site.yaml` with faults
 */
export function writeGuide(
  folder: string,
  { title, name: given, today }: { title: string; name: string | undefined; today: string },
): string {
  const { main } = readSite(folder, `the campaign ${campaignName()}`).locales;
  checkTitle(title);
  const name = given ?? nameAfter(title, main);
  const path = `guides/${main}/${name}.mdx`;
  checkName(name, path);
  const taken = listCampaignFiles(folder, 'guides').find(
    (file) => file.replace(/^guides\/[^/]+\/|\.\w+$/g, '') === name,
  );
  if (taken !== undefined)
    throw new UsageError(`${taken} has this name. Choose another name: --name NAME`);
  return writeNew(folder, path, `---\n${printFields(explainGuide({ title, today }))}---\n\n`);
}
