import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { listCampaignFiles } from '../../src/campaign/read/folder.ts';
import { line, slug as nameSchema, type Locales } from '../../src/campaign/schema/fields.ts';
import { findPathFault } from '../../src/kit/core/text/safe-path.ts';
import { UsageError } from '../cli/command-line.ts';
import { campaignFolder } from '../../src/campaign/read/campaign-folder.ts';
import { findLetters, readLanguages } from '../../src/campaign/read/read-languages.ts';
import { makeSlug } from './make-slug.ts';
import type { NewFile } from './shared-fields.ts';

/** What the fields of a new file of a campaign can name. */
export const beginFile = (
  folder: string,
  { main, all }: Locales,
  title: string,
  today: string,
): NewFile => ({
  title,
  today,
  languages: [main, ...all.filter((tag) => tag !== main)],
  namesIn: (collection) =>
    listCampaignFiles(folder, collection).map((file) =>
      file.slice(collection.length + 1).replace(/\.\w+$/, ''),
    ),
});

/**
 * Refuses a title that the field of it would not take.
 * @param most characters
 * @throws UsageError
 */
export function checkTitle(title: string, most = 80): void {
  const fault = line(most)
    .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), 'one line')
    .safeParse(title).error?.issues[0]?.message;
  if (fault !== undefined)
    throw new UsageError(`The title is ${JSON.stringify(title)}, expected ${fault}.`);
}

/**
 * The name of a file, made of its title.
 * @param tag the language of the title
 * @throws UsageError where no rule spells its letters
 */
export function nameAfter(title: string, tag: string): string {
  const made = makeSlug(title, findLetters(readLanguages(campaignFolder()).languages, tag));
  if ('unknown' in made)
    throw new UsageError(
      `No rule spells these letters of the title in a-z: ${made.unknown}. Choose a name: --name NAME`,
    );
  if (made.slug === '')
    throw new UsageError('No letter of the title is left for a name. Choose one: --name NAME');
  return made.slug;
}

/**
 * Refuses a name that cannot be an address.
 * @param name with the folders that it is in
 * @param path of the whole file, below the campaign
 * @throws UsageError
 */
export function checkName(name: string, path: string): void {
  const isName = (part: string): boolean => nameSchema.safeParse(part).success;
  if (name.split('/').every(isName) && !findPathFault(path)) return;
  throw new UsageError(
    `The name would be "${name}", expected a-z, 0-9 and single hyphens, at most 60 characters, ` +
      'and no name of a device. Choose one: --name NAME',
  );
}

/**
 * Writes a file of a campaign, never over another one.
 * @returns where it is
 * @throws UsageError if a file is there
 */
export function writeNew(folder: string, path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new UsageError(`${path} is there already. Choose another name: --name NAME`);
  }
  return file;
}

/** Says where a new file is, and what comes next. */
export function reportFile(file: string, next: string): void {
  console.log(`${relative(process.cwd(), file)}\n\n${next}`);
}

/** YYYY-MM-DD, for the fields of a new file: no output of a build depends on it. */
export const todayHere = (): string => new Date().toISOString().slice(0, 10);
