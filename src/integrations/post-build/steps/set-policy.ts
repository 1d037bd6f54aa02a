import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { attributeOf, setAttribute, type BuiltPage } from '../built-page.ts';
import type { Dist } from '../dist.ts';
import { hashSource, printPolicy } from '../policy.ts';
import { nameAttribute, pruneStyle } from '../prune-style.ts';

/**
 * Writes the policy of each page into its first element (CSP level 3). It stops what a host or a
 * mistake adds to the page as far as a meta element can; what comes before it, and a host that
 * takes it out, it cannot stop.
 */
export function setPolicies(dist: Dist): void {
  for (const page of dist.pages) {
    const style = joinStyles(page);
    const meta = page.elements.find(
      (element) => element.tagName === 'meta' && attributeOf(element, 'http-equiv') !== undefined,
    );
    if (!meta) throw new Error(`${page.path} has no place for its policy`);
    setAttribute(page, meta, 'content', makePolicy(page, style));
  }
}

function makePolicy(page: BuiltPage, style: string): string {
  const script = page.elements.find(({ tagName }) => tagName === 'script');
  // The search page: its own script by hash, Pagefind's from the same origin, WebAssembly for the
  // index, and fetches of its parts.
  const ofSearch = script && [
    `script-src 'self' 'wasm-unsafe-eval' ${hashSource(textOf(script))}`,
    "connect-src 'self'",
  ];
  return [printPolicy(style), ...(ofSearch ?? [])].join(';');
}

const stylesOf = (page: BuiltPage) => page.elements.filter(({ tagName }) => tagName === 'style');
const textOf = (element: Tree.Element) =>
  element.childNodes.map((node) => ('value' in node ? node.value : '')).join('');

/**
 * Puts all styles of a page into its first style element, without what the page has no use for: one
 * hash in the policy instead of one for each.
 */
function joinStyles(page: BuiltPage): string {
  const [first, ...others] = stylesOf(page);
  const inner = first?.sourceCodeLocation;
  if (!inner) return '';
  const joined = [first, ...others].map(textOf).join('');
  const style = pruneStyle(joined, namesOf(page));
  const start = inner.startTag?.endOffset ?? inner.startOffset;
  page.edits.push({ start, end: inner.endTag?.startOffset ?? inner.endOffset, text: style });
  for (const { sourceCodeLocation } of others)
    if (sourceCodeLocation)
      page.edits.push({
        start: sourceCodeLocation.startOffset,
        end: sourceCodeLocation.endOffset,
        text: '',
      });
  return style;
}

/**
 * Elements, attributes and classes of a page, with the classes that steps have given to it, and
 * those that a script may add: all words in it.
 */
function namesOf({ elements, edits }: BuiltPage): Set<string> {
  const given = edits.flatMap(({ text }) => /^class="([^"]*)"$/.exec(text)?.[1] ?? []);
  const added = elements
    .filter(({ tagName }) => tagName === 'script')
    .flatMap((script) => textOf(script).match(/[\w-]+/g) ?? []);
  const classes = [
    ...elements.map((element) => attributeOf(element, 'class') ?? ''),
    ...given,
  ].flatMap((names) => names.split(/\s+/));
  const attributes = elements.flatMap(({ attrs }) =>
    attrs.map(({ name, value }) => nameAttribute(name, value)),
  );
  return new Set([
    ...elements.map(({ tagName }) => tagName),
    ...attributes,
    ...added,
    ...[...classes, ...added].map((name) => `.${name}`),
  ]);
}
