import { widthOf, wrap } from '../text/wrap-lines.ts';

/**
 * The text of a digest for mail. Mail programs break its lines anew, quote it, strip spaces and
 * change line ends, so its layout follows from its words alone: whoever reads the blocks of what
 * has arrived and prints them again has the bytes that were signed, or the words were changed.
 */

/** A title is of the whole text or of one of its parts, a heading is inside of a part. */
export type MailBlockKind =
  'title' | 'heading' | 'paragraph' | 'item' | 'numbered' | 'warning' | 'note';

export interface MailBlock {
  readonly kind: MailBlockKind;
  /** With single spaces; of `numbered` with its number: "2. Write". */
  readonly text: string;
}

/** What is before the first line of a block. The others are indented as much. */
const marks: Partial<Record<MailBlockKind, string>> = { item: '- ', warning: '! ', note: '| ' };
const number = /^\d{1,3}\. /;
/** What is under a block in as many columns as it has. */
const underlines: Partial<Record<MailBlockKind, string>> = { title: '=', heading: '-' };
const underline = /^(?:={3,}|-{3,})$/;
/** Blocks that follow each other without an empty line. */
const isInList = ({ kind }: MailBlock): boolean => kind === 'item' || kind === 'numbered';

/** Words that would be read as a mark, an underline or a quote at the beginning of a line. */
const mayBegin = (word: string): boolean => !/^(?:[-!|]|\d{1,3}\.|={3,}|-{3,}|>.*)$/.test(word);

/** The lines of the blocks, in at most 72 columns but for longer words; LF after the last one. */
export function printMailText(blocks: readonly MailBlock[]): string {
  const lines = blocks.flatMap((block, index) => {
    const before = blocks[index - 1];
    const isClose = before === undefined || (isInList(before) && isInList(block));
    return [...(isClose ? [] : ['']), ...printBlock(block)];
  });
  return lines.map((line) => `${line}\n`).join('');
}

function printBlock({ kind, text }: MailBlock): string[] {
  const first = marks[kind] ?? '';
  const indent = kind === 'numbered' ? (number.exec(text)?.[0] ?? '') : first;
  const lines = wrap(text, { first, rest: ' '.repeat(indent.length) }, mayBegin);
  const under = underlines[kind];
  if (under === undefined) return lines;
  return [...lines, under.repeat(Math.max(3, ...lines.map(widthOf)))];
}

/**
 * The blocks of a text, however its lines were broken, quoted or indented on the way. What is no
 * block of ours becomes paragraphs; nothing is left out but marks of quotes and spaces.
 */
export function parseMailText(text: string): MailBlock[] {
  const blocks: MailBlock[] = [];
  let open: MailBlock | undefined;
  const close = (): void => {
    if (open && open.text !== '') blocks.push(open);
    open = undefined;
  };
  for (const line of splitLines(text)) {
    const found = readMark(line);
    if (line === '') close();
    else if (open && underline.test(line) && /paragraph|numbered/.test(open.kind)) {
      open = { kind: line.startsWith('=') ? 'title' : 'heading', text: open.text };
      close();
    } else if (found) {
      close();
      open = found;
    } else
      open = open ? { ...open, text: `${open.text} ${line}` } : { kind: 'paragraph', text: line };
  }
  close();
  return blocks;
}

function readMark(line: string): MailBlock | undefined {
  if (number.test(line)) return { kind: 'numbered', text: line };
  const found = Object.entries(marks).find(([, mark]) => line.startsWith(mark));
  return found && { kind: found[0] as MailBlockKind, text: line.slice(found[1].length) };
}

/**
 * Lines without what mail does to them: marks of quotes (`> `, and that of `>From ` in mailboxes),
 * spaces at both ends or several in a row, letters taken apart (NFD), a byte order mark. Only plain
 * spaces: those that hold words together are part of the text.
 */
export const splitLines = (text: string): string[] =>
  text
    .replace(/^\uFEFF/, '')
    .normalize('NFC')
    .split(/\r\n|\r|\n/)
    .map((line) =>
      line
        .replace(/^(?:[ \t]*>)+/, '')
        .replace(/[ \t]+/g, ' ')
        .replace(/^ | $/g, ''),
    );

/** The bytes of the file of a digest, from its text in whatever layout. */
export const layOutMail = (text: string): string => printMailText(parseMailText(text));
