/** `npm run translations`: what is translated, what lags, what no native reader has read. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { campaignFolder, campaignName } from '../src/campaign/read/campaign-folder.ts';
import { formatFaults } from '../src/campaign/read/fault.ts';
import { readCampaign, type Campaign } from '../src/campaign/read-campaign.ts';
import { parseWords, resolveHere, runCommand, UsageError } from './cli/command-line.ts';
import { exportPo, importPo } from './translations/exchange.ts';
import { listEnglishTexts, printEnglishTexts } from './translations/list-english.ts';
import { listTranslations } from './translations/list-translations.ts';
import { printPage } from './translations/print-page.ts';
import { printTable, printWork } from './translations/print-table.ts';

const usage = `npm run translations [-- --lang TAG | --html FILE]
npm run translations -- export TAG.po
npm run translations -- import TAG.po

Counts for each language what is missing, what follows an older version of its original (behind) and what no native reader has read
(unread), and names the texts whose sources were looked at longest ago, and those of the interface that are in English still.
export writes the strings of a language for programs such as Poedit; import takes them back, all or none: another number, link or account than in the original is refused.
  --lang  what is to be done in one language, file by file, law, safety and money first
  --html  all of it as a page to look at, which is no part of the site`;

await runCommand(async () => {
  const { values, positionals } = parseWords(
    process.argv.slice(2),
    { lang: { type: 'string' }, html: { type: 'string' } } as const,
    usage,
    2,
  );
  const [command, file] = positionals;
  if (command !== undefined && command !== 'export' && command !== 'import')
    throw new UsageError(`Found "${command}", expected export or import.\n\n${usage}`);
  if (command !== undefined && file === undefined)
    throw new UsageError(`Expected a file after ${command}, such as be.po.\n\n${usage}`);
  const campaign = await readCampaign(campaignFolder(), campaignName());
  if (command === 'export' && file !== undefined) return runExport(campaign, file);
  if (command === 'import' && file !== undefined) return runImport(campaign, file);
  const { entries, locales } = campaign;
  if (values.lang !== undefined) checkTag(values.lang, campaign, '--lang');
  const states = listTranslations(entries, locales);
  if (values.html !== undefined) {
    writeFileSync(resolveHere(values.html), printPage(states, campaign.site));
    console.log(`the state of ${states.length} translations in ${values.html}`);
    return 0;
  }
  const lines =
    values.lang === undefined
      ? [...printTable(states, locales), ...printEnglishTexts(listEnglishTexts(entries.interface))]
      : printWork(states, values.lang);
  console.log(lines.join('\n'));
  return 0;
});

function checkTag(tag: string, { locales: { main, all } }: Campaign, what: string): void {
  const others = all.filter((other) => other !== main);
  if (!others.includes(tag))
    throw new UsageError(`${what} is "${tag}", expected one of ${others.join(', ')}.`);
}

/** The name of a PO file says its language: `be.po`. */
function tagOf(file: string, campaign: Campaign): string {
  const tag = basename(file).replace(/\.po$/, '');
  checkTag(tag, campaign, 'The name of the file without .po');
  return tag;
}

function runExport(campaign: Campaign, file: string): number {
  const { text, count, leftOut } = exportPo(campaign, tagOf(file, campaign));
  writeFileSync(resolveHere(file), text);
  console.log(`${count} strings in ${file}`);
  if (leftOut.length > 0)
    console.log(
      `left out, without a translation or with other blocks than the original: ${leftOut.join(', ')}`,
    );
  return 0;
}

function runImport(campaign: Campaign, file: string): number {
  const tag = tagOf(file, campaign);
  const text = readFileSync(resolveHere(file), 'utf8');
  const name = basename(file);
  const { faults, files, count } = importPo(campaignFolder(), campaign, tag, text, name);
  if (faults.length > 0) {
    console.error(formatFaults(faults, `${name}; nothing was changed`));
    return 1;
  }
  for (const changed of files) console.log(changed);
  console.log(
    `${count} strings changed. Look at them (git diff), then: npm run check. Where a native reader ` +
      'had read the words, put "checked: false", or the mark that it names.',
  );
  return 0;
}
