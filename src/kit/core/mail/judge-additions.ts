import { ContactSearch } from '../text/unsafe-text.ts';
import { quoteName } from '../text/plain-characters.ts';
import type { Findings } from '../verify/verdict.ts';

/** What lists and mailboxes put below a mail: more than this is a text of its own. */
const maxBelow = { lines: 15, characters: 1500 } as const;

/** Lines that programs put above a mail that they forward. */
const frames = [
  /^(?:-{2,}|_{5,})(?: ?.{3,60} ?-{2,})?$/,
  /^Begin forwarded message:$/,
  /^.{0,200}<[^<>@ ]+@[^<>@ ]+>.{0,30}:$/,
  /^.{1,200}(?:wrote|schrieb|écrit|пишет|написал\(?а?\)?|піша|напісаў|напісала)[  ]?:$/,
];
/** Fields of a mail as such lines have them, in the languages of programs. */
const fields =
  /^\*?(?:From|Sent|Date|To|Cc|Reply-To|Ад|Даслана|Дата|Каму|Копія|От|Отправлено|Кому|Копия|De|Envoyé|À|Von|Gesendet|Datum|An) ?:\*? .{0,300}$/i;
const subjectField = /^\*?(?:Subject|Тэма|Тема|Objet|Betreff) ?:\*? (?<subject>.{0,300})$/i;

/**
 * What a mail has around the words that were signed. What programs add by themselves is named and
 * is no fault; all other words are.
 * Attack: a true digest under a line that says which account has taken the place of the one in it.
 * @param subject of the digest
 * @returns whether anything was added that is no fault
 */
export function judgeAdditions(
  above: readonly string[],
  below: readonly string[],
  subject: string,
  findings: Findings,
): boolean {
  const words = above.filter((line) => !isFrame(line, subject));
  if (words.length > 0) inject('above', words, findings);
  else if (above.length > 0)
    findings.note(`It was forwarded, under: ${quoteName(above.join(' '), maxQuoted)}`);
  const isShort = below.length <= maxBelow.lines && below.join('').length <= maxBelow.characters;
  if (below.length > 0 && (!isShort || hasAccount(below.join('\n'))))
    inject('below', below, findings);
  else if (below.length > 0)
    findings.note(
      `Added below, as lists do, and signed by nobody: ${quoteName(below.join(' '), Infinity)}`,
    );
  return below.length > 0 && isShort;
}

const maxQuoted = 300;

const inject = (where: string, words: readonly string[], findings: Findings): void =>
  findings.add(
    'injected',
    `Words were added ${where} the digest that nobody has signed: ${quoteName(words.join(' '), maxQuoted)}`,
  );

function isFrame(line: string, subject: string): boolean {
  if (hasAccount(line)) return false;
  const shown = subjectField.exec(line)?.groups?.['subject'];
  if (shown !== undefined) return isSameSubject(shown, subject);
  return fields.test(line) || frames.some((frame) => frame.test(line));
}

/** Something that money goes to, or a number to call; lists name addresses of mail and pages. */
export const hasAccount = (text: string): boolean =>
  new ContactSearch()
    .find(text)
    .some(({ kind, what }) => kind === 'account' || /telephone|handle|command/.test(what));

/** What programs and lists put before the subject of a mail that they pass on. */
const prefix =
  /^(?:(?:re|fwd?|aw|wg|tr|sv|vs|rif|отв|ha|адк|пераслана|пер)(?:\[\d+\])?:|\[[\w .-]{1,30}\]|\(fwd\)) ?/iu;

/** Whether a subject is that of the digest but for such prefixes. */
export function isSameSubject(shown: string, subject: string): boolean {
  const plain = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
  let rest = plain(shown);
  for (let next = rest.replace(prefix, ''); next !== rest; next = rest.replace(prefix, ''))
    rest = next;
  return rest === plain(subject);
}
