import { describeEdition } from '../../../lib/edition-line.ts';
import type { LocalizedText } from '../../../lib/localized-text.ts';
import { interpolate } from '../../../lib/words.ts';
import type { LanguageContext } from '../feed-source.ts';

/** A sentence or two that a file says of itself. */
export interface OriginLine {
  text: string | LocalizedText;
  /** What is shown as a warning, and what signers are shown as the line of the edition. */
  kind: 'warning' | 'edition' | 'text';
}

/**
 * What a file that leaves the site has to say before its texts, since nothing around it says it:
 * what goes above every page, who must not keep it, of which edition it is and until when nobody
 * need look for another, and how to check it, which needs no address.
 * @param path of the file, by which the manifest knows it
 * @param isWhole whether all is in it that belongs into it
 */
export function describeOrigin(
  context: LanguageContext,
  path: string,
  isWhole: boolean,
): OriginLine[] {
  const { records, strings, localize } = context;
  const { site, build } = records;
  const notice = site.notice ? localize(site.notice) : 'of' in build ? undefined : build.notice;
  return [
    ...(notice === undefined ? [] : [{ text: notice, kind: 'warning' } as const]),
    { text: strings.mirrors.storage, kind: 'warning' },
    { text: describeEdition(strings.edition, build, context), kind: 'edition' },
    { text: interpolate(strings.carry.check, { file: path }), kind: 'text' },
    ...(isWhole ? [] : [{ text: strings.carry.newest, kind: 'text' } as const]),
  ];
}
