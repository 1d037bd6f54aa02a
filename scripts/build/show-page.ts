import type { Block, PageContent } from '../../src/kit/core/page-diff/page-content.ts';
import { quoteName } from '../../src/kit/core/text/plain-characters.ts';
import {
  listLinksAway,
  markKinds,
  PageMarker,
  printMarks,
  show,
  type Mark,
  type MarkKind,
} from './mark-words.ts';

/** A page that was shown, whose first and last words the next one need not repeat. */
export interface ShownPage {
  readonly path: string;
  readonly content: PageContent;
}

/** Characters of a line, with its margin. */
const width = 96;

/**
 * The whole text of a page as lines for whoever is to sign it: what has to be looked at is
 * ‹marked›, has a `!` in the margin, and is listed below. Words that are a menu or a foot are left
 * out where the page before has the very same.
 * Attack: a command, an account or another host on a page of which only the name is shown.
 * @param before the page that was shown before this one
 */
export function showPage(path: string, content: PageContent, before?: ShownPage): string[] {
  const { blocks } = content;
  const [head, foot] = before ? countSame(before.content.blocks, blocks) : [0, 0];
  const marker = new PageMarker(content.links);
  const lines: string[] = [];
  const listed = new Map<MarkKind, Set<string>>();
  const addSame = (count: number): void => {
    if (count > 0)
      lines.push(`      (${count} pieces of text as on ${quoteName(before?.path ?? '')})`);
  };
  addSame(head);
  for (const [index, block] of blocks.entries()) {
    const marks = marker.mark(block); // of those left out, too: the marker follows the links
    if (index < head || index >= blocks.length - foot) continue;
    for (const mark of marks) list(listed, mark, block.text);
    lines.push(...printBlock(block, marks));
  }
  addSame(foot);
  const away = listLinksAway(content.links);
  if (away.length > 0) listed.set('links that lead away', new Set(away));
  return [
    `━━ ${quoteName(path)}, whole: ${blocks.length} pieces of text`,
    ...lines,
    ...markKinds.flatMap((kind) => {
      const items = [...(listed.get(kind) ?? [])];
      return items.length === 0
        ? []
        : wrap(`${kind}: ${items.join(', ')}`).map(
            (line, at) => `  ${at === 0 ? '▸' : ' '} ${line}`,
          );
    }),
    '',
  ];
}

function list(listed: Map<MarkKind, Set<string>>, { kind, start, end }: Mark, text: string): void {
  const items = listed.get(kind) ?? new Set();
  listed.set(kind, items.add(show(text.slice(start, end))));
}

const prefixes: Readonly<Partial<Record<Block['kind'], string>>> = {
  title: 'title: ',
  heading: '# ',
  'list item': '- ',
  quotation: '> ',
  code: '$ ',
  label: 'label: ',
};

function printBlock(block: Block, marks: readonly Mark[]): string[] {
  const prefix = `${block.hidden ? '(hidden) ' : ''}${block.warning ? '(warning) ' : ''}${prefixes[block.kind] ?? ''}`;
  return wrap(prefix + printMarks(block.text, marks)).map(
    (line) =>
      // a mark may go on over the end of a line
      `${marks.length > 0 ? '  ! ' : '    '}  ${line}`,
  );
}

/** How many blocks at the beginning and at the end are the same in both, in all that they show. */
function countSame(
  before: readonly Block[],
  after: readonly Block[],
): [head: number, foot: number] {
  const isSame = (a: Block | undefined, b: Block | undefined): boolean =>
    a !== undefined &&
    b !== undefined &&
    a.kind === b.kind &&
    a.form === b.form &&
    a.hidden === b.hidden &&
    a.warning === b.warning;
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && isSame(before[head], after[head])) head += 1;
  let foot = 0;
  while (foot < shorter - head && isSame(before.at(-1 - foot), after.at(-1 - foot))) foot += 1;
  return [head, foot];
}

/** Cuts a line at spaces, and a word that is too long wherever it has to be. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    let current = '';
    for (let word of line.split(' ')) {
      if (current !== '' && current.length + 1 + word.length > width) {
        lines.push(current);
        current = '';
      }
      if (word.length > width) {
        const signs = [...word];
        while (signs.length > width) lines.push(signs.splice(0, width).join(''));
        word = signs.join('');
      }
      current = current === '' ? word : `${current} ${word}`;
    }
    lines.push(current);
  }
  return lines;
}
