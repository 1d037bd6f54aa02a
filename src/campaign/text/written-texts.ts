import { listBodyTexts } from './body-texts.ts';
import { textsOf, type Entries } from '../schema/collections.ts';
import { listFieldTexts } from './field-texts.ts';
import { parseBody } from '../read/parse-body.ts';
import type { Site } from '../schema/site.ts';
import type { SourceFile } from '../read/source-file.ts';
import type { WrittenText } from './written-text.ts';

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
