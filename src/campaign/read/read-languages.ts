import { resolve } from 'node:path';
import { languageTag } from '../schema/fields.ts';
import {
  languageRules,
  type LanguageRules,
  type SearchTable,
  type TypeTable,
} from '../schema/language.ts';
import type { Fault } from './fault.ts';
import { decodeText, listCampaignFiles } from './folder.ts';
import { parseSource } from './source-file.ts';
import { validate } from './validate.ts';

/** The rules of all languages that have some, by tag. */
export type Languages = ReadonlyMap<string, LanguageRules>;

/** The language whose rules a file of a campaign holds. */
export function languageOfRules(file: string): string | undefined {
  const tag = /^languages\/([^/]+)\.yaml$/.exec(file)?.[1];
  return tag !== undefined && languageTag.safeParse(tag).success ? tag : undefined;
}

/**
 * The rules of languages: those of the engine, and in the place of each the campaign's own, if it
 * has some.
 * @param campaign its folder; undefined for those of the engine alone
 */
export function readLanguages(campaign?: string): { languages: Languages; faults: Fault[] } {
  const languages = new Map<string, LanguageRules>();
  const faults = readRules(engineFolder(), languages);
  for (const { file, found } of faults) throw new Error(`src/${file}: ${found}`); // a test reads all
  if (campaign !== undefined) faults.push(...readRules(campaign, languages));
  return { languages, faults };
}

/** From the process' folder, since bundling moves this module (see `campaign-folder.ts`). */
export const engineFolder = (): string => resolve(process.cwd(), 'src');

function readRules(folder: string, languages: Map<string, LanguageRules>): Fault[] {
  return listCampaignFiles(folder, 'languages').flatMap((file) => {
    const tag = languageOfRules(file);
    if (tag === undefined) return []; // the reader of entries names it
    const text = decodeText(folder, file);
    const source = typeof text === 'string' ? parseSource(file, text) : text;
    if ('found' in source) return [source];
    const result = validate(source, languageRules);
    if ('faults' in result) return result.faults;
    languages.set(tag, result.data);
    return [];
  });
}

/**
 * How a language is set: be-tarask as be, unless it has rules of its own. Another script has others,
 * so be-Latn has none of be.
 */
export function findTypeTable(languages: Languages, tag: string): TypeTable | undefined {
  const { language, script } = new Intl.Locale(tag);
  const own = languages.get(tag)?.typography;
  return own ?? (script === undefined ? languages.get(language)?.typography : undefined);
}

/**
 * The package of a language's dictionary. A variant (be-tarask) is spelled in its own way, and has
 * none of its parent's.
 */
export const findDictionary = (languages: Languages, tag: string): string | undefined =>
  languages.get(tag)?.dictionary;

/** Letters that a language spells otherwise in names of files; a variant does as the language. */
export const findLetters = (languages: Languages, tag: string): Readonly<Record<string, string>> =>
  languages.get(tag)?.letters ?? languages.get(tag.split('-')[0] ?? '')?.letters ?? {};

/** How the forms of a word are known: in a variant of a language as in the language itself. */
export const findSearchTable = (languages: Languages, tag: string): SearchTable | undefined =>
  languages.get(tag)?.search ?? languages.get(tag.split('-')[0] ?? '')?.search;
