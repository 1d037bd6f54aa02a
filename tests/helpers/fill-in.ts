/**
 * Writes something where a new file of a campaign leaves it to its editor: texts, items of lists and
 * dates that are empty.
 * @param words what is written; it has to be in the main language of the campaign
 */
export const fillIn = (text: string, words: string): string =>
  text
    .replaceAll(/(date: )""/g, '$1"2026-10"')
    .replaceAll(/^(\s*-) ""/gm, `$1 "${words}"`)
    .replaceAll(/^(\s*(?:- )?[\w-]+:|.*\{ \w+:|.*source:) ""/gm, `$1 "${words}"`);
