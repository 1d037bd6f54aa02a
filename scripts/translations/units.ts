import { isDeepStrictEqual } from 'node:util';
import { rowOf, collectionNames } from '../../src/campaign/schema/collections.ts';
import type { Campaign } from '../../src/campaign/read-campaign.ts';
import type { Entry } from '../../src/campaign/schema/entries.ts';
import type { Translation } from '../../src/campaign/schema/fields.ts';
import { isLanguageMap } from '../../src/campaign/text/texts.ts';

type Path = readonly PropertyKey[];

/** Where a string is in its file: a field, or a block of the text. */
export type UnitPlace =
  | { readonly file: string; readonly path: Path }
  | { readonly file: string; readonly block: number };

/** One string of a campaign, and what it is in another language. */
export interface Unit {
  readonly place: UnitPlace;
  readonly line: number;
  /** What no other string has: the file and the place in it. */
  readonly context: string;
  readonly source: string;
  /** Empty where it is not translated. */
  readonly text: string;
  readonly isFuzzy: boolean;
  readonly touches: readonly string[];
}

/** What texts and records say of themselves, where they do. */
interface Versioned {
  readonly version?: number;
  readonly touches?: readonly string[];
  readonly translation?: Translation | undefined;
  readonly translations?: Readonly<Record<string, Translation>>;
}
const fieldsOf = ({ data }: Pick<Entry, 'data'>) => data as Versioned;

/** Blocks of a text, as blank lines part them; a block of code is one. */
export function splitBlocks(body: string): string[] {
  return body.split(/(\n{2,})/).reduce<string[]>((blocks, part, index) => {
    const before = blocks.at(-1) ?? '';
    const isOpen = (before.match(/^(?:```|~~~)/gm) ?? []).length % 2 === 1;
    if (isOpen || index % 2 === 1) return [...blocks.slice(0, -1), before + part];
    return [...blocks, part];
  }, []);
}

/** A block without the lines around it; an indent belongs to it. */
export const trimBlock = (block: string): string => block.replace(/^\n+|\s+$/g, '');

/** Whether a block shows a component and holds no words. */
const isWordless = (block: string): boolean =>
  !/\p{L}/u.test(block.replace(/<\/?[A-Z][^>]*>/g, ''));

/**
 * All strings of a campaign with what they are in another language.
 * @returns the strings, and the texts that are left out: without a version in that language, or
 * with other blocks than their original
 */
export function listUnits(
  { entries, site, siteSource, locales }: Campaign,
  tag: string,
): { units: Unit[]; leftOut: string[] } {
  const leftOut: string[] = [];
  const units = collectionNames().flatMap((name) => {
    const all: Entry[] = entries[name];
    const { form, touches, versioned } = rowOf(name);
    if (form === 'records')
      return all.flatMap((entry) =>
        listMaps(entry, entry.data, [], locales.main, tag, {
          isFuzzy:
            versioned &&
            (fieldsOf(entry).version ?? 1) > (fieldsOf(entry).translations?.[tag]?.of ?? 1),
          touches: touches === 'always' ? ['law', 'safety', 'money'] : [],
        }),
      );
    if (form === 'strings') {
      const [from, to] = [locales.main, tag].map((of) => all.find(({ slug }) => slug === of));
      return from && to ? listStrings(from, to) : [];
    }
    return [...Map.groupBy(all, ({ slug }) => slug).values()].flatMap((versions) => {
      const original = versions.find((entry) => !fieldsOf(entry).translation);
      const own = versions.find(({ language }) => language === tag);
      if (!original || own === original) return [];
      const pair = own && pairText(original, own);
      if (!pair) leftOut.push(own?.file ?? original.file);
      return pair ?? [];
    });
  });
  const ofSite = listMaps(siteSource, site, [], locales.main, tag, { isFuzzy: false, touches: [] });
  return { units: [...ofSite, ...units], leftOut };
}

type Place = Pick<Entry, 'file' | 'lineOf'>;
type State = Pick<Unit, 'isFuzzy' | 'touches'>;

const makeField = (
  { file, lineOf }: Place,
  path: Path,
  source: string,
  text: string,
  state: State,
): Unit => ({
  ...state,
  place: { file, path },
  line: lineOf(path),
  context: `${file} ${path.join('.')}`,
  source,
  text,
});

/** The strings of all maps from languages to texts, or to lists of as many texts. */
function listMaps(
  place: Place,
  value: unknown,
  path: Path,
  main: string,
  tag: string,
  state: State,
): Unit[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!isLanguageMap(value))
    return Object.entries(value).flatMap(([key, item]) =>
      listMaps(place, item, [...path, Array.isArray(value) ? Number(key) : key], main, tag, state),
    );
  const [source, text] = [value[main], value[tag]];
  if (typeof source === 'string')
    return [makeField(place, [...path, tag], source, typeof text === 'string' ? text : '', state)];
  if (!Array.isArray(source) || !Array.isArray(text) || source.length !== text.length) return [];
  return source.flatMap((item: unknown, index) =>
    typeof item === 'string'
      ? [makeField(place, [...path, tag, index], item, String(text[index]), state)]
      : [],
  );
}

/** Forms of a number differ by language: they are translated in the file itself. */
const forms = new Set(['zero', 'one', 'two', 'few', 'many', 'other']);

function listStrings(from: Entry, to: Entry): Unit[] {
  const visit = (source: unknown, text: unknown, path: Path): Unit[] => {
    if (typeof source === 'string')
      return typeof text === 'string' && !forms.has(String(path.at(-1)))
        ? [makeField(to, path, source, text, { isFuzzy: false, touches: [] })]
        : [];
    if (typeof source !== 'object' || source === null) return [];
    return Object.entries(source).flatMap(([key, item]) =>
      visit(item, (text as Record<string, unknown> | undefined)?.[key], [...path, key]),
    );
  };
  return visit(from.data, to.data, []);
}

/** The strings of a text and its translation; undefined where their blocks differ. */
function pairText(original: Entry, own: Entry): Unit[] | undefined {
  const { version = 1, touches = [] } = fieldsOf(original);
  const state = { isFuzzy: (fieldsOf(own).translation?.of ?? 1) < version, touches };
  const [wanted, given] = [original, own].map(({ body }) => splitBlocks(body));
  if (!wanted || !given || wanted.length !== given.length) return undefined;
  if (!isDeepStrictEqual(wanted.map(isWordless), given.map(isWordless))) return undefined;
  const fields = (['title', 'description', 'publisher'] as const).flatMap((name) => {
    const [source, text] = [original, own].map(
      ({ data }) => (data as Record<string, unknown>)[name],
    );
    return typeof source === 'string' && typeof text === 'string'
      ? [makeField(own, [name], source, text, state)]
      : [];
  });
  const [sources, names] = [original, own].map(({ data }) =>
    'sources' in data ? data.sources.map(({ name }) => name) : [],
  );
  const ofSources = (sources ?? []).flatMap((source, index) => {
    const text = names?.[index];
    return typeof source === 'string' && typeof text === 'string'
      ? [makeField(own, ['sources', index, 'name'], source, text, state)]
      : [];
  });
  const blocks = wanted.flatMap((block, index) => {
    if (isWordless(block)) return [];
    const before = given.slice(0, index).join('');
    return [
      {
        ...state,
        place: { file: own.file, block: index },
        line: own.bodyLine + before.split('\n').length - 1,
        context: `${own.file} block ${index + 1}`,
        source: trimBlock(block),
        text: trimBlock(given[index] ?? ''),
      },
    ];
  });
  return [...fields, ...ofSources, ...blocks];
}
