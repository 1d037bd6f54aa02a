import { splitWords } from '../lib/search/fold.ts';
import { isWord } from '../lib/search/keys.ts';
import { pagefindOptions, type Engine } from './answer-query.ts';
import type { IndexPage, WordIndex } from './near-word.ts';

/** What Pagefind's program offers, as far as it is used. */
interface Pagefind extends Engine {
  options: (options: Record<string, unknown>) => Promise<void>;
}

/** Loads Pagefind from the folder next to the languages. */
export async function loadPagefind(root: URL): Promise<Engine> {
  const pagefind = (await import(
    /* @vite-ignore */ new URL('pagefind/pagefind.js', root).href
  )) as Pagefind;
  await pagefind.options({ ...pagefindOptions, baseUrl: root.pathname });
  return pagefind;
}

/**
 * The index of words by the letters on this page; its pages are fetched when they are asked for.
 */
export const readIndex = (): WordIndex => ({
  words: splitWords(document.querySelector('main')?.textContent ?? '').filter(isWord),
  letters: listLinks(document, '.letters a', location.href),
  open: async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
    // a page that is parsed, not shown: nothing in it is loaded or run
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const words = [...page.querySelectorAll('.terms b')].map((word) => word.textContent);
    return { words, parts: words.length > 0 ? [] : listLinks(page, '.terms a', address) };
  },
});

const listLinks = (page: Document, selector: string, base: string): IndexPage['parts'] =>
  [...page.querySelectorAll(selector)].map((link) => ({
    text: link.textContent,
    address: new URL(link.getAttribute('href') ?? '', base).href,
  }));
