import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';

/** Reads a built site as a stranger would: nothing here is shared with what built it. */
export interface Document {
  path: string;
  html: string;
  elements: Tree.Element[];
}

export const listSite = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name).slice(folder.length + 1))
    .sort();

export const readSite = (folder: string): Document[] =>
  listSite(folder)
    .filter((path) => path.endsWith('.html'))
    .map((path) => {
      const html = new TextDecoder().decode(readFileSync(join(folder, path))); // without its byte order mark
      const elements: Tree.Element[] = [];
      const visit = (node: Tree.ParentNode) => {
        for (const child of node.childNodes) {
          if (!('tagName' in child)) continue;
          elements.push(child);
          visit(child);
        }
      };
      visit(parse(html));
      return { path, html, elements };
    });

export const attribute = (element: Tree.Element, name: string) => element.attrs.find((item) => item.name === name)?.value;

export const text = (element: Tree.Element): string =>
  element.childNodes.map((node) => ('tagName' in node ? text(node) : 'value' in node ? node.value : '')).join('');

/** The file that a relative reference names, from the page that holds it. */
export const follow = (page: string, reference: string) => posix.join(posix.dirname(page), decodeURIComponent(reference.replace(/#.*/, ''))) || page;
