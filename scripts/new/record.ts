import { campaignFolder, campaignName } from '../../src/campaign/read/campaign-folder.ts';
import { readSite } from '../../src/campaign/read/read-site.ts';
import { mirror, outsideSite } from '../../src/campaign/schema/directory.ts';
import type { CollectionName } from '../../src/campaign/schema/collections.ts';
import { isAnnual, isCalendarDate } from '../../src/kit/core/text/dates.ts';
import { parseWords, UsageError } from '../cli/command-line.ts';
import { printFields, type ExplainedField } from './front-matter.ts';
import type { NewCommand } from './new-command.ts';
import {
  beginFile,
  checkName,
  checkTitle,
  nameAfter,
  reportFile,
  todayHere,
  writeNew,
} from './new-file.ts';
import { explainDate, explainFigure, explainVoice } from './fact-fields.ts';
import {
  explainAction,
  explainInitiative,
  explainMirror,
  explainNotice,
  explainOutsideSite,
  explainSubject,
} from './record-fields.ts';
import { explainLeaflet, explainLetter } from './sheet-fields.ts';
import type { NewFile } from './shared-fields.ts';

/** What is said on the command line besides the title. */
interface Asked {
  readonly name?: string | undefined;
  readonly date?: string | undefined;
  readonly annual?: string | undefined;
}

interface RecordKind {
  readonly collection: CollectionName;
  readonly usage: string;
  /** How long its title may be. */
  readonly most: number;
  readonly explain: (file: NewFile, asked: Asked) => Record<string, ExplainedField>;
  /** The name of its file, where it is not made of the title as it is. */
  readonly nameOf?: (title: string, asked: Asked) => string;
}

/** The kinds of records that can be begun, by the word on the command line. */
export const recordKinds = {
  initiative: {
    collection: 'initiatives',
    usage: `npm run new -- initiative "NAME" [--name NAME]

Writes an organisation or platform of the directory (initiatives/<name>.yaml).`,
    most: 120,
    explain: explainInitiative,
  },
  action: {
    collection: 'actions',
    usage: `npm run new -- action "TITLE" [--name NAME]

Writes one thing that one can do (actions/<name>.yaml).`,
    most: 80,
    explain: explainAction,
  },
  date: {
    collection: 'dates',
    usage: `npm run new -- date "TITLE" --date YYYY-MM-DD | --annual MM-DD [--name NAME]

Writes an event of the timeline, or a day of each year (dates/<name>.yaml).`,
    most: 100,
    explain: (file, asked) => explainDate(file, whenOf(asked)),
  },
  notice: {
    collection: 'notices',
    usage: `npm run new -- notice "WHAT IT WARNS OF" [--name NAME]

Writes a warning that initiatives and actions can name (notices/<name>.yaml).`,
    most: 120,
    explain: explainNotice,
  },
  subject: {
    collection: 'subjects',
    usage: `npm run new -- subject "NAME" [--name NAME]

Writes what updates can be about (subjects/<name>.yaml).`,
    most: 60,
    explain: explainSubject,
  },
  figure: {
    collection: 'figures',
    usage: `npm run new -- figure "WHAT IS COUNTED" [--name NAME]

Writes numbers by date, of which the engine draws a chart (figures/<name>.yaml).`,
    most: 120,
    explain: explainFigure,
  },
  voice: {
    collection: 'voices',
    usage: `npm run new -- voice "NAME" [--name NAME]

Writes words of one person who speaks in public (voices/<name>.yaml).`,
    most: 80,
    explain: explainVoice,
  },
  leaflet: {
    collection: 'leaflets',
    usage: `npm run new -- leaflet "TITLE" [--name NAME]

Writes a leaflet, which the engine sets as A4, folded A5 and A6 cards (leaflets/<name>.yaml).`,
    most: 40,
    explain: explainLeaflet,
  },
  letter: {
    collection: 'letters',
    usage: `npm run new -- letter "TITLE" [--name NAME]

Writes paper to write letters on, with its rules (letters/<name>.yaml).`,
    most: 60,
    explain: explainLetter,
  },
  site: {
    collection: 'sites',
    usage: `npm run new -- site ADDRESS [--name NAME]

Registers an outside address, which pages may then lead to (sites/<name>.yaml).`,
    most: 300,
    explain: explainOutsideSite,
    nameOf: nameOfSite,
  },
  mirror: {
    collection: 'mirrors',
    usage: `npm run new -- mirror ADDRESS [--name NAME]

Writes where a copy is, and until when it is shown (mirrors/<name>.yaml). Check it first: npm run verify -- ADDRESS`,
    most: 300,
    explain: explainMirror,
    nameOf: nameOfCopy,
  },
} as const satisfies Record<string, RecordKind>;

