import type { z } from 'astro/zod';
import { findPathFault } from '../../kit/core/text/safe-path.ts';
import { collectionNames, rowOf, type CollectionName } from '../schema/collections.ts';
import type { Entries, Entry } from '../schema/entries.ts';
import { slug as slugSchema, type Locales } from '../schema/fields.ts';
import { languageOfRules } from './read-languages.ts';
import { languageOfList } from './word-lists.ts';
import type { Fault } from './fault.ts';
import { decodeText, isImageFile, listCampaignFiles } from './folder.ts';
import { parseSource, type SourceFile } from './source-file.ts';
import { validate } from './validate.ts';

/**
 * Reads the files of all collections and checks each against its schema.
 * @param folder where the campaign is
 * @param faults what is wrong with a file is added here
 * @param wanted which collections are read; all, if not said
 * @returns the entries by collection, and as `broken` the files with faults of their own, as
 * `collection/slug`: whoever names them is not at fault as well
 */
export function readEntries(
  folder: string,
  locales: Locales,
  faults: Fault[],
  wanted: (name: CollectionName) => boolean = () => true,
): { entries: Entries; broken: Set<string> } {
  const names = collectionNames();
  const schemas = new Map(names.map((name) => [name, rowOf(name).schema(locales)]));
  const entries = Object.fromEntries(names.map((name) => [name, []])) as unknown as Entries;
  const seen = new Map<string, string>();
  const broken = new Set<string>();

  for (const file of listCampaignFiles(folder)) {
    const name = names.find((known) => file.split('/', 1)[0] === known);
    if (name !== undefined && !wanted(name)) continue;
    const place = locate(file, name, locales);
    if (place === undefined) continue;
    if ('found' in place) {
      faults.push(place);
      continue;
    }
    const key = `${place.collection}/${place.id}`;
    const duplicate = seen.get(key);
    if (duplicate !== undefined) {
      faults.push({
        file,
        found: `the same name as ${duplicate}`,
        expected: 'one file for one page or record',
        fix: 'rename one of the two',
      });
      continue;
    }
    seen.set(key, file);

    const text = decodeText(folder, file);
    const source = typeof text === 'string' ? parseSource(file, text) : text;
    const schema = schemas.get(place.collection);
    if (schema === undefined) continue;
    const result =
      'found' in source ? { faults: [source] } : validate(source, schema, adviceFor(place));
    if ('faults' in result || 'found' in source) {
      const own = 'faults' in result ? result.faults : [];
      faults.push(...(findMisplaced(place, source, schemas) ?? own));
      broken.add(`${place.collection}/${place.slug}`);
    } else {
      const data = result.data as Entry['data']; // the table ties each schema to its collection
      (entries[place.collection] as Entry[]).push(makeEntry(place, source, data));
    }
  }
  return { entries, broken };
}

/**
 * A text that is whole as one of another folder: its fields are not wrong one by one, it only lies
 * in the wrong place.
 */
function findMisplaced(
  { collection, slug, language }: Place,
  source: SourceFile | Fault,
  schemas: ReadonlyMap<CollectionName, z.ZodType>,
): Fault[] | undefined {
  if ('found' in source || language === undefined) return undefined;
  const home = [...schemas].find(
    ([name, schema]) =>
      name !== collection &&
      rowOf(name).form === rowOf(collection).form &&
      schema.safeParse(source.data).success,
  )?.[0];
  if (home === undefined) return undefined;
  const ending = source.file.slice(source.file.lastIndexOf('.'));
  return [
    {
      file: source.file,
      found: `the fields of ${withArticle(home)}`,
      expected: `those of ${withArticle(collection)}, since it is in ${collection}/`,
      fix: `move it to ${home}/${language}/${slug}${ending}`,
    },
  ];
}

/** A newer program says more than an older campaign has: one command adds all of it. */
const adviceFor = ({ collection }: Place): string =>
  rowOf(collection).form === 'strings' ? ', or all that are missing: npm run new -- interface' : '';

const withArticle = (name: CollectionName): string => {
  const { singular } = rowOf(name);
  return `${/^[aeiou]/.test(singular) ? 'an' : 'a'} ${singular}`;
};

interface Place {
  collection: CollectionName;
  id: string;
  slug: string;
  language?: string;
}

