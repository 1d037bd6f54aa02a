/**
 * The search box of the search page: the only script of the site. It stands in the page itself and
 * loads Pagefind from the folder next to the languages, so it works under any path. Where that is
 * not to be had (a folder on disk, a strict browser) the page stays what it was: a list.
 */
interface Words {
  label: string;
  placeholder: string;
  none: string;
  some: Record<string, string> & { other: string };
  more: string;
  failed: string;
  locale: string;
}
interface Found {
  url: string;
  excerpt: string;
  /** `warning` is empty where the page has none. */
  meta: { title: string; warning?: string };
}
interface Pagefind {
  options(options: { baseUrl: string; excerptLength: number }): Promise<void>;
  debouncedSearch(query: string): Promise<{ results: { data(): Promise<Found> }[] } | null>;
}

const pageOfResults = 10;
const place = document.querySelector<HTMLElement>('#search');

async function start(place: HTMLElement): Promise<void> {
  const words = JSON.parse(place.dataset['strings'] ?? '{}') as Words;
  const root = new URL('../', location.href);
  let pagefind: Pagefind;
  try {
    pagefind = (await import(
      /* @vite-ignore */ new URL('pagefind/pagefind.js', root).href
    )) as Pagefind;
    await pagefind.options({ baseUrl: root.pathname, excerptLength: 24 });
  } catch {
    // the list below serves everyone whose browser or host cannot search
    place.replaceChildren(notice(words.failed));
    return;
  }
  showBox(place, words, pagefind);
}

function showBox(place: HTMLElement, words: Words, pagefind: Pagefind): void {
  const input = make('input', {
    type: 'search',
    id: 'query',
    placeholder: words.placeholder,
    autocomplete: 'off',
  });
  const status = make('p', { role: 'status' });
  const list = make('ul', { className: 'pages' });
  const more = make('button', { type: 'button', textContent: words.more, hidden: true });
  place.replaceChildren(
    make('label', { htmlFor: 'query', textContent: words.label }),
    input,
    status,
    list,
    more,
  );

  input.addEventListener('input', async () => {
    const query = normalize(input.value);
    if (query === '') return list.replaceChildren((status.textContent = ''));
    const answer = await pagefind.debouncedSearch(query);
    if (!answer) return; // a later letter has asked again
    const forms =
      words.some[new Intl.PluralRules([words.locale, 'en']).select(answer.results.length)] ??
      words.some.other;
    status.textContent =
      answer.results.length === 0
        ? words.none.replace('{query}', input.value)
        : forms.replace('{count}', String(answer.results.length));
    list.replaceChildren();
    const showMore = async () => {
      const start = list.childElementCount;
      for (const result of answer.results.slice(start, start + pageOfResults))
        list.append(makeItem(await result.data()));
      more.hidden = list.childElementCount >= answer.results.length;
    };
    more.onclick = showMore;
    await showMore();
  });
}

/**
 * One form for the letters that keyboards write differently: the apostrophe is a letter in
 * Belarusian.
 */
const normalize = (query: string) => query.trim().replace(/['\u2019\u02BC`]/g, '\u2019');

function makeItem({ url, excerpt, meta }: Found): HTMLLIElement {
  const item = make('li', {});
  item.append(make('a', { href: url, textContent: meta.title }), make('br', {}));
  if (meta.warning) item.append(make('b', { textContent: meta.warning }), ' ');
  // Pagefind escapes the text and marks the words found with <mark>: only that one tag is read,
  // nothing is parsed as HTML.
  for (const [index, part] of excerpt.split(/<\/?mark>/).entries()) {
    const text = part
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
    item.append(index % 2 === 1 ? make('mark', { textContent: text }) : text);
  }
  return item;
}

const notice = (text: string) => make('p', { className: 'notice note', textContent: text });

function make<
  K extends 'a' | 'b' | 'br' | 'button' | 'input' | 'label' | 'li' | 'mark' | 'p' | 'ul',
>(tag: K, properties: Partial<HTMLElementTagNameMap[K]>): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), properties);
}

if (place) void start(place);
