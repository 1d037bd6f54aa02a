import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { measureGzip } from './page-size.ts';

export interface Part {
  /** As a person would point to it: `<style>`, `<nav class="menu">`, `section "Letters"`. */
  name: string;
  /** What the page would be smaller without it, in bytes after gzip. */
  gzip: number;
}

/**
 * The parts of a page that weigh most. A part is a child of head, header or main, or the footer;
 * what follows a heading in main belongs to it, since a writer thinks in sections.
 * @param page a page, or the frame of one
 * @param count how many to name
 */
export function findLargestParts(page: string, count = 3): Part[] {
  const html = page.replace(/^\uFEFF/, ''); // behind a mark of encoding, parse5 places no element
  const whole = measureGzip(html);
  return splitPage(html)
    .map(({ name, start, end }) => ({
      name,
      gzip: whole - measureGzip(html.slice(0, start) + html.slice(end)),
    }))
    .sort((a, b) => b.gzip - a.gzip || (a.name < b.name ? -1 : 1))
    .slice(0, count);
}

/** The largest parts in words, for a message: `<style> 1900 bytes, <header> 300 bytes`. */
export const nameLargestParts = (html: string, count = 3): string =>
  findLargestParts(html, count)
    .map(({ name, gzip }) => `${name} ${gzip} bytes`)
    .join(', ');

interface Span {
  name: string;
  start: number;
  end: number;
}

const containers = new Set(['html', 'head', 'body', 'header', 'main']);

function splitPage(html: string): Span[] {
  const spans: Span[] = [];
  const visit = (node: Tree.ParentNode, inMain: boolean) => {
    let section: Span | undefined;
    for (const child of node.childNodes) {
      if (!('tagName' in child) || !child.sourceCodeLocation) continue;
      const { startOffset: start, endOffset: end } = child.sourceCodeLocation;
      if (containers.has(child.tagName)) {
        visit(child, child.tagName === 'main');
        section = undefined;
      } else if (section && !/^h[12]$/.test(child.tagName)) section.end = end;
      else {
        const span = { name: describeElement(child), start, end };
        spans.push(span);
        section = inMain && /^h[12]$/.test(child.tagName) ? span : undefined;
      }
    }
  };
  visit(parse(html, { sourceCodeLocationInfo: true }), false);
  return spans;
}

function describeElement(element: Tree.Element): string {
  const text = textOf(element).trim();
  if (/^h[12]$/.test(element.tagName) && text !== '') return `section "${text.slice(0, 40)}"`;
  const attributes = element.attrs.filter(({ name }) => name === 'id' || name === 'class');
  return `<${[element.tagName, ...attributes.map(({ name, value }) => `${name}="${value}"`)].join(' ')}>`;
}

const textOf = (node: Tree.ParentNode): string =>
  node.childNodes
    .map((child) => ('value' in child ? child.value : 'childNodes' in child ? textOf(child) : ''))
    .join('');
