import type { Fault } from '../../src/campaign/read/fault.ts';
import type { Site } from '../../src/campaign/schema/site.ts';
import { compareNumbers, localeIn } from '../../src/campaign/text/compare-numbers.ts';
import { diffLists } from '../../src/kit/core/text/plain-characters.ts';
import { findUnsafeText } from '../../src/kit/core/text/unsafe-text.ts';
import type { ReadEntry } from './po.ts';
import type { Unit } from './units.ts';

/** A string with its new words. */
export interface Change {
  readonly unit: Unit;
  readonly text: string;
}

/**
 * Compares a PO file that came back with the campaign. What is empty, fuzzy or as it was is no
 * change.
 * @param file its name, for messages
 * @param tag the language of it
 */
export function listChanges(
  entries: readonly ReadEntry[],
  units: readonly Unit[],
  site: Pick<Site, 'languages' | 'main'>,
  tag: string,
  file: string,
): { changes: Change[]; faults: Fault[] } {
  const known = new Map(units.map((unit) => [unit.context, unit]));
  const changes: Change[] = [];
  const faults: Fault[] = [];
  for (const { context, source, text, isFuzzy, line } of entries) {
    if (text === '' || isFuzzy) continue;
    const unit = known.get(context);
    const place = { file, line, where: context };
    if (!unit)
      faults.push({
        ...place,
        found: 'a string that the campaign does not have',
        expected: 'a string of this export',
        fix: 'export anew, and take the translations over by the program in which they were made',
      });
    else if (unit.source !== source)
      faults.push({
        ...place,
        found: `a translation of “${shorten(source)}”`,
        expected: `one of “${shorten(unit.source)}”, which the original says now`,
        fix: 'export anew: the program in which it was translated keeps what still fits',
      });
    else if (unit.text !== text) {
      const own = checkSubstance(unit, text, site, tag).map((fault) => ({ ...place, ...fault }));
      faults.push(...own);
      if (own.length === 0) changes.push({ unit, text });
    }
  }
  return { changes, faults };
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

/** What is no word of a language: components, places of links, code, what the engine puts in. */
const listMarks = (text: string): string[] =>
  [...text.matchAll(/\]\([^)]*\)|<\/?[A-Z][^>]*>|`[^`]*`|\{\w+\}/g)]
    .map(([mark]) => mark.replace(/#.*(?=\)$)/, '#…')) // a place is named by a heading
    .sort();

/**
 * Holds a translation to its original. Attack: a file that went through many hands brings another
 * account, number or link in a language that no reviewer reads.
 */
function checkSubstance(
  { source }: Unit,
  text: string,
  site: Pick<Site, 'languages' | 'main'>,
  tag: string,
): Omit<Fault, 'file'>[] {
  const numbers = compareNumbers(
    { text: source, locale: localeIn(site, site.main) },
    { text, locale: localeIn(site, tag) },
    { counted: false },
  );
  const differing = [
    { what: 'numbers', ...numbers },
    { what: 'links, components or {braces}', ...diffLists(listMarks(source), listMarks(text)) },
  ];
  const before = new Set(findUnsafeText(source).map(({ match }) => match));
  return [
    ...differing
      .filter(({ onlyA, onlyB }) => onlyA.length + onlyB.length > 0)
      .map(({ what, onlyA, onlyB }) => ({
        found: `other ${what}: ${onlyB.join(', ') || 'none more'}`,
        expected: `those of the original: ${onlyA.join(', ') || 'none more'}`,
        fix: 'take over what is no word as it is in the original',
      })),
    ...findUnsafeText(text)
      .filter(({ match }) => !before.has(match))
      .map(({ what, match, why }) => ({
        found: `${what}: ${match}`,
        expected: `none: ${why}`,
        fix: 'take it out',
      })),
  ];
}
