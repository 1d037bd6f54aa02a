import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { escapeHtml } from '../../lib/escape-html.ts';
import { makeRelative } from '../../lib/resolve-link.ts';
import type { CarriedFile } from '../../lib/paths.ts';
import { attributeOf, placeOf, type BuiltPage, type Edit } from './built-page.ts';
import { markOf } from './marks.ts';

/**
 * A built page as the template of others: what is in it is known only after all pages are, and
 * goes into its slots, the elements with `data-slot`.
 */
export type Slot =
  | 'first'
  | 'pages'
  | 'files'
  | 'pager'
  /** The letters of the index, and the range of words and the words themselves of one page. */
  | 'letters'
  | 'range'
  | 'terms'
  /** The size of a file to take along. */
  | CarriedFile;

/** A copy of a template for another address: its references lead to the same places. */
export function copyTemplate(template: BuiltPage, path: string): BuiltPage {
  const page = { ...template, path, edits: [...template.edits] };
  if (path === template.path) return page;
  for (const [element, link] of template.links) {
    // a place of the page itself is one of each copy
    if (link.kind !== 'inside' || (link.path === template.path && link.fragment !== '')) continue;
    const name = attributeOf(element, 'href') === undefined ? 'src' : 'href';
    const text = `${name}="${escapeHtml(makeRelative(path, link))}"`;
    replace(page, { ...placeOf(element, name), text });
  }
  return page;
}

/** The address of another page, as an attribute of this one. */
export const addressOf = (page: BuiltPage, path: string, fragment = ''): string =>
  escapeHtml(makeRelative(page.path, { path, fragment }));

/** Puts HTML in the place of what a slot holds. */
export const replaceInside = (page: BuiltPage, slot: Slot, html: string): void => {
  const { startTag, endTag } = placeOfSlot(page, slot);
  replace(page, { start: startTag.endOffset, end: endTag.startOffset, text: html });
};

/** Takes a slot out, with its element. */
export const removeSlot = (page: BuiltPage, slot: Slot): void => {
  const { startTag, endTag } = placeOfSlot(page, slot);
  replace(page, { start: startTag.startOffset, end: endTag.endOffset, text: '' });
};

/** Replaces a part of the page, with the edits that earlier steps have made in it. */
function replace(page: BuiltPage, edit: Edit): void {
  const isWithin = ({ start, end }: Edit) => start >= edit.start && end <= edit.end;
  page.edits = [...page.edits.filter((other) => !isWithin(other)), edit];
}

function placeOfSlot(page: BuiltPage, slot: Slot) {
  const isSlot = (element: Tree.Element) => markOf(element, 'data-slot') === slot;
  const { startTag, endTag } = page.elements.find(isSlot)?.sourceCodeLocation ?? {};
  if (!startTag || !endTag) throw new Error(`${page.path} has no place "${slot}"`);
  return { startTag, endTag };
}
