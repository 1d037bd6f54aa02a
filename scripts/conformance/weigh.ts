import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { parse } from 'parse5';
import { measureGzip } from '../../src/lib/page-size.ts';
import { attributeOf, rawTextOf, type Site } from './site.ts';

export interface PageSize {
  path: string;
  /** Bytes after gzip, level 6, as most hosts compress. */
  gzip: number;
  plain: number;
  /** Requests that opening it causes, itself included. */
  requests: number;
}

/** @param requests by path, as a browser counted them */
export function measurePages({ files }: Site, requests: ReadonlyMap<string, number>): PageSize[] {
  return [...files]
    .filter(([path]) => path.endsWith('.html'))
    .map(([path, bytes]) => ({ path, gzip: measureGzip(bytes), plain: bytes.length, requests: requests.get(path) ?? 0 }));
}

export interface Part {
  /** As a person would point to it: `<style>`, `<nav class="menu">`, `section "Letters"`. */
  name: string;
  /** What the page would be smaller without it, in bytes after gzip. */
  gzip: number;
}

/**
 * The parts of a page that weigh most. A part is what stands directly in head, header, main or footer; what follows a heading in
 * main belongs to it, since a writer thinks in sections.
 * @param count how many to name
 */
export function findLargestParts(html: string, count = 3): Part[] {
  const whole = measureGzip(html);
  return splitPage(html)
    .map(({ name, start, end }) => ({ name, gzip: whole - measureGzip(html.slice(0, start) + html.slice(end)) }))
    .sort((a, b) => b.gzip - a.gzip || (a.name < b.name ? -1 : 1))
    .slice(0, count);
}

interface Span {
  name: string;
  start: number;
  end: number;
}

function splitPage(html: string): Span[] {
  const spans: Span[] = [];
  const visit = (node: Tree.ParentNode, inMain: boolean) => {
    let section: Span | undefined;
    for (const child of node.childNodes) {
      if (!('tagName' in child) || !child.sourceCodeLocation) continue;
      const { startOffset: start, endOffset: end } = child.sourceCodeLocation;
      if (['html', 'head', 'body', 'header', 'main'].includes(child.tagName)) {
        visit(child, child.tagName === 'main');
        section = undefined;
      } else if (section && !/^h[12]$/.test(child.tagName)) section.end = end;
      else {
        const span = { name: describe(child), start, end };
        spans.push(span);
        section = inMain && /^h[12]$/.test(child.tagName) ? span : undefined;
      }
    }
  };
  visit(parse(html, { sourceCodeLocationInfo: true }), false);
  return spans;
}

function describe(element: Tree.Element): string {
  const text = rawTextOf(element).trim();
  if (/^h[12]$/.test(element.tagName) && text !== '') return `section "${text.slice(0, 40)}"`;
  const [id, classes] = [attributeOf(element, 'id'), attributeOf(element, 'class')];
  return `<${element.tagName}${id === undefined ? '' : ` id="${id}"`}${classes === undefined ? '' : ` class="${classes}"`}>`;
}
