import { escapeInvisible, findUnsafeText } from '../core/text/unsafe-text.ts';

const scripts = ['Latin', 'Cyrillic', 'Greek', 'Armenian'] as const;
const scriptOf = (sign: string) =>
  scripts.find((name) => new RegExp(`^\\p{Script=${name}}$`, 'u').test(sign));

/** Longer words are read in their beginning only: the note is about what nobody can see, and there it will be seen. */
const longest = 500;

/**
 * What the eye misses in changed words: signs without a look of their own, words of letters of two scripts, a letter of another
 * script in the place of a known one. Attack: an address or a name of the same look, which leads to someone else.
 * @returns parts of a sentence, fit for a terminal
 */
export function nameDisguises(before: string | undefined, after: string | undefined): string[] {
  const [known, seen] = [(before ?? '').slice(0, longest), (after ?? '').slice(0, longest)];
  const notes = findUnsafeText(seen)
    .filter(({ what, match }) => /character|two scripts/.test(what) && !known.includes(match))
    .map(
      ({ what, match }) =>
        `${what}: ${escapeInvisible(match)}${/character/.test(what) ? '' : ` has ${listScripts(match)}`}`,
    );
  const [knownSigns, seenSigns] = [[...known], [...seen]];
  const at = knownSigns.findIndex((sign, index) => sign !== seenSigns[index]);
  const [was, is] = [knownSigns[at] ?? '', seenSigns[at] ?? ''];
  const [scriptBefore, scriptAfter] = [scriptOf(was), scriptOf(is)];
  if (scriptBefore !== undefined && scriptAfter !== undefined && scriptBefore !== scriptAfter) {
    notes.push(
      `the first other letter is ${scriptAfter} (${toCode(is)}), known ${scriptBefore} (${toCode(was)})`,
    );
  }
  return [...new Set(notes)].slice(0, 5);
}

const listScripts = (word: string): string =>
  scripts.filter((name) => new RegExp(`\\p{Script=${name}}`, 'u').test(word)).join(' and ');
const toCode = (sign: string): string =>
  `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
