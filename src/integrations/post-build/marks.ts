import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import type { Fault } from '../../campaign/read/fault.ts';
import { listCampaignFiles } from '../../campaign/read/folder.ts';

interface Mark {
  /** What an element that has it says, and its value. */
  readonly meaning: string;
  /** Files below `src` that write it: every one of them, and no other. */
  readonly writers: readonly string[];
  /** Files below `src` that read it: every one of them, and no other. */
  readonly readers: readonly string[];
  /**
   * Whether the components of a text may set it. No text can write one itself: it holds no HTML.
   */
  readonly inTexts: boolean;
  /**
   * Whether it is taken out before the page is published. One that stays costs bytes on each page.
   */
  readonly removed: boolean;
  /** Whether the site of every campaign has one. */
  readonly always: boolean;
}

const step = (name: string) => `integrations/post-build/${name}.ts`;
const ofPages = { inTexts: false, removed: true, always: false } as const;
const ofTexts = { ...ofPages, inTexts: true } as const;

/**
 * The marks by which built pages speak to the steps after the build: these know a page by nothing
 * else that is ours, no class, id or order of elements, which change with the looks of a page.
 * Without its mark a warning would silently vanish from the search.
 */
const table = {
  'data-source': {
    ...ofTexts,
    meaning: 'the words in it come from this file of the campaign',
    writers: ['components/content/Text.astro'],
    readers: [step('built-page'), step('steps/check-markup'), step('steps/check-translations')],
    always: true,
  },
  'data-words': {
    ...ofTexts,
    meaning: 'its words are in this language, from this file; without a language it is a name',
    writers: [
      'components/cards/PrintedAddresses.astro',
      'components/content/Phrase.astro',
      'components/content/Text.astro',
      'components/facts/LangSpan.astro',
      'components/frame/Head.astro',
      'components/sheets/QrCode.astro',
      'pages/[lang]/letter-sheet.astro',
    ],
    readers: [step('steps/set-languages')],
    always: true,
  },
  'data-language': {
    ...ofTexts,
    meaning: 'the words of the engine in it are in this language',
    writers: [
      'components/cards/ActionCard.astro',
      'components/cards/InitiativeCard.astro',
      'components/content/Button.astro',
      'components/facts/Chart.astro',
      'components/facts/Voice.astro',
      'layouts/Bare.astro',
      'layouts/Page.astro',
      'pages/404.astro',
      'pages/index.astro',
    ],
    readers: [step('steps/set-languages')],
    always: true,
  },
  'data-shown': {
    ...ofTexts,
    meaning: 'it shows this record: `actions/write-a-letter`',
    writers: [
      'components/cards/ActionCard.astro',
      'components/cards/InitiativeCard.astro',
      'components/content/Button.astro',
      'components/facts/Chart.astro',
      'components/facts/Voice.astro',
    ],
    readers: [step('steps/check-translations'), step('terms/sections')],
  },
  'data-entry': {
    ...ofPages,
    meaning: 'it is a record without a page of its own, which is found here, at its id',
    writers: ['components/facts/DateList.astro', 'components/facts/DayLeaf.astro'],
    readers: [step('terms/sections')],
  },
  'data-cites': {
    ...ofTexts,
    meaning: 'it is the number of a source, no word of the sentence',
    writers: ['components/facts/References.astro'],
    readers: [step('page-text')],
  },
  'data-notice': {
    ...ofTexts,
    meaning: 'it is a notice of this kind: note, warning or archive',
    writers: ['components/frame/NoticeBox.astro'],
    readers: [step('copy-words'), step('steps/check-translations'), step('terms/sections')],
    always: true,
  },
  'data-state': {
    ...ofTexts,
    meaning: 'it is the badge of this state',
    writers: ['components/cards/Ban.astro', 'components/facts/State.astro'],
    readers: [step('carry/chapters'), step('terms/sections')],
  },
  'data-facts': {
    ...ofPages,
    meaning: 'the badges in it are those of the page, not of a record that it shows',
    writers: [
      'components/facts/TextFacts.astro',
      'pages/[lang]/action/[...id].astro',
      'pages/[lang]/initiative/[...id].astro',
    ],
    readers: [step('carry/chapters'), step('terms/sections')],
    always: true,
  },
  'data-listed': {
    ...ofPages,
    meaning: 'the page has words of its own, and belongs into the search',
    writers: ['layouts/Page.astro'],
    readers: [step('carry/chapters'), step('terms/sections')],
    always: true,
  },
  'data-unlisted': {
    ...ofPages,
    meaning: 'its words are on every page or twice on this one, and no page is found by them',
    writers: [
      'components/facts/RecordsLine.astro',
      'components/facts/TranslationLine.astro',
      'components/frame/SiteNotice.astro',
      'pages/[lang]/follow.astro',
      'components/sheets/LeafletSheets.astro',
      'pages/[lang]/letter-sheet.astro',
    ],
    readers: [step('terms/sections')],
  },
  'data-item': {
    ...ofPages,
    meaning: 'the page is an item of the feeds: its name, version, state and dates, as JSON',
    writers: ['layouts/Page.astro'],
    readers: [step('carry/chapters'), step('feed-source')],
  },
  'data-outbound': {
    ...ofPages,
    meaning: 'the addresses of this initiative are links in it, under their warning',
    writers: ['components/cards/OutboundLinks.astro'],
    readers: [step('steps/rewrite-links')],
  },
  'data-record': {
    ...ofPages,
    meaning: 'it holds addresses or keys of a record, which no text may hold',
    writers: [
      'components/cards/OutboundLinks.astro',
      'components/facts/CampaignKeys.astro',
      'components/sheets/SheetRead.astro',
      'pages/[lang]/mirrors.astro',
      'pages/[lang]/poster.astro',
      'pages/files.astro',
    ],
    readers: [step('steps/check-text'), step('terms/sections')],
    always: true,
  },
  'data-slot': {
    ...ofPages,
    meaning:
      'a list of files or words, or a size, is written into it; `first` is on one page alone',
    writers: [
      'components/facts/Downloads.astro',
      'components/frame/TermLetters.astro',
      'pages/[lang]/terms.astro',
      'pages/files.astro',
    ],
    readers: [step('copy-words'), step('template')],
    always: true,
  },
  'data-strings': {
    ...ofPages,
    meaning: 'the strings of the search box, for its script',
    writers: ['pages/[lang]/search.astro'],
    readers: [step('steps/check-text')],
    removed: false,
    always: true,
  },
} as const satisfies Record<`data-${string}`, Mark>;

