import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultTreeAdapter as adapter, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { attributeOf, type BuiltPage } from '../built-page.ts';
import type { Dist } from '../dist.ts';

/** A larger picture would be most of a file; its words stand for it. In bytes. */
const maxPicture = 30_000;
const types: Readonly<Record<string, string>> = {
  webp: 'image/webp',
  avif: 'image/avif',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
};
const names = new Set(['aria-labelledby', 'aria-describedby', 'id']);

/**
 * A chart as it is, under names of its own; a small picture inside of the file. Undefined for what
 * only adorns the page, and for a picture that is too large.
 * @param nameOf the name of a place in the file
 */
export function copyDrawing(
  element: Tree.Element,
  nameOf: (id: string) => string,
  { folder }: Dist,
  { links }: BuiltPage,
): Tree.Element | undefined {
  if (element.tagName === 'svg')
    return attributeOf(element, 'role') === 'img' ? copyWhole(element, nameOf) : undefined;
  const link = links.get(element);
  const type = link?.kind === 'inside' ? types[link.path.split('.').at(-1) ?? ''] : undefined;
  if (link?.kind !== 'inside' || type === undefined) return undefined;
  const bytes = readFileSync(join(folder, link.path));
  if (bytes.length > maxPicture) return undefined;
  return adapter.createElement('img', element.namespaceURI, [
    { name: 'src', value: `data:${type};base64,${bytes.toString('base64')}` },
    { name: 'alt', value: attributeOf(element, 'alt') ?? '' },
  ]);
}

function copyWhole(element: Tree.Element, nameOf: (id: string) => string): Tree.Element {
  const copy = adapter.createElement(
    element.tagName,
    element.namespaceURI,
    element.attrs
      .filter(({ name }) => !name.startsWith('data-'))
      .map(({ name, value }) => ({
        name,
        value: names.has(name)
          ? nameOf(value)
          : value.replace(/url\(#([^)]+)\)/g, (_, id: string) => `url(#${nameOf(id)})`),
      })),
  );
  for (const node of element.childNodes)
    if ('tagName' in node) adapter.appendChild(copy, copyWhole(node, nameOf));
    else if (node.nodeName === '#text' && 'value' in node) adapter.insertText(copy, node.value);
  return copy;
}
