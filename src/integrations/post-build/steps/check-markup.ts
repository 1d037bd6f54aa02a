import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import {
  isAllowedAttribute,
  isAllowedElement,
  isAllowedLink,
  isAllowedMeta,
} from '../../../kit/core/page-diff/elements.ts';
import { attributeOf, isInside, placeOf, removeAttribute, type BuiltPage } from '../built-page.ts';
import { findOrigin, type Dist } from '../dist.ts';
import { hasMark, isMark, markNames, marks } from '../marks.ts';

const isSearch = ({ path }: BuiltPage) => /^[^/]+\/search\.html$/.test(path);
type Report = (found: string, expected: string, fix?: string) => void;

/**
 * Checks that no page can run, load, send or keep anything, on the finished HTML, wherever it came
 * from.
 */
export function checkMarkup(dist: Dist): void {
  for (const page of dist.pages) {
    const report: Report = (found, expected, fix = 'take it out') =>
      dist.faults.push({
        ...findOrigin(page, found),
        found,
        page: page.path,
        expected,
        fix,
      });
    for (const element of page.elements) {
      checkElement(page, element, report);
      for (const { name, value } of element.attrs)
        checkAttribute(page, element, name, value, report);
    }
    checkIds(page, report);
    dropMarks(page);
  }
}

function checkElement(page: BuiltPage, element: Tree.Element, report: Report): void {
  const { tagName } = element;
  const scriptOfSearch =
    tagName === 'script' && isSearch(page) && attributeOf(element, 'src') === undefined;
  if (!isAllowedElement(tagName) && !scriptOfSearch)
    report(
      `<${tagName}>`,
      'only elements that show text: this one could run, load or send something, and give the reader away',
    );
  if (tagName === 'link' && !isAllowedLink(attributeOf(element, 'rel')))
    report(
      `<link rel="${attributeOf(element, 'rel')}">`,
      'no link that makes a browser load or prepare something',
    );
  if (
    tagName === 'meta' &&
    !isAllowedMeta(attributeOf(element, 'name'), attributeOf(element, 'content'))
  )
    report(
      `<meta name="${attributeOf(element, 'name')}">`,
      'no other than viewport, description and the referrer rule',
    );
  if (
    tagName === 'meta' &&
    !/^(content-security-policy)?$/i.test(attributeOf(element, 'http-equiv') ?? '')
  )
    report('<meta http-equiv>', 'no other than the policy: it could redirect');
  if (
    (tagName === 'style' || tagName === 'meta' || tagName === 'link') &&
    !isInside(element, (above) => above.tagName === 'head')
  )
    report(`<${tagName}> in the body`, 'none: it could hide a warning');
  if (tagName === 'style') checkStyle(element, report);
}

function checkAttribute(
  page: BuiltPage,
  element: Tree.Element,
  name: string,
  value: string,
  report: Report,
): void {
  const inText = (above: Tree.Element) => hasMark(above, 'data-source');
  if (name === 'style') alignByClass(page, element, value, report);
  else if (
    element.tagName === 'script'
      ? name !== 'type'
      : !isAllowedAttribute(element.tagName, name, value) && !isMark(name)
  ) {
    report(
      `${name}="…" on <${element.tagName}>`,
      'only attributes that show text: this one could run, load or send something',
    );
  }
  // A text that could set a mark could show an outbound link without its warning, or switch off the
  // check for contacts.
  if (isMark(name) && !marks[name].inTexts && isInside(element, inText))
    report(`${name} in a text`, 'marks of the engine outside texts only');
}

function checkStyle(element: Tree.Element, report: Report): void {
  const css = element.childNodes.map((node) => ('value' in node ? node.value : '')).join('');
  const loads = /@import|url\(\s*["']?(?!#)[^)]*\)|\\[0-9a-f]/i.exec(css);
  if (loads)
    report(
      loads[0],
      'a style sheet that loads nothing, holds no picture and hides nothing behind escapes: a font or ' +
        'picture from elsewhere tells its host who reads, and one within can tell who took it, where',
    );
}

/**
 * Markdown aligns table cells by style attributes, which the policy forbids; they become classes.
 * The left is where a line begins.
 */
function alignByClass(page: BuiltPage, element: Tree.Element, style: string, report: Report): void {
  const align = /^text-align:\s*(left|center|right);?$/.exec(style)?.[1];
  if (align === undefined || attributeOf(element, 'class') !== undefined)
    report(
      `style="${style}" on <${element.tagName}>`,
      'no style attribute: the policy of the page blocks it',
    );
  else if (align === 'left') removeAttribute(page, element, 'style');
  else page.edits.push({ ...placeOf(element, 'style'), text: `class="${align}"` });
}

/** Two places of one name: a link to the second leads to the first. */
function checkIds(page: BuiltPage, report: Report): void {
  const seen = new Set<string>();
  for (const element of page.elements) {
    const id = attributeOf(element, 'id');
    if (id === undefined) continue;
    if (seen.has(id))
      report(
        `two places called "${id}"`,
        'one name for one place',
        'change the words of a heading, or the name of a record',
      );
    seen.add(id);
  }
}

/** Takes out the marks by which pages speak to the steps. */
function dropMarks(page: BuiltPage): void {
  for (const element of page.elements)
    for (const name of markNames)
      if (marks[name].removed && hasMark(element, name)) removeAttribute(page, element, name);
}
