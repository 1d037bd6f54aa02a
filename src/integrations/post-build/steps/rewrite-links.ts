import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { findNearest } from '../../../campaign/read/fault.ts';
import { homePage } from '../../../lib/paths.ts';
import { findSite } from '../../../campaign/schema/register.ts';
import { decode, makeRelative, resolveLink, type Target } from '../../../lib/resolve-link.ts';
import {
  addAttribute,
  attributeOf,
  isInside,
  removeAttribute,
  setAttribute,
  type BuiltPage,
  type LinkVerdict,
} from '../built-page.ts';
import { findOrigin, type Dist } from '../dist.ts';
import { markOf } from '../marks.ts';

const addressAttributes = ['href', 'src'] as const;

/**
 * Makes every reference relative, and judges every link to the outside by the register (invariants
 * 1 and 5).
 */
export function rewriteLinks(dist: Dist): void {
  const idsOf = new Map(dist.pages.map(({ path, ids }) => [path, ids]));
  for (const page of dist.pages) {
    for (const element of page.elements) {
      for (const name of addressAttributes) {
        const value = attributeOf(element, name);
        if (value === undefined || (value.startsWith('data:') && element.tagName === 'link'))
          continue; // the icon
        const outside = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(value);
        if (outside) leadOutside(dist, page, element, name, value);
        else leadInside(dist, page, element, name, value, idsOf);
      }
    }
  }
}

function leadInside(
  dist: Dist,
  page: BuiltPage,
  element: Tree.Element,
  name: string,
  value: string,
  idsOf: Map<string, ReadonlySet<string>>,
): void {
  const target =
    resolveLink(value, page.path, dist.files) ??
    resolveMoved(dist, value) ??
    resolveElsewhere(dist, value, element);
  if (!target) {
    const language = page.path.split('/')[0] ?? '';
    const pages = [...dist.files]
      .filter((file) => file.startsWith(`${language}/`))
      .map((file) => file.slice(language.length + 1));
    const near = findNearest(value.replace(/^\/|\.mdx?$/g, ''), pages);
    dist.faults.push({
      ...findOrigin(page, `(${value})`, value),
      found: `a link to ${value}, which is no page`,
      expected: 'the address of a page as it is written after the language: /guide/letters.html',
      fix: near ? `did you mean /${near}?` : 'fix the address, or take the link out',
    });
    return;
  }
  if (/(^|\/)index\.html$/.test(target.path) && target.path !== page.path) {
    dist.faults.push({
      ...findOrigin(page, value),
      found: `a link to ${target.path}`,
      expected:
        'a page by its own name: some hosts send readers of an index.html to an address where its links are dead',
      fix: `link to /${homePage}`,
    });
    return;
  }
  const place = decode(target.fragment.slice(1));
  const has = (path: string) => place !== undefined && (idsOf.get(path)?.has(place) ?? false);
  if (target.fragment !== '' && !has(target.path)) {
    // Places are named by the headings of a language: in a text that is shown here untranslated they
    // are those of its own.
    const original = target.path.replace(/^[^/]+/, languageOf(element));
    if (has(original)) return follow(page, element, name, { ...target, path: original });
    dist.faults.push({
      ...findOrigin(page, value),
      found: `a link to ${value}`,
      expected: `a place called "${target.fragment}" in ${target.path}`,
      fix: 'take the part after # from the table of contents of that page',
    });
  }
  follow(page, element, name, target);
}

/** A file that a step before this one has moved. */
function resolveMoved({ moved }: Dist, value: string): Target | undefined {
  const path = moved.get(decode(value.slice(1)) ?? '');
  return path === undefined ? undefined : { path, fragment: '' };
}

/**
 * An update is in its own languages only: a text of another one leads to it in the language of
 * its words, or in the main one.
 */
function resolveElsewhere(
  { site, files }: Dist,
  value: string,
  element: Tree.Element,
): Target | undefined {
  const tags = [languageOf(element), site.main, ...site.languages.map(({ tag }) => tag)];
  return value.startsWith('/')
    ? tags
        .map((tag) => resolveLink(`/${tag}${value}`, 'index.html', files))
        .find((target) => target !== undefined)
    : undefined;
}

