import { gunzipSync } from 'node:zlib';
import { z } from 'astro/zod';
import { gzipSync } from 'fflate';
import type { SearchRecord } from './make-records.ts';

/**
 * Parts of Pagefind that this site does not use, and half of its weight. Nothing loads them but its
 * worker, which no policy of a page binds in Chromium: the search page asks for none.
 */
const unused = /^pagefind-(?:worker|highlight|(?:modular-|component-)?ui)\.(?:js|css)$/;

/** What Pagefind writes at the beginning of what it packs. */
const signature = 'pagefind_dcd';

/** What Pagefind calls a language that it has no stemmer for: its words are keys already. */
export const languageOfKeys = (language: string): string => `x-${language}`;

/**
 * A file as the site has it, of one that Pagefind has made of records; nothing for one that the
 * site does not use. The same records give the same bytes.
 * @param path below Pagefind's folder
 */
export function finishFile(
  path: string,
  content: Uint8Array,
  records: ReadonlyMap<string, SearchRecord>,
): Uint8Array | undefined {
  if (unused.test(path)) return undefined;
  if (path === 'pagefind-entry.json') return nameLanguages(content);
  return path.endsWith('.pf_fragment') ? restoreWords(path, content, records) : clearTime(content);
}

const entry = z.looseObject({ languages: z.record(z.string(), z.unknown()) });

/** Gives languages the names that pages have. */
function nameLanguages(content: Uint8Array): Uint8Array {
  const found = entry.parse(JSON.parse(Buffer.from(content).toString()));
  const languages = Object.entries(found.languages).map(([name, index]): [string, unknown] => [
    name.replace(languageOfKeys(''), ''),
    index,
  ]);
  return Buffer.from(JSON.stringify({ ...found, languages: Object.fromEntries(languages) }));
}

const fragment = z.object({ url: z.string(), content: z.string() });
const fragments = z.union([fragment, z.record(z.string(), fragment)]);
type Fragment = z.infer<typeof fragment>;

/**
 * Puts the words of a text where its keys were indexed, and what results show where their meta data
 * was. There is one word for each key, so what Pagefind marks in an excerpt is what it has found.
 */
function restoreWords(
  path: string,
  content: Uint8Array,
  records: ReadonlyMap<string, SearchRecord>,
): Uint8Array {
  const text = gunzipSync(content).toString();
  if (!text.startsWith(signature)) throw new Error(`${path} does not begin with ${signature}`);
  const restore = ({ url, content: keys }: Fragment) => {
    const record = records.get(url);
    if (record?.keys.join(' ') !== keys) throw new Error(`${path} holds other words than ${url}`);
    return { url, content: record.words.join(' '), meta: record.shown, anchors: [] };
  };
  const found = fragments.parse(JSON.parse(text.slice(signature.length)));
  const restored = isFragment(found)
    ? restore(found)
    : Object.fromEntries(Object.entries(found).map(([hash, one]) => [hash, restore(one)]));
  // `mem` is given, since fflate would take it from a logarithm, which engines may round as they
  // like.
  return gzipSync(Buffer.from(signature + JSON.stringify(restored)), {
    level: 9,
    mem: 4,
    mtime: 0,
  });
}

const isFragment = (found: z.infer<typeof fragments>): found is Fragment =>
  typeof found['url'] === 'string';

/**
 * Clears the time in the header of a file that is packed by gzip (RFC 1952, section 2.3.1: MTIME).
 * Pagefind copies its programs as they were packed when it was released, at another moment for each
 * processor, while what is in them is the same: an edition built on another processor would differ
 * in these bytes, and carry no signature.
 */
function clearTime(content: Uint8Array): Uint8Array {
  const [magic, mtime] = ['1f8b08', 4];
  const cleared = Buffer.from(content);
  if (cleared.toString('hex', 0, 3) === magic) cleared.fill(0, mtime, mtime + 4);
  return cleared;
}
