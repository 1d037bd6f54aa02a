import type { BlockKind } from './page-content.ts';
import type { PageElement } from './parse-page.ts';

const words = (text: string): readonly string[] => text.split(' ');

/** Elements whose words do not run on into their neighbours', and what these are. */
const blocks = new Map<string, BlockKind>([
  ...words(
    'html head body main header footer nav section article aside div figure table thead tbody ' +
      'tfoot tr ul ol dl details svg form fieldset address hgroup menu search dialog noscript ' +
      'template center frameset iframe object video audio select button label text summary hr',
  ).map((name) => [name, 'words'] as const),
  ...words('h1 h2 h3 h4 h5 h6').map((name) => [name, 'heading'] as const),
  ['title', 'title'],
  ['p', 'paragraph'],
  ...words('li dt dd option').map((name) => [name, 'list item'] as const),
  ...words('th td').map((name) => [name, 'table cell'] as const),
  ['blockquote', 'quotation'],
  ...words('pre textarea xmp listing plaintext').map((name) => [name, 'code'] as const),
  ...words('caption figcaption legend').map((name) => [name, 'caption'] as const),
]);

/** Whether the words of an element are apart from those around it. */
export const isBlock = (name: string): boolean => blocks.has(name);

/** The kind of words in an element within another: a paragraph of a quotation is a quotation. */
export function toKind(name: string, above: BlockKind): BlockKind {
  const own = blocks.get(name) ?? 'words';
  return (own === 'words' || own === 'paragraph') && above !== 'words' && above !== 'title'
    ? above
    : own;
}

const hiding =
  /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:opacity|font-size)\s*:\s*0/i;
const unseen = new Set(words('template iframe noembed noframes noscript datalist'));

/**
 * Whether an element hides its words, from all or from some. A style sheet can do so too: it is
 * compared by itself.
 */
export function isHidden({ name, attributes }: PageElement): boolean {
  if (
    unseen.has(name) ||
    attributes.has('hidden') ||
    attributes.get('aria-hidden')?.toLowerCase() === 'true'
  )
    return true;
  if ((name === 'details' || name === 'dialog') && !attributes.has('open')) return true;
  return hiding.test(attributes.get('style') ?? '');
}

const telling = new Set(
  words('details ol del s ins u sub sup small mark q cite b strong em i code kbd abbr'),
);
/** Whether an element says something of its words without attributes: they may be struck out. */
export const isTelling = (name: string): boolean => telling.has(name);

/** Attributes whose value a reader sees or hears. */
export const spokenAttributes = words(
  'title alt aria-label aria-description aria-roledescription placeholder label',
);
