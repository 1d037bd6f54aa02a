import type { InterfaceStrings } from '../campaign/schema/interface.ts';
import { interpolate } from './words.ts';

/** What a build is of: an edition, or a draft of the one with this number. */
type Named = { of: number } | { number: number; date: string; lookForNewerAfter: string };

/** How a language writes numbers and dates. */
interface Forms {
  number: (value: number) => string;
  date: (text: string) => string;
}

/**
 * The sentence that says of which edition something is, and until when nobody need look for
 * another: below every page, in feeds, and in what leaves the site.
 */
export const describeEdition = (
  words: InterfaceStrings['edition'],
  build: Named,
  { number, date }: Forms,
): string =>
  'of' in build
    ? interpolate(words.draft, { number: number(build.of) })
    : interpolate(words.line, {
        number: number(build.number),
        date: date(build.date),
        until: date(build.lookForNewerAfter),
      });
