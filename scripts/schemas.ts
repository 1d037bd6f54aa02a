/** `npm run schemas`: what VS Code needs to complete and check the files of a campaign. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { campaignFolder, campaignName } from '../src/campaign/read/campaign-folder.ts';
import { examineSite } from '../src/campaign/read/read-site.ts';
import { CampaignError } from '../src/campaign/read/fault.ts';
import { project } from './build/project.ts';
import { parseWords, runCommand } from './cli/command-line.ts';
import { makeVscodeFiles } from './new/vscode-files.ts';

const usage = `npm run schemas

Writes .vscode/ with a JSON Schema of each kind of file, settings and a task: for the campaign of this clone into this clone, for
another one (CONTENT_DIR) into its folder. To be run again after a language was added, or with a new version of Vyrai.`;

await runCommand(async () => {
  parseWords(process.argv.slice(2), {}, usage, 0);
  const context = `the campaign ${campaignName()}`;
  const { locales, faults } = examineSite(campaignFolder(), context);
  if (!locales) throw new CampaignError(faults, context);
  const fromHere = (to: string, from: string) => relative(from, to).split(sep).join('/');
  const below = fromHere(campaignFolder(), project);
  const isOurs = !below.startsWith('..');
  const folder = isOurs ? project : campaignFolder();
  const files = makeVscodeFiles(
    locales,
    isOurs ? `${below}/` : '',
    isOurs ? '' : fromHere(project, folder),
  );
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  console.log(`${files.size} files in ${relative(process.cwd(), join(folder, '.vscode'))}`);
  return 0;
});
