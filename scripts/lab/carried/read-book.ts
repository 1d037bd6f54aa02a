import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { bytesInMemory } from '../../../src/kit/core/archive/archive.ts';
import { readZip } from '../../../src/kit/core/archive/zip/read-zip.ts';
import { nodePlatform } from '../../../src/kit/node/platform.ts';
import { attributeOf, textOf } from '../site.ts';

/** What a reading program has to show of a book. */
export interface Book {
  /** The headings of all chapters, in the order in which they are read. */
  readonly headings: readonly string[];
}

/**
 * Reads an EPUB by itself: its package document, and the chapters in the order of the spine.
 * @throws ArchiveError if it is no zip that everybody reads alike
 */
export async function readBook(path: string, bytes: Buffer): Promise<Book> {
  const files = new Map<string, string>();
  const zip = await readZip(bytesInMemory(path, bytes), nodePlatform);
  for (const entry of zip.entries) {
    const parts = await Array.fromAsync(entry.open(), (part) => Buffer.from(part));
    files.set(entry.path, Buffer.concat(parts).toString('utf8'));
  }
  const [packagePath = ''] = listElements(files.get('META-INF/container.xml')).flatMap(
    (element) => attributeOf(element, 'full-path') ?? [],
  );
  const folder = packagePath.replace(/[^/]*$/, '');
  const items = listElements(files.get(packagePath));
  const places = new Map(
    items.flatMap((element) => {
      const [id, place] = [attributeOf(element, 'id'), attributeOf(element, 'href')];
      return id !== undefined && place !== undefined ? [[id, place] as const] : [];
    }),
  );
  const chapters = items.flatMap(
    (element) => places.get(attributeOf(element, 'idref') ?? '') ?? [],
  );
  return {
    headings: chapters.flatMap((chapter) =>
      listElements(files.get(`${folder}${chapter}`))
        .filter(({ tagName }) => /^h[1-6]$/.test(tagName))
        .map((heading) => textOf(heading)),
    ),
  };
}

function listElements(text = ''): Tree.Element[] {
  const elements: Tree.Element[] = [];
  const visit = (node: Tree.ParentNode): void => {
    for (const child of node.childNodes) {
      if (!('tagName' in child)) continue;
      elements.push(child);
      visit(child);
    }
  };
  visit(parse(text));
  return elements;
}