/** The language of the words around an element. */
function languageOf(element: Tree.Element): string {
  let language = '';
  isInside(element, (above) => (language = attributeOf(above, 'lang') ?? '') !== '');
  return language;
}

function follow(page: BuiltPage, element: Tree.Element, name: string, target: Target): void {
  page.links.set(element, { kind: 'inside', ...target });
  write(page, element, name, target);
}

function write(page: BuiltPage, element: Tree.Element, name: string, target: Target): void {
  const relative = makeRelative(page.path, target);
  if (attributeOf(element, name) !== relative) setAttribute(page, element, name, relative);
}

function leadOutside(
  dist: Dist,
  page: BuiltPage,
  element: Tree.Element,
  name: string,
  value: string,
): void {
  if (element.tagName !== 'a' || name !== 'href') {
    dist.faults.push({
      ...findOrigin(page, value),
      found: `<${element.tagName}> loads ${value}`,
      expected: 'no request to another host: it would learn who reads this page, and when',
      fix: 'bring the file into the campaign folder, or take it out',
    });
    return;
  }
  if (/^(?:data|javascript|vbscript|blob|file):/i.test(value)) {
    dist.faults.push({
      ...findOrigin(page, value),
      found: `a link to ${value}`,
      expected:
        'an address of a page: what is in this one would run in the reader’s browser, ' +
        'and could tell its author who has clicked',
      fix: 'take the link out',
    });
    return;
  }
  const site = /^https?:/i.test(value) ? findSite(dist.register, value) : undefined;
  if (!site) {
    dist.faults.push({
      ...findOrigin(page, value),
      found: `a link to ${value}`,
      expected:
        'an address under a prefix of a file in sites/, which says whether it is safe to follow',
      fix: 'add the site to sites/ after checking it, or name it without a link',
    });
    return;
  }
  const { href, search, hash } = new URL(value);
  if (search !== '' || hash !== '') {
    // On a payment page or a messenger what follows the "?" can name another account than the
    // registered one.
    dist.faults.push({
      ...findOrigin(page, value),
      found: `a link to ${value}`,
      expected: 'an address without "?" and "#"',
      fix: `link to ${site.data.prefixes[0]}`,
    });
    return;
  }
  const free =
    site.data.designation.status === 'none' &&
    site.data.state === 'live' &&
    !isShadowed(dist, href, site.data.prefixes);
  const verdict = judge(dist, page, element, href, free, site.data.initiative);
  page.links.set(element, verdict);
  if (verdict.kind === 'inside') write(page, element, name, verdict);
  if (verdict.kind === 'plain') removeAttribute(page, element, name);
  if (verdict.kind === 'outside' && href !== value) setAttribute(page, element, name, href);
  if (verdict.kind === 'outside' && attributeOf(element, 'rel') === undefined)
    // for browsers that pass over the page's own rule
    addAttribute(page, element, 'rel="noreferrer"');
}

/**
 * Many hosts fold case: an address that a banned prefix covers but for case, below the free one, is
 * not free.
 */
function isShadowed(dist: Dist, href: string, prefixes: readonly string[]): boolean {
  const longest = Math.max(
    ...prefixes.filter((prefix) => href.startsWith(prefix)).map(({ length }) => length),
    0,
  );
  const others = dist.register
    .filter(({ data }) => data.designation.status !== 'none')
    .flatMap(({ data }) => data.prefixes);
  return others.some(
    (prefix) => prefix.length > longest && href.toLowerCase().startsWith(prefix.toLowerCase()),
  );
}

/**
 * A designated address, or one of which nothing is known, is a link on its own page of the
 * directory only, under its warning.
 */
function judge(
  dist: Dist,
  page: BuiltPage,
  element: Tree.Element,
  address: string,
  free: boolean,
  initiative: string | undefined,
): LinkVerdict {
  if (
    free ||
    (initiative !== undefined &&
      isInside(element, (above) => markOf(above, 'data-outbound') === initiative))
  )
    return { kind: 'outside', address };
  const target =
    initiative === undefined
      ? undefined
      : resolveLink(`/initiative/${initiative}.html`, page.path, dist.files);
  return target ? { kind: 'inside', ...target } : { kind: 'plain' };
}
