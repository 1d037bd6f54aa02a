/** Characters of a line, as mail has them (RFC 3676, 4.2). */
export const columns = 72;

/** What is before the lines of a block: on the first one, and on each other. */
export interface Margin {
  readonly first: string;
  readonly rest: string;
}

/** How many columns a text takes: marks that combine with a letter take none. */
export const widthOf = (text: string): number => [...text.replace(/\p{M}|\p{Cf}/gu, '')].length;

/**
 * Words in lines of at most so many columns; a word that is longer, such as an address, has a line
 * of its own. Only spaces and ends of lines part words: what is held together on a page is so here.
 * @param mayBegin whether a line other than the first may begin with a word
 */
export function wrap(
  text: string,
  { first, rest }: Margin = { first: '', rest: '' },
  mayBegin: (word: string) => boolean = () => true,
): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of joinWords(text, mayBegin)) {
    if (!isEmpty && widthOf(line) + 1 + widthOf(word) > columns) {
      lines.push(line);
      [line, isEmpty] = [rest, true];
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return isEmpty ? lines : [...lines, line];
}

/** The words of a text; one that may not begin a line is joined to the word before it. */
function joinWords(text: string, mayBegin: (word: string) => boolean): string[] {
  const words: string[] = [];
  for (const word of text.split(/[ \n\t]+/)) {
    if (word === '') continue;
    const last = words.length - 1;
    if (last >= 0 && !mayBegin(word)) words[last] += ` ${word}`;
    else words.push(word);
  }
  return words;
}
