import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { hasMark } from './marks.ts';

/** Elements that are apart: their text does not run on into their neighbours'. */
export const blocks: ReadonlySet<string> = new Set(
  [
    'html body main header footer nav section article aside div p h1 h2 h3 h4 h5 h6 hgroup',
    'ul ol li menu dl dt dd blockquote pre figure figcaption details summary dialog search',
    'table caption thead tbody tfoot tr th td form fieldset legend label option button address',
    'svg text br hr title',
  ].flatMap((names) => names.split(' ')),
);
const silent = new Set(['script', 'style', 'template']);

/**
 * The texts of an element, one for each run of words that a reader sees as one: a number split by
 * tags is still a number.
 * @param skip elements whose text is left out
 */
export function collectTexts(
  element: Tree.ParentNode,
  skip: (element: Tree.Element) => boolean = () => false,
): string[] {
  const texts: string[] = [];
  let run = '';
  const end = () => {
    const text = run.replace(/[ \n\t]+/g, ' ').trim();
    if (text !== '') texts.push(text);
    run = '';
  };
  const visit = (node: Tree.ChildNode) => {
    if ('value' in node && node.nodeName === '#text') run += node.value;
    if (!('tagName' in node) || silent.has(node.tagName)) return;
    const apart = blocks.has(node.tagName);
    if (apart) end(); // what is left out parts its neighbours too
    if (!skip(node)) for (const child of node.childNodes) visit(child);
    if (apart) end();
  };
  for (const child of element.childNodes) visit(child);
  end();
  return texts;
}

/**
 * Whether an element is the number of a source, or its link: no word of the sentence that it
 * follows.
 */
export const isReference = (element: Tree.Element): boolean =>
  hasMark(element, 'data-cites') ||
  (element.parentNode !== null &&
    'tagName' in element.parentNode &&
    isReference(element.parentNode));
