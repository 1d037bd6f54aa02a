import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Document, isMap, isScalar, parseDocument, type Pair, type YAMLMap } from 'yaml';
import { campaignFolder, campaignName } from '../../src/campaign/read/campaign-folder.ts';
import { readSite } from '../../src/campaign/read/read-site.ts';
import { parseWords, UsageError } from '../cli/command-line.ts';
import { isSpoken, makeInterface } from './campaign-words.ts';
import type { NewCommand } from './new-command.ts';
import { writeNew } from './new-file.ts';

const usage = `npm run new -- interface

Adds what a newer program says, or a new language needs, to interface/<language>.yaml. What is there
stays as it is. In a language that the program does not speak the new texts are in English, under a
comment that says so.`;

/** The strings of the interface that a campaign does not have yet. */
export const newInterface: NewCommand = { usage, run };

async function run(words: readonly string[]): Promise<number> {
  parseWords(words, {}, usage, 0);
  const folder = campaignFolder();
  const completed = completeInterfaces(folder);
  for (const { file, added } of completed)
    console.log(`${relative(process.cwd(), join(folder, file))}: ${added.join(', ')}`);
  console.log(
    completed.length === 0
      ? 'Nothing is missing in interface/.'
      : '\nNow read the new texts, and look for faults: npm run check',
  );
  return 0;
}

/** A file of the interface that was not whole. */
export interface CompletedInterface {
  readonly file: string;
  /** The strings that it has now, by their places; "the whole file" where there was none. */
  readonly added: readonly string[];
}

/**
 * Adds to each language of a campaign the strings that it lacks.
 * @returns the files that were changed
 * @throws UsageError where a file cannot be read as YAML; CampaignError where site.yaml has faults
 */
export function completeInterfaces(folder: string): CompletedInterface[] {
  const { locales } = readSite(folder, `the campaign ${campaignName()}`);
  return locales.all.flatMap((tag): CompletedInterface[] => {
    const file = `interface/${tag}.yaml`;
    const path = join(folder, file);
    if (!existsSync(path)) {
      writeNew(folder, file, makeInterface(tag));
      return [{ file, added: ['the whole file'] }];
    }
    const text = readFileSync(path, 'utf8');
    const missing = findMissing(readMap(text, file), readMap(makeInterface(tag), file));
    if (missing.length === 0) return [];
    writeFileSync(path, insert(text, missing, isSpoken(tag) ? undefined : tag));
    return [{ file, added: missing.map(({ place }) => place) }];
  });
}

function readMap(text: string, file: string): YAMLMap.Parsed {
  const { contents, errors } = parseDocument(text);
  const [error] = errors;
  if (error ?? !isMap(contents))
    throw new UsageError(`${file}: ${error?.message ?? 'no map'}. Run npm run check.`);
  return contents;
}

/** A string, or a group of them, that a file lacks. */
interface Missing {
  /** As messages name it: `home.latest`. */
  readonly place: string;
  readonly pair: Pair;
  readonly depth: number;
  /** Where it goes: behind the end of what is before it, or where its group begins. */
  readonly at: number;
  readonly isBehind: boolean;
}

function findMissing(own: YAMLMap.Parsed, whole: YAMLMap, path: readonly string[] = []): Missing[] {
  let before = { at: own.range[0], isBehind: false };
  return whole.items.flatMap((pair): Missing[] => {
    const name = String(isScalar(pair.key) ? pair.key.value : pair.key);
    const there: unknown = own.get(name, true);
    const place = [...path, name];
    if (there === undefined)
      return [{ place: place.join('.'), pair, depth: path.length, ...before }];
    const { range } = there as { range?: readonly number[] };
    if (range?.[1] !== undefined) before = { at: range[1], isBehind: true };
    return isMap(there) && isMap(pair.value)
      ? findMissing(there as YAMLMap.Parsed, pair.value, place)
      : [];
  });
}

/**
 * Writes what is missing where it belongs; every other byte stays.
 * @param untranslated the language into which somebody has to translate it
 */
function insert(text: string, missing: readonly Missing[], untranslated?: string): string {
  const note = untranslated === undefined ? '' : `# not translated into ${untranslated}:\n`;
  return missing.reduceRight((result, { pair, depth, at, isBehind }) => {
    const indent = '  '.repeat(depth);
    const printed = new Document(new Map([[pair.key, pair.value]])).toString({ lineWidth: 98 });
    const lines = (note + printed).trimEnd().replaceAll(/^(?=.)/gm, indent);
    const start = startOfLine(result, at, isBehind);
    const head = result.slice(0, start);
    const glue = head === '' || head.endsWith('\n') ? '' : '\n';
    return `${head}${glue}${lines}\n${result.slice(start)}`;
  }, text);
}

/** The line behind a place, or the one that it is in. */
function startOfLine(text: string, at: number, isBehind: boolean): number {
  if (!isBehind) return text.lastIndexOf('\n', at - 1) + 1;
  if (text[at - 1] === '\n') return at;
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}
