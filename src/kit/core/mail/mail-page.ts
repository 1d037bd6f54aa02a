import { parseMailText, type MailBlock } from './mail-text.ts';

/** What programs show of a mail in place of its text: more are cut off by some of them. */
export const maxMailPageBytes = 100_000;

/**
 * The page of a digest, which says what its text says and nothing else: no style, no picture, no
 * link but that of an address that the text names. It follows from the text, so that a checker
 * needs no other proof of it.
 * @param text of the digest
 * @param proof the lines that follow it
 * @param language of the text, as a tag
 */
export function printMailPage(text: string, proof: string, language: string): string {
  const blocks = parseMailText(text);
  const title = blocks[0]?.text ?? '';
  return [
    `<!doctype html><html lang="${escape(language)}" dir="auto"><head><meta charset="utf-8">`,
    `<title>${escape(title)}</title></head><body>`,
    ...blocks.map((block, index) => printBlock(block, blocks[index - 1], blocks[index + 1])),
    `<pre>${escape(proof)}</pre></body></html>`,
    '',
  ].join('\n');
}

function printBlock(
  block: MailBlock,
  before: MailBlock | undefined,
  after: MailBlock | undefined,
): string {
  const words = linkAddresses(escape(block.text));
  switch (block.kind) {
    case 'title':
      return before === undefined ? `<h1>${words}</h1>` : `<h2>${words}</h2>`;
    case 'heading':
      return `<h3>${words}</h3>`;
    case 'item':
      return [
        before?.kind === 'item' ? '' : '<ul>',
        `<li>${words}</li>`,
        after?.kind === 'item' ? '' : '</ul>',
      ].join('');
    case 'warning':
      return `<p><strong>! ${words}</strong></p>`;
    case 'note':
      return `<p>| ${words}</p>`;
    case 'numbered':
    case 'paragraph':
      return `<p>${words}</p>`;
  }
}

/** An address leads where it says; all others are words. */
const linkAddresses = (html: string): string =>
  html.replace(
    /https?:\/\/[^\s"'<>]*[^\s"'<>.,;:!?)»”]/g,
    (address) => `<a href="${address}">${address}</a>`,
  );

const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&${names[sign]};`);
const names: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' };
