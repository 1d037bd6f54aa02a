import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { attributeOf, placeOf, removeAttribute, type BuiltPage } from '../built-page.ts';
import { findOrigin, type Dist } from '../dist.ts';

/** All elements that a page may hold. What is not here could run, load, send or store something (invariant 3). */
const allowed = new Set(
  (
    'html head meta title link style body header nav main section article aside footer h1 h2 h3 h4 h5 h6 p ul ol li dl dt dd blockquote pre hr br ' +
    'a b strong i em s del ins u small sub sup span code kbd abbr cite q time mark figure figcaption img div table caption thead tbody tfoot tr th td ' +
    'details summary svg g path circle rect polygon line text title pattern defs'
  ).split(' '),
);
const searchOnly = new Set(['script']);
/** Attributes by which an element asks another host, keeps something, or acts by itself. */
const forbidden = /^(on.*|style|srcdoc|srcset|ping|action|formaction|background|poster|data|autoplay|autofocus|crossorigin|integrity|nonce|manifest|xlink:.*)$/;
const links = new Set(['icon', 'alternate']);
const isSearch = ({ path }: BuiltPage) => /^[^/]+\/search\.html$/.test(path);

/** Checks that no page can run, load, send or store anything, on the finished HTML, wherever it came from. */
export function checkMarkup(dist: Dist): void {
  for (const page of dist.pages) {
    const complain = (what: string, expected: string) => dist.faults.push({ ...findOrigin(page, what), found: `${what} in ${page.path}`, expected, mend: 'take it out' });
    for (const element of page.elements) {
      const { tagName } = element;
      if (!allowed.has(tagName) && !(isSearch(page) && searchOnly.has(tagName))) {
        complain(`<${tagName}>`, 'only elements that show text: this one could run, load or send something, and give the reader away');
      }
      if (tagName === 'link' && !links.has(attributeOf(element, 'rel') ?? '')) complain(`<link rel="${attributeOf(element, 'rel')}">`, 'no link that makes a browser load or prepare something');
      if (tagName === 'meta' && !/^(content-security-policy)?$/i.test(attributeOf(element, 'http-equiv') ?? '')) complain('<meta http-equiv>', 'no other than the policy: it could redirect');
      if (tagName === 'style') checkStyle(element, complain);
      for (const { name } of element.attrs) {
        if (name === 'style') alignByClass(page, element, complain);
        else if (forbidden.test(name)) complain(`${name}="…" on <${tagName}>`, 'only attributes that show text: this one could run, load or send something');
      }
    }
    dropMarks(page);
  }
}

function checkStyle(element: Tree.Element, complain: (what: string, expected: string) => void): void {
  const css = element.childNodes.map((node) => ('value' in node ? node.value : '')).join('');
  const loads = /@import|url\(\s*["']?(?!data:|#)[^)]*\)/i.exec(css);
  if (loads) complain(loads[0], 'a style sheet that loads nothing: a font or picture from elsewhere tells its host who reads');
}

/** Markdown aligns table cells by style attributes, which the policy forbids; they become classes. */
function alignByClass(page: BuiltPage, element: Tree.Element, complain: (what: string, expected: string) => void): void {
  const align = /^text-align:\s*(left|center|right);?$/.exec(attributeOf(element, 'style') ?? '')?.[1];
  if (align === undefined || attributeOf(element, 'class') !== undefined) complain(`style="${attributeOf(element, 'style')}" on <${element.tagName}>`, 'no style attribute: the policy of the page blocks it');
  else if (align === 'left') removeAttribute(page, element, 'style');
  else page.edits.push({ ...placeOf(element, 'style'), text: `class="${align}"` });
}

/** Takes out the marks by which pages speak to these steps. */
function dropMarks(page: BuiltPage): void {
  for (const element of page.elements) {
    for (const name of ['data-source', 'data-listed', 'data-item', 'data-door', 'data-record']) {
      if (attributeOf(element, name) !== undefined) removeAttribute(page, element, name);
    }
  }
}
