import { attributeOf, rawTextOf, type SitePage, type StaticSite } from '../site.ts';

/**
 * What asks a browser to look up, connect to or fetch something ahead of a click. Not every browser
 * does, so no log may show it.
 */
const hints = /^(?:dns-prefetch|preconnect|prefetch|prerender|preload|modulepreload|pingback)$/i;

/** Attributes by which an element loads, or sends, without a click on a link. */
const loading = [
  'src',
  'srcset',
  'poster',
  'background',
  'data',
  'action',
  'formaction',
  'manifest',
  'ping',
  'xlink:href',
];

/**
 * What is in pages and styles and would make some browser at some time ask another host: also
 * what this one does not load now (a picture far below, a style for print, a rule for hovering).
 * @returns sentences, each with what would be disclosed to whom
 */
export function findLoads({ pages, files }: StaticSite): string[] {
  const styles = [...files]
    .filter(([path]) => path.endsWith('.css'))
    .flatMap(([path, bytes]) => findInStyle(path, bytes.toString('utf8')));
  return [
    ...pages.flatMap((page) => [
      ...page.elements.flatMap((element) => findInElement(page, element)),
    ]),
    ...styles,
  ];
}

function findInElement({ path }: SitePage, element: SitePage['elements'][number]): string[] {
  const { tagName } = element;
  const rel = (attributeOf(element, 'rel') ?? '').split(/\s+/);
  const href = attributeOf(element, 'href');
  const faults: string[] = [];
  const hint = tagName === 'link' ? rel.find((word) => hints.test(word)) : undefined;
  if (hint !== undefined)
    faults.push(
      `${path} asks browsers to ${hint} ${href}, which tells its host who reads the page, and when`,
    );
  else if (
    tagName === 'link' &&
    isOutside(href) &&
    !rel.some((word) =>
      /^(?:alternate|author|canonical|help|license|me|next|prev|search)$/i.test(word),
    )
  )
    faults.push(tell(path, href));
  const ping = attributeOf(element, 'ping');
  if (ping !== undefined) faults.push(`${path} has a link that reports each click to ${ping}`);
  for (const name of loading) {
    const value = attributeOf(element, name);
    if (name !== 'ping' && value?.split(/,\s+/).some((part) => isOutside(part.trim())))
      faults.push(tell(path, value));
  }
  const refresh =
    tagName === 'meta' && /^refresh$/i.test(attributeOf(element, 'http-equiv') ?? '')
      ? /url\s*=\s*["']?(.*)/i.exec(attributeOf(element, 'content') ?? '')?.[1]
      : undefined;
  if (isOutside(refresh)) faults.push(tell(path, refresh));
  if (tagName === 'script' && attributeOf(element, 'type') === 'speculationrules')
    faults.push(`${path} has rules by which browsers fetch pages that nobody has asked for`);
  const style = tagName === 'style' ? rawTextOf(element) : (attributeOf(element, 'style') ?? '');
  return [...faults, ...findInStyle(path, style)];
}

const findInStyle = (path: string, css: string): string[] =>
  [...css.matchAll(/(?:url\(\s*|@import\s+)["']?([^"')\s;]+)/gi)].flatMap(([, address]) =>
    isOutside(address) ? [tell(path, address)] : [],
  );

const isOutside = (reference: string | undefined): reference is string =>
  reference !== undefined && /^(?:https?:|wss?:|ftp:)?\/\//i.test(reference);

const tell = (path: string, reference: string | undefined): string =>
  `${path} loads ${reference}, which would tell its host who reads the page, and when`;
