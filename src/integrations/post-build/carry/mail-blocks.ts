import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import type { MailBlock, MailBlockKind } from '../../../kit/core/mail/mail-text.ts';
import { attributeOf } from '../built-page.ts';
import { blocks } from '../page-text.ts';

/** What an element makes of the words in it; undefined for what its own element says. */
const kinds: Readonly<Record<string, MailBlockKind>> = {
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  li: 'item',
  dd: 'item',
  tr: 'item',
  blockquote: 'note',
  warning: 'warning',
  note: 'note',
  archive: 'note',
};

/** The blocks of a tree that `copyWords` has made. Lists in lists become one list. */
export function readMailBlocks(tree: Tree.ParentNode): MailBlock[] {
  const reader = new BlockReader();
  reader.visit(tree, 'paragraph');
  return reader.blocks;
}

class BlockReader {
  readonly blocks: MailBlock[] = [];
  #run = '';

  visit(parent: Tree.ParentNode, kind: MailBlockKind): void {
    let own = kind;
    let count = 0;
    for (const child of parent.childNodes) {
      if (child.nodeName === '#text' && 'value' in child) this.#run += child.value;
      if (!('tagName' in child)) continue;
      if (child.tagName === 'td' || child.tagName === 'th') this.#visitCell(child);
      else if (child.tagName === 'br') this.#end(own);
      else if (!blocks.has(child.tagName)) this.#visitInline(child, own);
      else {
        const before = this.blocks.length;
        this.#end(own);
        if (child.tagName === 'li') count += 1;
        if (child.tagName === 'li' && isNumbered(parent)) this.#run = `${count}. `;
        this.visit(child, kindOf(child, own));
        // The sign of a list is before its first words alone.
        if (own === 'item' && this.blocks.length > before) own = 'paragraph';
      }
    }
    this.#end(own);
  }

  #visitInline(element: Tree.Element, kind: MailBlockKind): void {
    for (const child of element.childNodes) {
      if (child.nodeName === '#text' && 'value' in child) this.#run += child.value;
      if (!('tagName' in child)) continue;
      if (child.tagName === 'br') this.#end(kind);
      else this.#visitInline(child, kind);
    }
  }

  #visitCell(cell: Tree.Element): void {
    const words = this.#run.trim();
    this.#run = '';
    this.#visitInline(cell, 'item');
    this.#run = [words, this.#run.trim()].filter((part) => part !== '').join(' · ');
  }

  #end(kind: MailBlockKind): void {
    const text = this.#run.replace(/[ \t\n]+/g, ' ').replace(/^ | $/g, '');
    this.#run = '';
    if (text === '' || /^\d+\.$/.test(text)) return;
    this.blocks.push({ kind, text });
  }
}

function kindOf(element: Tree.Element, above: MailBlockKind): MailBlockKind {
  const name = element.tagName === 'div' ? (attributeOf(element, 'class') ?? '') : element.tagName;
  return kinds[name] ?? above;
}

const isNumbered = (parent: Tree.ParentNode): boolean =>
  'tagName' in parent && parent.tagName === 'ol';
