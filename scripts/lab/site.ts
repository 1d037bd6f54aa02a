import { readdirSync, readFileSync, type Dirent } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { UserError } from '../../src/kit/core/text/user-error.ts';

export interface SitePage {
  /** From the root of the site, with `/`. */
  path: string;
  html: string;
  elements: Tree.Element[];
  /** The language of its root element, or empty. */
  language: string;
  /** Whether it runs a script of its own. */
  scripted: boolean;
  /** The links that a reader can follow. */
  links: SiteLink[];
}

/** A folder of static files, as it lies on the disk. Nothing is known of what made it. */
export interface StaticSite {
  folder: string;
  /** Bytes by path from the root of the site, sorted by path; dot files too. */
  files: Map<string, Buffer>;
  pages: SitePage[];
}

export const attributeOf = (element: Tree.Element, name: string): string | undefined =>
  element.attrs.find((attribute) => attribute.name === name)?.value;

/** A folder that is no static site, in words for the person who named it. */
export class SiteError extends UserError {
  override name = 'SiteError';
}

/**
 * Reads all files below a folder, and parses the pages among them.
 * @throws SiteError as `readFiles` does
 */
export function readSite(folder: string): StaticSite {
  const files = readFiles(folder);
  const pages = [...files]
    .filter(([path]) => /\.html?$/i.test(path))
    .map(([path, bytes]) => readPage(path, decode(bytes)));
  return { folder, files, pages };
}

/**
 * The bytes of all files below a folder, by path, sorted.
 * @throws SiteError where something is neither file nor folder: a link can lead anywhere on this
 *   machine, hosts treat it each in their own way, and an archive or bucket loses it
 */
export function readFiles(folder: string): Map<string, Buffer> {
  const { files, others } = listItems(folder);
  if (others.length > 0)
    throw new SiteError(
      `${folder} holds what is neither a file nor a folder: ${others.slice(0, 5).join(', ')}. ` +
        `Put the files themselves there, since a link is lost on most hosts.`,
    );
  return new Map(files.map((path) => [path, readFileSync(join(folder, path))]));
}

/**
 * The paths of all files below a folder, dot files too, with `/` and sorted: what a volunteer's
 * upload would take along.
 */
export const listSiteFiles = (folder: string): string[] => listItems(folder).files;

/** The same, with what is neither a file nor a folder: symbolic links, pipes, devices. */
function listItems(folder: string): { files: string[]; others: string[] } {
  const items = readdirSync(folder, { recursive: true, withFileTypes: true });
  const pathsOf = (chosen: Dirent[]) =>
    chosen
      .map((item) => relative(folder, join(item.parentPath, item.name)).split(sep).join('/'))
      .sort();
  return {
    files: pathsOf(items.filter((item) => item.isFile())),
    others: pathsOf(items.filter((item) => !item.isFile() && !item.isDirectory())),
  };
}

/** The text of a page as a browser reads it: UTF-8, without the byte order mark that says so. */
export const decode = (bytes: Buffer): string => new TextDecoder().decode(bytes);

function readPage(path: string, html: string): SitePage {
  const elements: Tree.Element[] = [];
  const visit = (node: Tree.ParentNode) => {
    for (const child of node.childNodes) {
      if (!('tagName' in child)) continue;
      elements.push(child);
      visit(child);
      if ('content' in child) visit(child.content); // what a <template> holds
    }
  };
  visit(parse(html));
  const root = elements.find(({ tagName }) => tagName === 'html');
  return {
    path,
    html,
    elements,
    language: (root && attributeOf(root, 'lang')) ?? '',
    scripted: elements.some(runsScript),
    links: findLinks(path, elements),
  };
}

/** Data in a script element (application/ld+json, …) does not run. */
const runsScript = (element: Tree.Element): boolean =>
  element.tagName === 'script' &&
  /^(?:module|(?:text|application)\/(?:java|ecma)script)?$/i.test(
    (attributeOf(element, 'type') ?? '').trim(),
  );

/** Elements within a line: what is next to them belongs to the same word. */
const inline = new Set([
  'a',
  'abbr',
  'b',
  'bdi',
  'cite',
  'code',
  'em',
  'i',
  'mark',
  'q',
  's',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'time',
  'u',
  'wbr',
]);

/**
 * Text of an element, white space folded, without scripts and styles.
 * @param passOver elements whose text does not count
 */
export function textOf(
  element: Tree.Element,
  passOver: (element: Tree.Element) => boolean = () => false,
): string {
  const collect = (node: Tree.ChildNode): string => {
    if (
      'tagName' in node &&
      (node.tagName === 'script' || node.tagName === 'style' || passOver(node))
    )
      return ' ';
    if ('tagName' in node)
      return inline.has(node.tagName)
        ? node.childNodes.map(collect).join('')
        : ` ${node.childNodes.map(collect).join('')} `;
    return 'value' in node ? node.value : '';
  };
  return collect(element).replace(/\s+/g, ' ').trim();
}

/** What is in an element that holds plain text, such as a style. */
export const rawTextOf = (element: Tree.Element): string =>
  element.childNodes.map((node) => ('value' in node ? node.value : '')).join('');

/** Whether an element is in another one, or is it. */
export function isWithin(element: Tree.Element, outer: Tree.Element | undefined): boolean {
  for (
    let node: Tree.ParentNode | null = element;
    node;
    node = 'parentNode' in node ? node.parentNode : null
  )
    if (node === outer) return true;
  return false;
}

/** The `<main>` of a page, or its body where it has none. */
export const mainOf = ({ elements }: SitePage): Tree.Element | undefined =>
  elements.find(({ tagName }) => tagName === 'main') ??
  elements.find(({ tagName }) => tagName === 'body');

export interface SiteLink {
  element: Tree.Element;
  /** As it is in the page. */
  reference: string;
  /**
   * The file it should lead to, from the root of the site; undefined where it leads out of the
   * site.
   */
  target: string | undefined;
}

/** A reference of a folder means its `index.html`, as most hosts would have it. */
function findLinks(page: string, elements: readonly Tree.Element[]): SiteLink[] {
  return elements
    .filter(({ tagName }) => tagName === 'a' || tagName === 'area')
    .flatMap((element) => {
      const reference = attributeOf(element, 'href');
      return reference === undefined
        ? []
        : [{ element, reference, target: findTarget(page, reference) }];
    });
}

/**
 * The path that a reference means from a page, if it stays in the site (URL standard, with a base
 * that has no host).
 */
export function findTarget(page: string, reference: string): string | undefined {
  if (/^\s*[a-z][a-z0-9+.-]*:/i.test(reference)) return undefined; // leads out, to file: too
  const base = `file:///${page.split('/').map(encodeURIComponent).join('/')}`;
  if (!URL.canParse(reference, base)) return undefined;
  const url = new URL(reference, base);
  if (url.protocol !== 'file:' || url.host !== '') return undefined;
  const path = posix.normalize(decodePart(url.pathname)).slice(1);
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

/** Percent signs that encode nothing (`100%`) mean themselves, as in browsers. */
export function decodePart(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return path;
  }
}

/** A path of the site as a part of an address. */
export const encodePath = (path: string): string =>
  path.split('/').map(encodeURIComponent).join('/');
