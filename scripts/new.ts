/** `npm run new -- KIND …`: begins a new file of the campaign. Each kind is a file of `new/`. */
import { UsageError, runCommand } from './cli/command-line.ts';
import { newCampaign } from './new/campaign.ts';
import { newEdition } from './new/edition.ts';
import { newInterface } from './new/interface.ts';
import { newGuide } from './new/guide.ts';
import type { NewCommand } from './new/new-command.ts';
import { newRecord, recordKinds } from './new/record.ts';
import { newTranslation } from './new/translation.ts';
import { newUpdate } from './new/update.ts';

const commands: ReadonlyMap<string, NewCommand> = new Map([
  ['campaign', newCampaign],
  ['guide', newGuide],
  ['update', newUpdate],
  ...Object.entries(recordKinds).map(([word, kind]) => [word, newRecord(kind)] as const),
  ['translation', newTranslation],
  ['interface', newInterface],
  ['edition', newEdition],
]);
const usage = [...commands.values()].map((command) => command.usage).join('\n\n');

await runCommand(async () => {
  const [kind = '', ...words] = process.argv.slice(2);
  if (['--help', '-h'].includes(kind)) throw new UsageError(usage, 0);
  const command = commands.get(kind);
  if (!command)
    throw new UsageError(
      `Found "${kind}", expected what to begin: ${[...commands.keys()].join(', ')}.\n\n${usage}`,
    );
  return command.run(words);
});