const makeEntry = (
  place: Place,
  { file, body, bodyLine, lineOf }: SourceFile,
  data: Entry['data'],
): Entry => {
  const { id, slug, language } = place;
  return {
    id,
    file,
    data,
    slug,
    body,
    bodyLine,
    lineOf,
    ...(language !== undefined && { language }),
  };
};

/**
 * What a path below the campaign folder means. Undefined: an image, the ornament, or a file for
 * people.
 */
function locate(
  file: string,
  collection: CollectionName | undefined,
  locales: Locales,
): Place | Fault | undefined {
  const parts = file.split('/');
  const rest = parts.slice(1);
  const name = rest.at(-1) ?? '';
  const dot = name.lastIndexOf('.');
  const [stem, ending] = [name.slice(0, dot), name.slice(dot + 1)];

  const form = collection === undefined ? undefined : rowOf(collection).form;
  if (collection !== undefined && form !== 'texts') {
    const isDeep = rest.length > 1;
    if (ending !== 'yaml' || (form === 'strings' && isDeep)) {
      return {
        file,
        found: `a file "${rest.join('/')}"`,
        expected: `${collection}/<name>.yaml`,
        fix: 'rename it, or move it out of this folder',
      };
    }
    if (form !== 'strings') {
      const slug = joinSlug(rest, stem);
      return checkNames(file, slug) ?? { collection, id: slug, slug };
    }
    return (
      checkLanguage(file, stem, locales) ?? {
        collection,
        id: stem,
        slug: stem,
        language: stem,
      }
    );
  }
  if (collection !== undefined && /^mdx?$/.test(ending)) {
    const [language = '', ...below] = rest;
    if (below.length === 0)
      return {
        file,
        found: `the path ${file}`,
        expected: `${collection}/<language>/<name>.${ending}`,
        fix: 'move the file',
      };
    const slug = joinSlug(below, stem);
    return (
      checkLanguage(file, language, locales) ??
      checkNames(file, slug) ?? { collection, id: `${language}/${slug}`, slug, language }
    );
  }
  if (collection !== undefined && /^(?:markdown|mdown|mkd|txt|docx?|odt|html?)$/i.test(ending))
    return {
      file,
      found: `the ending .${ending}`,
      expected: `${collection}/<language>/<name>.md, or .mdx if it holds components`,
      fix: /^m/i.test(ending) ? `rename it to ${stem}.md` : 'save it as plain text in markdown',
    };
  if ((languageOfList(file) ?? languageOfRules(file)) !== undefined) return undefined;
  const known =
    isImageFile(file) ||
    /^(site\.yaml|[a-z0-9-]+\.svg|(README|LICENSE)(\.(md|txt))?)$/.test(file) ||
    file.startsWith('editions/');
  if (known && file.split('/').every((part) => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(part)))
    return undefined;
  // A file of code could be loaded by the bundler under the name of an image; and nothing here is
  // needed but words and pictures.
  return {
    file,
    found: 'a file that nothing reads',
    expected:
      'texts, records, images (jpg, png, webp, avif, gif), the ornament, README and LICENSE, with plain names',
    fix: 'move it out of the campaign, or fix its name',
  };
}

/** Folders and name of a file, as its address has them. */
const joinSlug = (names: readonly string[], stem: string): string =>
  [...names.slice(0, -1), stem].join('/');

function checkNames(file: string, slug: string): Fault | undefined {
  const fault = findPathFault(file);
  if (fault)
    return {
      file,
      found: fault.found,
      expected: fault.expected,
      fix: 'rename the file',
    };
  const bad = slug.split('/').find((name) => !slugSchema.safeParse(name).success);
  if (bad === undefined) return undefined;
  return {
    file,
    found: `the name "${bad}"`,
    expected: 'a name of a-z, 0-9 and single hyphens, at most 60 characters: it becomes an address',
    fix: `rename the ${slug.endsWith(bad) ? 'file' : 'folder'}`,
  };
}

function checkLanguage(file: string, language: string, locales: Locales): Fault | undefined {
  if (locales.all.includes(language)) return undefined;
  return {
    file,
    found: `the language "${language}"`,
    expected: `a language of site.yaml: ${locales.all.join(', ')}`,
    fix: 'add the language to site.yaml, or move the file',
    unknownLanguage: language,
  };
}
