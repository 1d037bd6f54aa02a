import { relative } from 'node:path';
import { campaignFolder } from '../../src/campaign/read/campaign-folder.ts';
import { isCalendarDate } from '../../src/kit/core/text/dates.ts';
import { writeNewEdition } from '../build/new-edition.ts';
import { parseWords, UsageError } from '../cli/command-line.ts';
import type { NewCommand } from './new-command.ts';

const usage = `npm run new -- edition [--date YYYY-MM-DD] [--days 90] [--signers ID,ID] [--last]

Writes the next edition into the campaign (editions/<n>/EDITION.txt), from the keys in site.yaml; as long as nobody has signed it,
it can be written again.
  --date     the day of the edition (today, if not said)
  --days     how long readers need not look for a newer one (90)
  --signers  ids of the keys that will sign it (the first ones that are enough)
  --last     no further edition will come: a stop`;

/** Number, date and validity of the next edition. */
export const newEdition: NewCommand = { usage, run };

async function run(words: readonly string[]): Promise<number> {
  const { values } = parseWords(
    words,
    {
      date: { type: 'string' },
      days: { type: 'string' },
      signers: { type: 'string' },
      last: { type: 'boolean' },
    } as const,
    usage,
    0,
  );
  const date = values.date ?? new Date().toISOString().slice(0, 10);
  if (date.length !== 10 || !isCalendarDate(date))
    throw new UsageError(`--date is "${date}", expected a day as YYYY-MM-DD.`);
  const days = Number(values.days ?? 90);
  if (!Number.isInteger(days) || days < 1 || days > 3660)
    throw new UsageError(`--days is "${values.days}", expected a number from 1 to 3660.`);
  const signers = values.signers?.split(',').map((id) => id.trim().toUpperCase());

  const { edition, file } = await writeNewEdition(campaignFolder(), {
    date,
    days,
    signers,
    isLast: values.last ?? false,
  });
  console.log(
    `edition ${edition.number} of ${edition.campaign}, ${edition.date}, look for a newer ` +
      `one after ${edition.lookForNewerAfter}`,
  );
  console.log(
    `  to be signed by ${edition.signers.join(' and ')}${edition.nextKeys ? '' : '; the last one'}`,
  );
  console.log(
    `  in ${relative(process.cwd(), file)}\n\nNow commit it, build (npm run build), look ` +
      'at the result, and sign (npm run sign).',
  );
  return 0;
}
