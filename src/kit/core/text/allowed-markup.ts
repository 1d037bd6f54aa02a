/**
 * All that a page may be made of (invariant 3). What is not here could run, load, send, keep or
 * hide something; it is a list of what is allowed, since a list of what is dangerous is never
 * complete.
 */
const words = (text: string): readonly string[] => text.split(/\s+/);

/** Elements, with the attributes of their own. */
const elements: Record<string, readonly string[]> = {
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
  path: words('d fill fill-rule marker-start stroke stroke-width'),
  rect: words('fill height rx ry stroke stroke-width width x y'),
  circle: words('cx cy fill r stroke stroke-width'),
  polygon: words('fill points stroke stroke-width'),
  text: words('x y'),
};
for (const name of words(
  'header nav main section article aside footer h1 h2 h3 h4 h5 h6 p ul dl dt dd blockquote pre hr br b strong i em s del ins u small sub sup span code kbd abbr cite q mark figure figcaption div table caption thead tbody tfoot tr summary g',
)) {
  elements[name] = [];
}
const everywhere = new Set(words('id class lang dir title role'));

/** Whether a page may hold an element. */
export const isAllowedElement = (name: string): boolean => Object.hasOwn(elements, name);

/** Whether an element may have an attribute. References of SVG stay in the page: `url(#o)`. */
export function isAllowedAttribute(element: string, name: string, value: string): boolean {
  if (name !== 'href' && name !== 'src' && /url\(\s*["']?(?!#)/i.test(value)) return false;
  return (
    everywhere.has(name) || name.startsWith('aria-') || (elements[element]?.includes(name) ?? false)
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
