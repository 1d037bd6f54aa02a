import type { Block, Piece, Version } from './corpus.ts';

/** How a generator wants what is not plain Markdown. */
export interface Dialect {
  linkToText(number: number): string;
  linkOut(number: number): string;
  photo(name: string): string;
  /** What follows a sentence that has a source. */
  readonly source: string;
}

/** The body of a text as Markdown. */
export const writeBody = ({ blocks }: Pick<Version, 'blocks'>, dialect: Dialect): string =>
  blocks.map((block) => `${writeBlock(block, dialect)}\n\n`).join('');

function writeBlock(block: Block, dialect: Dialect): string {
  switch (block.kind) {
    case 'heading':
      return `## ${block.words}`;
    case 'photo':
      return `![${block.words}](${dialect.photo(block.name)})`;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'paragraph':
      return block.pieces.map((piece) => writePiece(piece, dialect)).join(' ');
  }
}

function writePiece({ words, text, outbound }: Piece, dialect: Dialect): string {
  if (text !== undefined) return `[${words}](${dialect.linkToText(text)}).`;
  if (outbound !== undefined)
    return `[${words}](${dialect.linkOut(outbound)}). ${dialect.source}`.trimEnd();
  return words;
}
