/** Signs of a name that are shown, where nothing else is said. */
const usual = 120;

/**
 * A name that a stranger chose, in quotes, fit for a terminal or a log: signs that are not seen or
 * that steer a terminal become `\u{…}`, and what is too long is cut. Attack: a name with escape
 * codes repaints the screen, so that a refused archive reads as authentic.
 */
export function quoteName(name: string, longest = usual): string {
  const signs = [...name];
  const shown = escapeHidden(signs.slice(0, longest).join('').replace(/["\\]/g, '\\$&'));
  return `"${shown}${signs.length > longest ? '…' : ''}"`;
}

const hidden = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const escapeHidden = (text: string): string =>
  text.replace(hidden, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);

/**
 * A text of several lines, parts of which a stranger may have written, fit for a terminal: as
 * `quoteName`, but whole and with its line ends.
 */
export const showText = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.split('\t').map(escapeHidden).join('\t'))
    .join('\n');

/**
 * The name of a copy as its user has written it, unless a sign in it is hidden. Attack: a download
 * called "x.zip: AUTHENTIC" with a line end and escape codes, which a shell completes.
 */
export const showName = (name: string): string =>
  name.search(hidden) < 0 ? name : quoteName(name);

/**
 * JSON whose hidden signs are escaped; it means the same. Attack: JSON allows signs in its texts
 * that turn the direction or, from U+0080 on, steer a terminal.
 */
export const showJson = (json: string): string =>
  json.replace(hidden, (sign) =>
    sign === '\n'
      ? sign
      : [...Array(sign.length).keys()]
          .map((at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`)
          .join(''),
  );