/** What a kind of record is called on the command line. */
export type RecordWord = keyof typeof recordKinds;

/** The fields of a kind of record. */
export const explainRecordKind = (
  kind: RecordWord,
  file: NewFile,
  asked: Asked,
): Record<string, ExplainedField> => (recordKinds[kind] satisfies RecordKind).explain(file, asked);

/** Makes the command of a kind of record. */
export const newRecord = (kind: RecordKind): NewCommand => ({
  usage: kind.usage,
  run: async (words) => {
    const { values, positionals } = parseWords(
      words,
      { name: { type: 'string' }, date: { type: 'string' }, annual: { type: 'string' } } as const,
      kind.usage,
      1,
    );
    const [title] = positionals;
    if (title === undefined) throw new UsageError(`Found no title.\n\n${kind.usage}`);
    const file = writeRecord(kind, campaignFolder(), title, values, todayHere());
    reportFile(
      file,
      'Now fill in what is empty, then look for faults: npm run check. The build refuses the file ' +
        'until it is complete.',
    );
    return 0;
  },
});

/**
 * Writes a new record into a campaign.
 * @param today YYYY-MM-DD
 * @returns where it is
 * @throws UsageError where something of it cannot be; CampaignError on a `site.yaml` with faults
 */
export function writeRecord(
  kind: RecordKind,
  folder: string,
  title: string,
  asked: Asked,
  today: string,
): string {
  const { locales } = readSite(folder, `the campaign ${campaignName()}`);
  checkTitle(title, kind.most);
  const fields = kind.explain(beginFile(folder, locales, title, today), asked);
  const name = asked.name ?? kind.nameOf?.(title, asked) ?? nameAfter(title, locales.main);
  const path = `${kind.collection}/${name}.yaml`;
  checkName(name, path);
  return writeNew(folder, path, printFields(fields));
}

function whenOf({ date, annual }: Asked): { date: string } | { annual: string } {
  if ((date === undefined) === (annual === undefined))
    throw new UsageError('Expected one of --date YYYY-MM-DD and --annual MM-DD.');
  if (annual !== undefined) {
    if (!isAnnual(annual)) throw new UsageError(`--annual is "${annual}", expected MM-DD.`);
    return { annual };
  }
  if (date === undefined || !isCalendarDate(date))
    throw new UsageError(`--date is "${date}", expected YYYY-MM-DD, YYYY-MM or YYYY.`);
  return { date };
}

const anyLocales = { main: 'en', all: ['en'] };

/** The name of a copy: its host in letters, digits and hyphens. */
function nameOfCopy(address: string): string {
  const { shape } = mirror(anyLocales);
  return nameOfHost(address, shape.address.safeParse(address).error?.issues[0]?.message);
}

/** The name of an outside address, likewise. */
function nameOfSite(address: string): string {
  const { shape } = outsideSite(anyLocales);
  return nameOfHost(address, shape.prefixes.safeParse([address]).error?.issues[0]?.message);
}

function nameOfHost(address: string, expected: string | undefined): string {
  if (expected !== undefined)
    throw new UsageError(`The address is "${address}", expected ${expected}.`);
  return nameAfter(new URL(address).host.replaceAll('.', ' ').slice(0, 60), 'en');
}
