/**
 * The search box of the search page: the only script of the site. It is in the page itself, and
 * loads Pagefind from the folder next to the languages when somebody types, so it works under any
 * path. Where that is not to be had (a folder on disk, a strict browser) the page stays what it
 * was: a list.
 */
import { splitWords } from '../lib/search/fold.ts';
import { keyOf } from '../lib/search/keys.ts';
import type { SharedKeys } from '../lib/search/synonyms.ts';
import { detachWord, type WordRules } from '../lib/search/word-rules.ts';
import { answerQuery, type Answer, type Asked, type Place } from './answer-query.ts';
import { loadPagefind, readIndex } from './load-index.ts';
import { findLetter } from './near-word.ts';
import { make, makeItem } from './result-item.ts';

interface Words {
  label: string;
  /** On the button. */
  go: string;
  placeholder: string;
  none: string;
  near: string;
  index: string;
  some: Record<string, string> & { other: string };
  more: string;
  failed: string;
  locale: string;
  rules: WordRules;
  shared: SharedKeys;
}

const pageOfResults = 10;
/** Who pauses so long, in milliseconds, has typed what they look for. */
const pause = 250;

class SearchBox {
  private readonly words: Words;
  private readonly input: HTMLInputElement;
  private readonly status = make('p', { role: 'status' });
  private readonly list = make('ul', { className: 'pages' });
  private readonly more: HTMLButtonElement;
  private asked: Promise<Asked> | undefined;
  private timer = 0;
  private turn = 0;

  constructor(place: HTMLElement, words: Words) {
    this.words = words;
    this.input = make('input', {
      type: 'search',
      id: 'query',
      placeholder: words.placeholder,
      autocomplete: 'off',
    });
    this.input.ariaLabel = words.label;
    const go = make('button', { type: 'button', className: 'b', textContent: words.go });
    go.onclick = () => void this.search();
    this.more = make('button', { type: 'button', textContent: words.more, hidden: true });
    place.replaceChildren(this.input, go, this.status, this.list, this.more);
    this.input.addEventListener('input', () => this.wait());
    place.addEventListener('keydown', (event) => this.followKey(event));
  }

  /** Loads with the first letter what a search needs, and searches when the reader pauses. */
  private wait(): void {
    this.asked ??= this.load();
    this.asked.catch(() => undefined); // said when the search asks for it
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.search(), pause);
  }

  private async load(): Promise<Asked> {
    const engine = await loadPagefind(new URL('../', location.href));
    const { rules, shared } = this.words;
    return { rules, shared, engine, index: readIndex() };
  }

  private async search(): Promise<void> {
    clearTimeout(this.timer);
    const turn = ++this.turn;
    const query = this.input.value.trim();
    try {
      const asked = await (this.asked ??= this.load());
      const answer = await answerQuery(query, asked);
      const places = await readPlaces(answer, 0);
      if (turn === this.turn) this.show(query, answer, places); // else a later letter has asked
    } catch {
      // the list below serves everyone whose browser or host cannot search
      this.clear(this.words.failed);
    }
  }

  private clear(status: string): void {
    this.status.textContent = status;
    this.list.replaceChildren();
    this.more.hidden = true;
  }

  private show(query: string, answer: Answer, places: readonly Place[]): void {
    this.clear(query === '' ? '' : this.describe(query, answer));
    if (query !== '' && answer.found.length === 0) this.leadToIndex(query);
    const append = (some: readonly Place[]) => {
      const items = some.map((place) => makeItem(place, answer.keys, this.keyOfWord));
      this.list.append(...items);
      this.more.hidden = this.list.childElementCount >= answer.found.length;
      return items;
    };
    append(places);
    this.more.onclick = async () => {
      const items = append(await readPlaces(answer, this.list.childElementCount));
      items[0]?.querySelector('a')?.focus();
    };
  }

  private describe(query: string, { found, instead }: Answer): string {
    const { none, near, some, locale } = this.words;
    if (found.length === 0) return none.replace('{query}', query);
    const form = some[new Intl.PluralRules([locale, 'en']).select(found.length)] ?? some.other;
    const count = form.replace('{count}', String(found.length));
    return instead === undefined
      ? count
      : `${near.replace('{query}', query).replace('{other}', instead)} ${count}`;
  }

  /** What no text has may still be a word that the index has otherwise. */
  private leadToIndex(query: string): void {
    const letters = readIndex().letters;
    const [letter] = splitWords(query).flatMap((word) => findLetter(word, letters) ?? []);
    if (!letter) return;
    const item = make('li');
    item.append(
      make('a', {
        href: letter.address,
        textContent: this.words.index.replace('{letter}', letter.text),
      }),
    );
    this.list.append(item);
  }

  private readonly keyOfWord = (word: string): string => {
    const { rules, shared } = this.words;
    const key = keyOf(detachWord(word, rules), rules);
    return shared[key] ?? key;
  };

  /** Enter asks at once, arrows go through the results, Escape leads back to the box. */
  private followKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const links = [this.input, ...this.list.querySelectorAll('a')];
    const current = links.findIndex((element) => element === document.activeElement);
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (event.key === 'Enter' && current === 0) void this.search();
    else if (event.key === 'Escape' && current > 0) this.input.focus();
    else if (step !== undefined && current >= 0 && links[current + step]) {
      event.preventDefault();
      links[current + step]?.focus();
    }
  }
}

/**
 * The next results of an answer, loaded all at once: one after the other costs a way to the host
 * each.
 */
const readPlaces = ({ found }: Answer, from: number): Promise<Place[]> =>
  Promise.all(found.slice(from, from + pageOfResults).map((one) => one.data()));

const place = document.querySelector<HTMLElement>('#search');
if (place) {
  const words = JSON.parse(place.dataset['strings'] ?? '{}') as Words;
  // Nothing can be loaded from a folder on disk, nor run without WebAssembly: it is said at once.
  if (location.protocol === 'file:' || typeof WebAssembly === 'undefined')
    place.replaceChildren(make('p', { className: 'notice note', textContent: words.failed }));
  else new SearchBox(place, words);
}
