import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { addressLimits } from '../../src/campaign/check/check-addresses.ts';
import { campaignFolder, campaignName } from '../../src/campaign/read/campaign-folder.ts';
import { listCampaignFiles } from '../../src/campaign/read/folder.ts';
import { readSite } from '../../src/campaign/read/read-site.ts';
import { drawIdentifier } from '../../src/campaign/schema/identifier.ts';
import { isCalendarDate } from '../../src/kit/core/text/dates.ts';
import { parseWords, UsageError } from '../cli/command-line.ts';
import { printFields } from './front-matter.ts';
import type { NewCommand } from './new-command.ts';
import { beginFile, checkName, checkTitle, nameAfter, writeNew } from './new-file.ts';
import { explainUpdate } from './update-fields.ts';

const usage = `npm run new -- update "TITLE" [--lang TAG] [--date YYYY-MM-DD] [--name NAME]

Writes an update with all its fields, each explained, into the campaign (updates/<lang>/<year>/<name>.md). Folder and name become
its address, which never changes again.
  --lang  the language of the text (the campaign's main one)
  --date  of the event or of the original text, also YYYY-MM or YYYY (today, if not said); its year is the folder
  --name  the name of the file, of a-z, 0-9 and hyphens (made of the title); with a folder of the year: 2/NAME`;

/** A dated text in one language. */
export const newUpdate: NewCommand = { usage, run };

/** What an update is begun with. */
export interface UpdateRequest {
  readonly title: string;
  /** The main one, if not said. */
  readonly language: string | undefined;
  /** A partial date; today, if not said. */
  readonly date: string | undefined;
  /** Made of the title, if not said. */
  readonly name: string | undefined;
  /** YYYY-MM-DD. */
  readonly today: string;
}

async function run(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(
    words,
    { lang: { type: 'string' }, date: { type: 'string' }, name: { type: 'string' } } as const,
    usage,
    1,
  );
  const [title] = positionals;
  if (title === undefined) throw new UsageError(`Found no title.\n\n${usage}`);
  const { file, address } = writeUpdate(campaignFolder(), {
    title,
    language: values.lang,
    date: values.date,
    name: values.name,
    today: new Date().toISOString().slice(0, 10),
  });
  console.log(`${relative(process.cwd(), file)}`);
  console.log(`  its address will be ${address}`);
  console.log(
    '\nNow fill in what is empty between the --- lines, write the text below them, and look at it ' +
      '(npm run dev). The build refuses the file until it is complete.',
  );
  return 0;
}

/**
 * Writes a new update into a campaign.
 * @returns the file, and the address of its page
 * @throws UsageError where something of it cannot be; CampaignError on a `site.yaml` with faults
 */
export function writeUpdate(
  folder: string,
  { title, language, date: given, name, today }: UpdateRequest,
): { file: string; address: string } {
  const { locales } = readSite(folder, `the campaign ${campaignName()}`);
  const tag = language ?? locales.main;
  if (!locales.all.includes(tag))
    throw new UsageError(
      `--lang is "${tag}", expected a language of site.yaml: ${locales.all.join(', ')}.`,
    );
  checkTitle(title);
  const date = given ?? today;
  if (!isCalendarDate(date))
    throw new UsageError(`--date is "${date}", expected YYYY-MM-DD, YYYY-MM or YYYY.`);
  const slug = `${date.slice(0, 4)}/${name ?? nameAfter(title, tag)}`;
  const path = `updates/${tag}/${slug}.md`;
  checkName(slug, path);
  checkPlace(folder, tag, slug);
  const fields = explainUpdate({
    ...beginFile(folder, locales, title, today),
    date,
    id: drawIdentifier(),
  });
  const file = writeNew(folder, path, `---\n${printFields(fields)}---\n\n`);
  return { file, address: `${tag}/update/${slug}.html` };
}

/** Whether a file may be there: files of one name in several languages are translations. */
function checkPlace(folder: string, tag: string, slug: string): void {
  const taken = listCampaignFiles(folder, 'updates').filter(
    (file) => file.replace(/^updates\/[^/]+\/|\.\w+$/g, '') === slug,
  );
  const own = taken.find((file) => file.startsWith(`updates/${tag}/`));
  if (own !== undefined)
    throw new UsageError(`${own} is there already. Choose another name: --name NAME`);
  if (taken[0] !== undefined)
    throw new UsageError(
      `${taken[0]} has this name, and files of one name are translations of each other. For another ` +
        'text choose another name: --name NAME. For a translation copy that file, translate it, and ' +
        `give it "translation: { of: 1, checked: false }" and "id: ${drawIdentifier()}".`,
    );
  const place = `updates/${tag}/${slug.slice(0, slug.lastIndexOf('/'))}`;
  const entries = existsSync(join(folder, place)) ? readdirSync(join(folder, place)).length : 0;
  if (entries >= addressLimits.folderEntries)
    throw new UsageError(
      `${place}/ has ${entries} entries, expected fewer than ${addressLimits.folderEntries}. Start a ` +
        'folder in it: --name 2/NAME',
    );
}
