import { site as siteSchema, languages as languagesSchema, type Site } from '../schema/site.ts';
import type { Locales } from '../schema/fields.ts';
import { CampaignError } from './fault.ts';
import { checkFolder, listCampaignFiles, readText } from './folder.ts';
import { parseSource, type SourceFile } from './source-file.ts';
import { validate } from './validate.ts';

/** `site.yaml` of a campaign, with its languages and the lines of its fields. */
export interface SiteFile {
  site: Site;
  locales: Locales;
  source: SourceFile;
}

/**
 * Reads the identity of a campaign: its languages first, which all other schemas need.
 * @param folder where the campaign is
 * @param context what is being looked at, as messages call it
 * @throws CampaignError if the folder, or a field of the file, is not as it should be
 */
export function readSite(folder: string, context: string): SiteFile {
  const file = 'site.yaml';
  checkFolder(folder, context);
  if (!listCampaignFiles(folder).includes(file)) {
    throw new CampaignError(
      [
        {
          file,
          found: 'no such file',
          expected: 'the identity of the campaign',
          fix: 'check CONTENT_DIR, or copy src/content/site.yaml and change it',
        },
      ],
      context,
    );
  }
  const source = parseSource(file, readText(folder, file));
  if ('found' in source) throw new CampaignError([source], context);
  const first = validate(source, languagesSchema);
  if ('faults' in first) throw new CampaignError(first.faults, context);
  const all = first.data.languages.map(({ tag }) => tag);
  const second = validate(source, siteSchema(all, first.data.main));
  if ('faults' in second) throw new CampaignError(second.faults, context);
  return { site: second.data, locales: { main: first.data.main, all }, source };
}
