import { findUnsafeText, escapeInvisible } from '../../kit/core/text/unsafe-text.ts';
import type { Fault } from '../read/fault.ts';
import { textsOf, type Entries } from '../schema/entries.ts';
import { isRegisteredHost } from '../schema/register.ts';
import { listWrittenTexts, type WrittenText } from '../text/texts.ts';
import type { Site } from '../schema/site.ts';
import type { SourceFile } from '../read/source-file.ts';
import { placeholder } from '../text/typography/find-type-faults.ts';

/**
 * Checks the texts of guides and updates for contacts, accounts and disguised words, as the build
 * does with all pages (`check-text.ts` of its steps). Attack: a changed digit in a copied sentence
 * sends a letter or money to a stranger.
 * @param words the campaign's own words: names that look like those of hosts
 */
export function checkContacts(
  entries: Entries,
  site: Site,
  siteSource: Pick<SourceFile, 'file' | 'lineOf'>,
  words: ReadonlyMap<string, ReadonlySet<string>>,
): Fault[] {
  const written = new Set(textsOf(entries).map(({ file }) => file));
  const names = new Set([...words.values()].flatMap((list) => [...list].map(fold)));
  const isName = (match: string): boolean =>
    isRegisteredHost(entries.sites, match) || names.has(fold(match));
  return listWrittenTexts(entries, site, siteSource)
    .filter(({ file }) => written.has(file))
    .flatMap((text) => checkWords(text, isName));
}

const fold = (word: string): string => word.toLowerCase();

function checkWords(
  { file, lineAt, where, text: marked }: WrittenText,
  isName: (match: string) => boolean,
): Fault[] {
  const text = marked.replaceAll(placeholder, ' ');
  return findUnsafeText(text)
    .filter(({ what }) => !/character$/.test(what)) // hidden ones: `check-type.ts`
    .filter(({ what, match }) => what !== 'a host name' || !isName(match))
    .map(({ what, match, why }) => ({
      file,
      line: lineAt(Math.max(text.indexOf(match), 0)),
      where,
      found: `${what}: ${escapeInvisible(match)}`,
      expected: `none in a text: ${why}`,
      fix:
        what === 'a host name'
          ? 'take it out, register the address in sites/, or add the name of somebody to words/<language>.txt'
          : 'take it out, or describe it in words',
    }));
}
