import type { BlockKind } from './page-content.ts';

const words = (text: string): readonly string[] => text.split(' ');

/** Elements whose words do not run on into their neighbours', and what these are. */
const blocks = new Map<string, BlockKind>([
  ...words(
    'html head body main header footer nav section article aside div figure table thead tbody tfoot tr ul ol dl details svg form fieldset address hgroup menu search dialog noscript template center frameset iframe object video audio select button label text summary hr',
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

/** The kind of words in an element; undefined if it stands in a line with others. */
export const blockKindOf = (name: string): BlockKind | undefined => blocks.get(name);

/** The kind of words in an element that stands in another: a paragraph of a quotation is a quotation. */
export function toKind(name: string, above: BlockKind): BlockKind {
  const own = blocks.get(name) ?? 'words';
  return (own === 'words' || own === 'paragraph') && above !== 'words' && above !== 'title'
    ? above
    : own;
}

const unseen = new Set(words('template iframe noembed noframes datalist'));
/** Whether an element hides its words, from all or from some. A style sheet can do so too: it is compared by itself. */
export function isHidden(name: string, attributes: ReadonlyMap<string, string>): boolean {
  if (
    unseen.has(name) ||
    attributes.has('hidden') ||
    attributes.get('aria-hidden')?.toLowerCase() === 'true'
  )
    return true;
  if ((name === 'details' || name === 'dialog') && !attributes.has('open')) return true;
  return /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:opacity|font-size)\s*:\s*0/i.test(
    attributes.get('style') ?? '',
  );
}

const empty = new Set(
  words(
    'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr',
  ),
);
/** Whether an element has neither content nor end tag (HTML standard, 13.1.2). */
export const isEmptyElement = (name: string): boolean => empty.has(name);

/** Which open element a start tag ends, where it is the innermost one (13.2.6.4.7). */
const endedBy: readonly (readonly [ended: ReadonlySet<string>, by: ReadonlySet<string>])[] = [
  [
    new Set(['p']),
    new Set(
      words(
        'address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table ul',
      ),
    ),
  ],
  [new Set(['li']), new Set(['li'])],
  [new Set(['dt', 'dd']), new Set(['dt', 'dd'])],
  [new Set(['option']), new Set(['option'])],
  [new Set(['th', 'td']), new Set(words('th td tr tbody thead tfoot'))],
  [new Set(['tr']), new Set(words('tr tbody thead tfoot'))],
];
export const isEndedBy = (open: string, start: string): boolean =>
  endedBy.some(([ended, by]) => ended.has(open) && by.has(start));

/** End tags inside of these do not reach elements outside (13.2.4.2, scope). */
const borders = new Set(words('table td th caption template object'));
export const isBorder = (name: string): boolean => borders.has(name);

const telling = new Set(
  words('details ol del s ins u sub sup small mark q cite b strong em i code kbd abbr'),
);
/** Whether an element says something of its words even without attributes: a warning that is struck out is none. */
export const isTelling = (name: string): boolean => telling.has(name);

const ofHead = new Set(words('html head meta title link style base script'));
/** Whether a browser is still in the head of a page after such a tag. */
export const isOfHead = (name: string): boolean => ofHead.has(name);

/** Attributes whose value a reader sees or hears. */
export const spokenAttributes = words(
  'title alt aria-label aria-description aria-roledescription placeholder label',
);
