import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { attributeOf } from '../built-page.ts';
import { blocks } from '../page-text.ts';
import { widthOf, wrap, type Margin } from '../../../kit/core/text/wrap-lines.ts';

/** A heading, with a line of a character under it, as plain texts have had it since typewriters. */
export function printHeading(text: string, under: '=' | '-'): string[] {
  const lines = wrap(text);
  return [...lines, under.repeat(Math.max(...lines.map(widthOf), 1))];
}

/** The lines of a tree that `copyWords` has made, blocks apart by an empty line. */
export function printLines(tree: Tree.ParentNode): string[] {
  const printer = new Printer();
  printer.visit(tree, '');
  return printer.lines;
}

const before: Readonly<Record<string, string>> = {
  blockquote: '> ',
  pre: '    ',
  dd: '  ',
  warning: '! ',
  note: '| ',
  archive: '| ',
};
/** Blocks that follow each other without an empty line. */
const close = new Set(['li', 'dt', 'dd', 'tr']);

class Printer {
  readonly lines: string[] = [];
  #run = '';
  #isClose = false;

  visit(parent: Tree.ParentNode, margin: string): void {
    let count = 0;
    for (const child of parent.childNodes) {
      if (child.nodeName === '#text' && 'value' in child) this.#run += child.value;
      if (!('tagName' in child)) continue;
      if (child.tagName === 'br') this.#run += '\u2028';
      else if (!blocks.has(child.tagName)) this.visitInline(child);
      else {
        this.end(margin);
        if (child.tagName === 'li') count += 1;
        this.enter(child, margin, count);
      }
    }
    this.end(margin);
  }

  private visitInline(element: Tree.Element): void {
    for (const child of element.childNodes) {
      if (child.nodeName === '#text' && 'value' in child) this.#run += child.value;
      else if ('tagName' in child)
        if (child.tagName === 'br') this.#run += '\u2028';
        else this.visitInline(child);
    }
  }

  private enter(element: Tree.Element, margin: string, count: number): void {
    const name = element.tagName;
    const own = before[name === 'div' ? (attributeOf(element, 'class') ?? name) : name] ?? '';
    if (/^h[2-4]$/.test(name)) this.block(printHeading(textOf(element), '-'));
    else if (name === 'hr') this.block([`${margin}* * *`]);
    else if (name === 'pre') {
      const lines = textOf(element).trimEnd().split('\n');
      this.block(lines.map((line) => margin + own + line));
    } else if (name === 'tr') {
      const signs = { first: `${margin}- `, rest: `${margin}  ` };
      this.block(wrap(cellsOf(element).join(' · '), signs), !isFirst(element));
    } else if (name === 'li') {
      const sign = isNumbered(element) ? `${count}. ` : '- ';
      this.visitBlock(element, { first: margin + sign, rest: margin + ' '.repeat(sign.length) });
    } else this.visitBlock(element, { first: margin + own, rest: margin + own });
  }

  /** What is in a block; its first line has the sign of a list, if it has one. */
  private visitBlock(element: Tree.Element, { first, rest }: Margin): void {
    const start = this.lines.length;
    this.#isClose = close.has(element.tagName) && !isFirst(element);
    this.visit(element, rest);
    // The sign is before the first words alone, whatever block they are in.
    const isWord = (line: string, at: number) =>
      at >= start && line !== '' && line.startsWith(rest);
    const line = this.lines.findIndex(isWord);
    if (first !== rest && line >= 0)
      this.lines[line] = first + (this.lines[line] ?? '').slice(rest.length);
  }

  private end(rest: string): void {
    const parts = this.#run.split('\u2028').flatMap((part) => wrap(part, { first: rest, rest }));
    this.#run = '';
    if (parts.length > 0) this.block(parts);
  }

  private block(lines: readonly string[], isClose = this.#isClose): void {
    if (this.lines.length > 0 && !isClose) this.lines.push('');
    this.lines.push(...lines);
    this.#isClose = false;
  }
}

const isNumbered = ({ parentNode: list }: Tree.Element): boolean =>
  list !== null && 'tagName' in list && list.tagName === 'ol';
const isFirst = (element: Tree.Element): boolean =>
  element.parentNode?.childNodes.find((node) => 'tagName' in node) === element;

/** The text of an element, as it is. */
const textOf = (element: Tree.ParentNode): string =>
  element.childNodes
    .map((node) =>
      node.nodeName === '#text' && 'value' in node
        ? node.value
        : 'tagName' in node
          ? textOf(node)
          : '',
    )
    .join('');

const cellsOf = (row: Tree.Element): string[] =>
  row.childNodes
    .flatMap((node) => ('tagName' in node ? [textOf(node).trim()] : []))
    .filter((text) => text !== '');
