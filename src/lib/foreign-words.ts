/**
 * Scripts of languages that are written in several, or whose script has a name of its own in
 * Unicode's list of locales.
 */
const severalScripts: Readonly<Record<string, readonly string[]>> = {
  Hans: ['Hani'],
  Hant: ['Hani'],
  Jpan: ['Hani', 'Hira', 'Kana'],
  Kore: ['Hang', 'Hani'],
};
const patterns = new Map<string, RegExp | undefined>();

/**
 * Words of a text in letters that its language is not written in (WCAG 3.1.2: such a passage names
 * its language, or a voice spells or skips it). Latin letters are in texts of all scripts, as
 * names and terms; a single letter is a sign.
 * @param tag the language of the text (BCP 47)
 */
export function findForeignWords(text: string, tag: string): string[] {
  if (!patterns.has(tag)) patterns.set(tag, makePattern(tag));
  const foreign = patterns.get(tag);
  if (!foreign) return [];
  return [...text.matchAll(/\p{L}[\p{L}\p{M}\u200C\u200D]+/gu)]
    .map(([word]) => word)
    .filter((word) => foreign.test(word));
}

/** Undefined for a language of which Unicode does not say how it is written. */
function makePattern(tag: string): RegExp | undefined {
  const { script } = new Intl.Locale(tag).maximize();
  if (script === undefined) return undefined;
  const own = [...(severalScripts[script] ?? [script]), 'Latn', 'Zyyy', 'Zinh'];
  const letter = `[\\p{L}${own.map((name) => `--\\p{Script=${name}}`).join('')}]`;
  return new RegExp(`${letter}.*${letter}`, 'v');
}
