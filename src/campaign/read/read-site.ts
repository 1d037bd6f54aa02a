import { site as siteSchema, languages as languagesSchema, type Site } from '../schema/site.ts';
import type { Locales } from '../schema/fields.ts';
import { CampaignError, type Fault } from './fault.ts';
import { checkFolder, decodeText, listCampaignFiles } from './folder.ts';
import { parseSource, type SourceFile } from './source-file.ts';
import { validate } from './validate.ts';

/** `site.yaml` of a campaign, with its languages and the lines of its fields. */
export interface SiteFile {
  site: Site;
  locales: Locales;
  source: SourceFile;
}

/** What `site.yaml` says, as far as it can be read, and what is wrong with it. */
export interface ExaminedSite {
  readonly faults: readonly Fault[];
  /** Undefined where the file is no YAML. */
  readonly source?: SourceFile;
  /** Undefined where the languages have faults: no other file can be read without them. */
  readonly locales?: Locales;
  /** Undefined where any field has a fault. */
  readonly site?: Site;
}

const file = 'site.yaml';

/**
 * Reads the identity of a campaign: its languages first, which all other schemas need.
 * @param folder where the campaign is
 * @param context what is being looked at, as messages call it
 * @throws CampaignError if the folder is not as it should be
 */
export function examineSite(folder: string, context: string): ExaminedSite {
  checkFolder(folder, context);
  if (!listCampaignFiles(folder).includes(file)) {
    const fault = {
      file,
      found: 'no such file',
      expected: 'the identity of the campaign',
      fix: 'check CONTENT_DIR, or begin a campaign: npm run new -- campaign FOLDER',
    };
    return { faults: [fault] };
  }
  const text = decodeText(folder, file);
  const source = typeof text === 'string' ? parseSource(file, text) : text;
  if ('found' in source) return { faults: [source] };
  const first = validate(source, languagesSchema);
  if ('faults' in first) return { faults: first.faults, source };
  const locales = { main: first.data.main, all: first.data.languages.map(({ tag }) => tag) };
  const second = validate(source, siteSchema(locales.all, locales.main));
  if ('faults' in second) return { faults: second.faults, source, locales };
  return { faults: [], source, locales, site: second.data };
}

/**
 * The same of a campaign that is to be sound.
 * @throws CampaignError if the folder, or a field of the file, is not as it should be
 */
export function readSite(folder: string, context: string): SiteFile {
  const { faults, site, locales, source } = examineSite(folder, context);
  if (!site || !locales || !source) throw new CampaignError(faults, context);
  return { site, locales, source };
}
