import { describe, expect, inject, test } from 'vitest';
import { attribute, follow, readSite, text } from '../helpers/site.ts';

const garden = readSite(inject('gardenSite'));
const site = readSite(inject('defaultSite'));
const find = (path: string, documents = garden) => documents.find((page) => page.path === path)!;
const linksOf = (path: string, documents = garden) =>
  find(path, documents)
    .elements.filter(({ tagName }) => tagName === 'a')
    .map((element) => ({
      words: text(element),
      target: follow(path, attribute(element, 'href') ?? ''),
    }));
const cardsOf = (page: (typeof site)[number]) =>
  page.elements
    .filter((element) => element.tagName === 'article')
    .map((element) => attribute(element, 'id'));

describe('the lists of actions by time, kind and state', () => {
  test('are there in every language for what finds something, and for nothing else', () => {
    for (const tag of ['en', 'ar']) {
      const lists = garden
        .map(({ path }) => path)
        .filter((path) => path.startsWith(`${tag}/actions-`));
      expect(lists).toEqual(
        ['archive', 'archived', 'care', 'inside', 'live', 'minutes'].map(
          (name) => `${tag}/actions-${name}.html`,
        ),
      );
    }
  });

  test('hold the cards that fit and no others', () => {
    expect(cardsOf(find('en/actions-minutes.html'))).toEqual(['water-a-bed']);
    expect(cardsOf(find('ar/actions-archived.html'))).toEqual(['plant-mint']);
  });

  test('lead to each other from every list of what is offered, and say which one is shown', () => {
    const narrow = [
      'actions',
      'actions-inside',
      'actions-minutes',
      'actions-care',
      'actions-live',
    ].map((name) => `en/${name}.html`);
    for (const path of ['en/actions.html', 'en/actions-care.html']) {
      const targets = linksOf(path).map(({ target }) => target);
      for (const target of narrow) expect(targets, path).toContain(target);
    }
    const current = find('en/actions-care.html').elements.filter(
      (element) => attribute(element, 'aria-current') === 'page',
    );
    expect(current.map(text)).toEqual(['look after (1)']);
  });

  test('offer nothing that is over or dangerous: it stands in the archive, with the reason and without an outside link', () => {
    const past = site.filter(({ path }) =>
      /\/(actions-(archive|archived|dangerous)(-\d+)?|asked\/.*)\.html$/.test(path),
    );
    const gone = new Set(past.flatMap(cardsOf));
    expect(gone.size).toBeGreaterThan(20);
    for (const page of past) {
      expect(
        page.elements.filter((element) => /^https?:/.test(attribute(element, 'href') ?? '')),
        page.path,
      ).toEqual([]);
      expect(page.html.split('class="reason"').length - 1, page.path).toBe(cardsOf(page).length);
    }
    const offered = site.filter(({ path }) =>
      /\/actions(-(minutes|hour|month|write|tell|press|give|join|care|live|unverified))?(-\d+)?\.html$/.test(
        path,
      ),
    );
    expect(offered.length).toBeGreaterThan(15);
    expect(offered.flatMap(cardsOf).filter((id) => gone.has(id))).toEqual([]);
  });
});

describe('an update', () => {
  test('leads to the list of its subject, which names it', () => {
    expect(linksOf('en/update/2024-05-first-rain.html')).toContainEqual({
      words: 'Weather',
      target: 'en/updates-about-weather.html',
    });
    expect(linksOf('en/updates-about-weather.html')).toContainEqual({
      words: 'First rain',
      target: 'en/update/2024-05-first-rain.html',
    });
    expect(linksOf('ar/updates.html')).toContainEqual({
      words: 'الطقس',
      target: 'ar/updates-about-weather.html',
    });
  });

  test('names what it reports, with dates', () => {
    expect(find('en/update/2023-frost.html').html).toMatch(
      /<dt>20 April 2023 – 22 April 2023<\/dt>\s*<dd>\s*Three nights of frost/,
    );
  });

  test('leads to what it asked for, which stands on a page of its own with state and reason', () => {
    expect(linksOf('en/update/2023-frost.html')).toContainEqual({
      words: 'Mint was to be planted',
      target: 'en/asked/2023-frost.html',
    });
    const page = find('en/asked/2023-frost.html');
    expect(cardsOf(page)).toEqual(['plant-mint']);
    expect(page.html).toContain('It took over the garden.');
    expect(find('ar/asked/2023-frost.html').html).toContain(
      '<span lang="en" dir="ltr">Late frost</span>',
    );
  });
});

describe('the timeline', () => {
  test('gives each event with its source and the update that tells of it, and the chart with its numbers', () => {
    const { html } = find('en/timeline.html');
    expect(html).toContain('The mint froze, the roses did not.');
    expect(html).toContain('A book about gardens (2020)');
    expect(linksOf('en/timeline.html')).toContainEqual({
      words: 'Late frost',
      target: 'en/update/2023-frost.html',
    });
    expect(html).toMatch(/<svg[^>]*role="img"/);
    expect(html).toContain('<details open>');
  });

  test('runs forward, from the first year to the last', () => {
    const pages = Array.from({ length: 9 }, (_, index) =>
      find(`en/timeline${index === 0 ? '' : `-${index + 1}`}.html`, site),
    ).filter((page) => page !== undefined);
    const years = pages
      .flatMap(({ elements }) => elements.filter(({ tagName }) => tagName === 'h2').map(text))
      .filter((heading) => /^\d{4}$/.test(heading));
    expect(years[0]).toBe('2010');
    expect(years.at(-1)).toBe('2026');
    expect(years).toEqual([...years].sort());
  });
});
