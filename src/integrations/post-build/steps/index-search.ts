import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createIndex, close } from 'pagefind';
import { attributeOf } from '../built-page.ts';
import type { Dist } from '../dist.ts';
import { collectTexts, isReference } from '../page-text.ts';
import { findSearchWarning } from '../search-warning.ts';

/** Parts of Pagefind that this site does not use; nothing loads them, and they are half of its weight. */
const unused = [
  'pagefind-ui.css',
  'pagefind-ui.js',
  'pagefind-modular-ui.css',
  'pagefind-modular-ui.js',
  'pagefind-component-ui.css',
  'pagefind-component-ui.js',
  'pagefind-highlight.js',
];

/** Writes the search index, one a language, from the texts of the pages that say that they belong in it. */
export async function indexSearch(dist: Dist): Promise<void> {
  const { index, errors } = await createIndex({ writePlayground: false });
  if (!index) throw new Error(`Pagefind does not start: ${errors.join('; ')}`);
  try {
    for (const page of dist.pages) {
      const main = page.elements.find(
        (element) => attributeOf(element, 'data-listed') !== undefined,
      );
      if (!main) continue;
      const [title = '', ...texts] = collectTexts(
        main,
        (element) =>
          element.tagName === 'nav' ||
          attributeOf(element, 'id') === '_notice' ||
          attributeOf(element, 'data-record') !== undefined ||
          isReference(element),
      );
      const result = await index.addCustomRecord({
        url: page.path,
        language: page.language,
        content: unify([title, ...texts].join('. ')),
        meta: { title, warning: findSearchWarning(main, page.language) },
      });
      if (result.errors.length > 0)
        throw new Error(`Pagefind does not take ${page.path}: ${result.errors.join('; ')}`);
    }
    const outputPath = join(dist.folder, 'pagefind');
    const written = await index.writeFiles({ outputPath });
    if (written.errors.length > 0)
      throw new Error(`Pagefind cannot write: ${written.errors.join('; ')}`);
    for (const name of unused) rmSync(join(outputPath, name), { force: true });
  } finally {
    await close();
  }
}

/** One form for the letters that keyboards write differently; the search page does the same with what is typed. */
const unify = (text: string) => text.replace(/['\u2019\u02BC`]/g, '\u2019');
