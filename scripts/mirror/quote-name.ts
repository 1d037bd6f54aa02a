const longest = 120;

/**
 * A name that a stranger chose, in quotes, fit for a terminal or a log: signs that are not seen or that steer a terminal
 * become `\u{…}`, and what is too long is cut.
 * Attack: a name with escape codes repaints the screen, so that a refused archive reads as authentic.
 */
export function quoteName(name: string): string {
  const signs = [...name];
  const shown = signs.slice(0, longest).join('').replace(/["\\\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (sign) => {
    return sign === '"' || sign === '\\' ? `\\${sign}` : `\\u{${sign.codePointAt(0)?.toString(16)}}`;
  });
  return `"${shown}${signs.length > longest ? '…' : ''}"`;
}