export type MarkName = keyof typeof table;
/** The marks with what is known of each. */
export const marks: Readonly<Record<MarkName, Mark>> = table;
export const markNames = Object.keys(table) as MarkName[];

export const isMark = (name: string): name is MarkName => Object.hasOwn(table, name);

/** The value of a mark of an element; undefined where it has none. */
export const markOf = (element: Tree.Element, mark: MarkName): string | undefined =>
  element.attrs.find(({ name }) => name === mark)?.value;
export const hasMark = (element: Tree.Element, mark: MarkName): boolean =>
  markOf(element, mark) !== undefined;

/** The text of a file below `src`, by its path. */
export type Sources = ReadonlyMap<string, string>;

export const readSources = (folder: string, wanted: RegExp): Sources =>
  new Map(
    listCampaignFiles(folder)
      .filter((file) => wanted.test(file))
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );

/**
 * Compares the table with the sources: a mark without a reader, a reader without a mark, and a file
 * that the table does not know.
 * @param templates the Astro files of pages, layouts and components
 * @param steps the modules of the steps after the build
 */
export function checkMarks(templates: Sources, steps: Sources): Fault[] {
  const written = groupByMark(templates, /(?<![\w-])data-[a-z]+(?=[=\s>}])/g);
  const read = groupByMark(steps, /(?<=['"`])data-[a-z]+(?=['"`])/g);
  const names = new Set([...markNames, ...written.keys(), ...read.keys()]);
  return [...names].sort().flatMap((name) => {
    const row = isMark(name) ? marks[name] : undefined;
    return [
      ...compareFiles(name, 'write', row?.writers ?? [], written.get(name) ?? []),
      ...compareFiles(name, 'read', row?.readers ?? [], read.get(name) ?? []),
    ];
  });
}

function compareFiles(
  name: string,
  act: 'write' | 'read',
  known: readonly string[],
  found: readonly string[],
): Fault[] {
  const fix = `make the file and the table of src/integrations/post-build/marks.ts agree`;
  const other = act === 'write' ? 'read' : 'written';
  return [
    ...known
      .filter((file) => !found.includes(file))
      .map((file) => ({
        file: `src/${file}`,
        found: `no mark ${name}`,
        expected: `that it ${act}s ${name}, as the table of marks says: what is ${other} is of no use without`,
        fix,
      })),
    ...found
      .filter((file) => !known.includes(file))
      .map((file) => ({
        file: `src/${file}`,
        found: `the mark ${name}`,
        expected: `a mark of the table that this file ${act}s`,
        fix,
      })),
  ];
}

/** The files in which each mark is found, without comments. */
function groupByMark(sources: Sources, pattern: RegExp): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const [file, source] of sources) {
    const code = source.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|(?<=^|\s)\/\/.*$/gm, '');
    for (const name of new Set(code.match(pattern)))
      files.set(name, [...(files.get(name) ?? []), file]);
  }
  return files;
}

/**
 * A step that finds no mark does nothing, and says nothing: what every campaign has must be on a
 * page.
 * @param pages as Astro has built them, since steps take marks out
 */
export function checkPresence(pages: readonly { elements: Tree.Element[] }[]): Fault[] {
  const seen = new Set(pages.flatMap(({ elements }) => elements.flatMap(listNames)));
  return markNames
    .filter((name) => marks[name].always && !seen.has(name))
    .map((name) => ({
      file: 'src/integrations/post-build/marks.ts',
      found: `no page with the mark ${name}`,
      expected: `one at least: ${marks[name].meaning}`,
      fix: `look at who writes it: ${marks[name].writers.join(', ')}`,
    }));
}

const listNames = ({ attrs }: Tree.Element): string[] => attrs.map(({ name }) => name);
