import { textsOf, type Entries, recordsOf, stringsOf, type Entry } from '../schema/entries.ts';
import { parseBody, walk, type MarkdownNode } from '../read/markdown.ts';
import type { Site } from '../schema/site.ts';
import type { SourceFile } from '../read/source-file.ts';
import { placeholder } from './typography/find-type-faults.ts';

/** One paragraph, heading or field of the campaign, as a reader reads it. */
export interface WrittenText {
  /** Path below the campaign folder. */
  file: string;
  /** Line of the file at a place of the text, in code units. */
  lineAt: (place: number) => number;
  /** The field, where it is one. */
  where?: string;
  language: string;
  /** The words, with a placeholder for code and for phrases in other languages. */
  text: string;
}

/** All texts of a campaign that has passed its checks. */
export function listWrittenTexts(
  entries: Entries,
  site: Site,
  siteSource: Pick<SourceFile, 'file' | 'lineOf'>,
): WrittenText[] {
  const bodies = textsOf(entries).flatMap((entry) => {
    const tree = parseBody(entry);
    return 'found' in tree ? [] : listBodyTexts(tree, entry);
  });
  return [...listFieldTexts(entries, site, siteSource), ...bodies];
}

/**
 * Whether a value of a record is a map from languages to texts, `{ en: …, fr: … }`, or to lists of
 * texts.
 */
export const isLanguageMap = (value: object): value is Record<string, string | unknown[]> => {
  const fields = Array.isArray(value) ? [] : Object.entries(value);
  return (
    fields.length > 0 &&
    fields.every(
      ([key, item]) =>
        /^[a-z]{2,3}(-|$)/.test(key) && (typeof item === 'string' || Array.isArray(item)),
    )
  );
};

/** Fields of guides and updates that are in the language of their file. */
const ownFields = new Set(['title', 'description', 'publisher', 'name', 'label']);

/**
 * The texts of all fields: of records and of the site by their languages, of the interface, guides
 * and updates in that of their file.
 */
export function listFieldTexts(
  entries: Entries,
  site: Site,
  siteSource: Pick<SourceFile, 'file' | 'lineOf'>,
): WrittenText[] {
  return [
    ...textsOf(entries).flatMap((entry) =>
      listStrings(entry, entry.data, entry.language ?? '', [], ownFields),
    ),
    ...stringsOf(entries).flatMap((entry) =>
      listStrings(entry, entry.data, entry.language ?? '', []),
    ),
    ...[...recordsOf(entries), { ...siteSource, data: site }]
      .filter((entry) => !isSynonym(entry))
      .flatMap((entry) => listMaps(entry, entry.data, [])),
  ];
}

/** What readers type is no text of the campaign: no page shows it, and no dictionary has it. */
const isSynonym = ({ file }: Pick<SourceFile, 'file'>): boolean => file.startsWith('synonyms/');

type Place = Pick<SourceFile, 'file' | 'lineOf'>;

/**
 * The strings of all maps from languages to texts. A string outside such a map is a name that is
 * the same in all languages.
 */
export function listMaps(place: Place, value: unknown, path: PropertyKey[]): WrittenText[] {
  if (typeof value !== 'object' || value === null) return [];
  const isMap = isLanguageMap(value);
  return Object.entries(value).flatMap(([key, item]) =>
    isMap ? listStrings(place, item, key, [...path, key]) : listMaps(place, item, [...path, key]),
  );
}

/** All strings of a value, or those of the wanted fields. */
function listStrings(
  place: Place,
  value: unknown,
  language: string,
  path: PropertyKey[],
  wanted?: ReadonlySet<string>,
): WrittenText[] {
  if (typeof value === 'string') {
    if (wanted && !wanted.has(String(path.at(-1)))) return [];
    const line = place.lineOf(path);
    return [
      {
        file: place.file,
        lineAt: () => line,
        where: `field "${path.join('.')}"`,
        language,
        text: value,
      },
    ];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    listStrings(place, item, language, [...path, key], wanted),
  );
}

/** Nodes whose children are one run of words. */
const runs = new Set(['paragraph', 'heading', 'tableCell']);

/**
 * The texts of a guide or update: each paragraph, heading, cell and description of an image; a
 * phrase in another language is a text of its own.
 */
export function listBodyTexts(
  tree: MarkdownNode,
  { file, bodyLine, language = '' }: Pick<Entry, 'file' | 'bodyLine' | 'language'>,
): WrittenText[] {
  const texts: WrittenText[] = [];

  const add = (node: MarkdownNode, locale: string, words = node.children ?? []) => {
    let text = '';
    const lines: { start: number; line: number }[] = [];
    const collect = (child: MarkdownNode) => {
      const line = bodyLine + (child.position?.start.line ?? node.position?.start.line ?? 1) - 1;
      const phrase = languageOfPhrase(child);
      if (child.type === 'image')
        texts.push({
          file,
          lineAt: () => line,
          where: 'the description of an image',
          language: locale,
          text: child.alt ?? '',
        });
      if (child.type === 'text') {
        for (const [index, part] of (child.value ?? '').split('\n').entries()) {
          lines.push({ start: text.length, line: line + index });
          text += index === 0 ? part : ` ${part}`;
        }
      } else if (child.type === 'break') text += ' ';
      else if (phrase !== undefined) {
        add(child, phrase);
        text += placeholder;
      } else if (child.name === 'Source')
        text = text.trimEnd(); // a number above the line: no word of the sentence
      else if (child.children && child.children.length > 0) child.children.forEach(collect);
      else text += placeholder;
    };
    words.forEach(collect);
    texts.push({
      file,
      language: locale,
      text,
      lineAt: (place) =>
        lines.findLast(({ start }) => start <= place)?.line ??
        bodyLine + (node.position?.start.line ?? 1) - 1,
    });
  };

  for (const node of walk(tree)) if (runs.has(node.type)) add(node, language);
  return texts;
}

/** The language of `<Phrase lang="…">`. */
const languageOfPhrase = ({ name, attributes }: MarkdownNode): string | undefined => {
  const value =
    name === 'Phrase'
      ? attributes?.find((attribute) => attribute.name === 'lang')?.value
      : undefined;
  return typeof value === 'string' ? value : undefined;
};

/** A word of a text, and where it is, in code units. */
export interface Word {
  word: string;
  place: number;
}

const token = /[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*(?:['’ʼ\-‑][\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*)*/gu;

/**
 * The words of a text, with apostrophes and hyphens inside. Left out: what holds a digit
 * (SHA256SUMS, 21st), single letters, and what is in braces, which the engine fills.
 */
export function splitWords(text: string): Word[] {
  const plain = text.replace(/\{\w+\}/g, (brace) => ' '.repeat(brace.length));
  return [...plain.matchAll(token)]
    .map(({ 0: word, index: place }) => ({ word, place }))
    .filter(({ word }) => !/[\p{N}_]/u.test(word) && word.length > 1);
}
