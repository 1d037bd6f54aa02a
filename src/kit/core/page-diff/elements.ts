import type { PageElement } from './parse-page.ts';

const words = (text: string): readonly string[] => text.split(/\s+/);

/**
 * All that a page may be made of (invariant 3): elements, with the attributes of their own. What is
 * not here could run, load, send, keep or hide something; it is a list of what is allowed, since a
 * list of what is dangerous is never complete.
 */
const allowed: Record<string, readonly string[]> = {
  html: words('dir'),
  head: [],
  meta: words('charset content http-equiv name'),
  title: [],
  link: words('href rel type hreflang'),
  style: [],
  body: [],
  a: words('href hreflang lang rel type'),
  ol: words('start'),
  li: words('value'),
  time: words('datetime'),
  img: words('alt decoding height loading src width'),
  th: words('colspan rowspan scope'),
  td: words('colspan rowspan'),
  details: words('open'),
  svg: words(
    'fill font-family font-size height shape-rendering stroke-width text-anchor viewBox width',
  ),
  pattern: words('height viewBox width'),
  marker: words('markerHeight markerWidth'),
  path: words(
    'd fill fill-rule marker-start stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-width',
  ),
  rect: words('fill height rx ry stroke stroke-width width x y'),
  circle: words('cx cy fill r stroke stroke-width'),
  polygon: words('fill points stroke stroke-width'),
  text: words('font-size font-weight x y'),
};
for (const name of words(
  'header nav main section article aside footer h1 h2 h3 h4 h5 h6 p ul dl dt dd blockquote pre hr br b strong i em s del ins u small sub sup span code kbd abbr cite q mark figure figcaption div table caption thead tbody tfoot tr summary g',
)) {
  allowed[name] = [];
}
const everywhere = new Set(words('id class lang dir title role'));

/** Whether a page may hold an element. */
export const isAllowedElement = (name: string): boolean => Object.hasOwn(allowed, name);

/** Whether an element may have an attribute. References of SVG stay in the page: `url(#a)`. */
export function isAllowedAttribute(element: string, name: string, value: string): boolean {
  if (name !== 'href' && name !== 'src' && /url\(\s*["']?(?!#)/i.test(value)) return false;
  return (
    everywhere.has(name) || name.startsWith('aria-') || (allowed[element]?.includes(name) ?? false)
  );
}

/** What <meta> and <link> may be there for. */
export const isAllowedMeta = (name: string | undefined, content: string | undefined): boolean =>
  name === undefined ||
  name === 'viewport' ||
  name === 'description' ||
  (name === 'referrer' && content === 'no-referrer');
export const isAllowedLink = (rel: string | undefined): boolean =>
  rel === 'icon' || rel === 'alternate' || rel === 'item';

export type BlockKind =
  | 'title'
  | 'heading'
  | 'paragraph'
  | 'list item'
  | 'table cell'
  | 'quotation'
  | 'code'
  | 'caption'
  | 'label'
  | 'words';

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
