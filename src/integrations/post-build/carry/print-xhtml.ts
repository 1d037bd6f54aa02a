import type { DefaultTreeAdapterTypes as Tree } from 'parse5';

/** Elements without content, which XML ends at once. */
const empty = new Set(['br', 'hr', 'img']);
/**
 * Characters that XML forbids (XML 1.0, 2.2), but for the two in UTF-16 that no text of a page has.
 */
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

export const escapeXml = (text: string): string =>
  text
    .replace(forbidden, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/**
 * A tree that `copyWords` has made, as XHTML: the elements of HTML have no prefix, those of SVG say
 * their namespace once (HTML standard, 14.3). `lang` is `xml:lang` as well, which readers of books
 * look at.
 */
export const printXhtml = (parent: Tree.ParentNode): string =>
  parent.childNodes.map(printNode).join('');

function printNode(node: Tree.ChildNode): string {
  if (node.nodeName === '#text' && 'value' in node) return escapeXml(node.value);
  if (!('tagName' in node)) return '';
  const { tagName: name, attrs } = node;
  const attributes = attrs
    .flatMap(({ name: key, value }) =>
      key === 'lang'
        ? [
            ['xml:lang', value],
            [key, value],
          ]
        : [[key, value]],
    )
    .map(([key = '', value = '']) => ` ${key}="${escapeXml(value)}"`)
    .join('');
  const space = name === 'svg' ? ' xmlns="http://www.w3.org/2000/svg"' : '';
  return empty.has(name)
    ? `<${name}${attributes}/>`
    : `<${name}${space}${attributes}>${printXhtml(node)}</${name}>`;
}
