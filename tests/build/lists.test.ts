import { describe, expect, inject, test } from 'vitest';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { times } from '../../src/campaign/schema/directory.ts';
import { languages } from '../helpers/campaign.ts';
import { attribute, follow, listBelow, readSite, text } from '../helpers/site.ts';

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
const idsOf = ({ elements }: (typeof site)[number]) =>
  elements.flatMap((element) => attribute(element, 'id') ?? []);
const isCard = (element: (typeof site)[number]['elements'][number]) =>
  element.tagName === 'article' && attribute(element, 'class') === 'card';
const isButton = (element: (typeof site)[number]['elements'][number]) =>
  /\bb\b/.test(attribute(element, 'class') ?? '');
const targetsOf = (path: string, element: Parameters<typeof listBelow>[0]) =>
  listBelow(element)
    .filter(({ tagName }) => tagName === 'a')
    .map((link) => follow(path, attribute(link, 'href') ?? ''));
/** The actions whose cards are on a page, by the pages to which their titles lead. */
const actionsOn = ({ path, elements }: (typeof site)[number]) =>
  elements
    .filter(isCard)
    .flatMap((card) => targetsOf(path, card)[0] ?? [])
    .filter((target) => target.includes('/action/'));

describe('an action', () => {
  const lists = site.filter(({ path }) =>
    /^\w\w\/((home|actions|actions-archive)(\/.*)?|guide\/(support|share))\.html$/.test(path),
  );

  test('has a page of its own in every language, and a title that leads there on every list', () => {
    for (const tag of languages) {
      const own = site.filter(({ path }) => path.startsWith(`${tag}/action/`));
      const listed = new Set(
        lists.filter(({ path }) => path.startsWith(`${tag}/`)).flatMap(actionsOn),
      );
      expect([...listed].sort(), tag).toEqual(own.map(({ path }) => path).sort());
    }
  });

  test('ends with one button, and with its state and dates as the quiet last line', () => {
    let offered = 0;
    for (const page of lists)
      for (const card of page.elements.filter(isCard)) {
        const [title] = targetsOf(page.path, card);
        if (!title?.includes('/action/') || page.path.includes('archive')) continue;
        offered++;
        const parts = card.childNodes.filter((node) => 'tagName' in node);
        const classes = parts.map((part) => attribute(part, 'class'));
        expect(classes.indexOf('facts'), page.path).toBe(parts.length - 1);
        const buttons = listBelow(card).filter(isButton);
        const isOnItsGuide = page.path.endsWith('guide/share.html');
        expect(buttons.length, `${page.path}: ${text(card)}`).toBe(isOnItsGuide ? 0 : 1);
      }
    expect(offered).toBeGreaterThan(60);
  });

  test('that is over or dangerous is kept in the archive, with the reason, and offered nowhere', () => {
    const past = new Set(
      lists.filter(({ path }) => path.includes('actions-archive')).flatMap(actionsOn),
    );
    expect(past.size).toBeGreaterThan(80);
    for (const path of past) {
      const page = find(path, site);
      expect(page.html.split('class="reason"').length - 1, path).toBe(1);
      expect(page.html, path).not.toContain('class="b"');
      expect(page.html, path).not.toMatch(/href="https?:/);
    }
    const offered = lists.filter(({ path }) => !path.includes('actions-archive'));
    expect(offered.flatMap(actionsOn).filter((path) => past.has(path))).toEqual([]);
  });
});

describe('the ways to help', () => {
  test('are in one order wherever they are: letter, politicians, others, money last', () => {
    const ways = ['letters', 'tell-your-mp', 'share'];
    for (const tag of languages) {
      const headings = find(`${tag}/actions.html`, site).elements.filter(
        (element) => element.tagName === 'h2' && attribute(element, 'id') !== undefined,
      );
      expect(headings.map((heading) => attribute(heading, 'id'))).toEqual([
        ...['write', 'press', 'tell', 'care', 'give'],
      ]);
      for (const name of ['home', 'actions', 'guide/support']) {
        const page = find(`${tag}/${name}.html`, site);
        const buttons = page.elements
          .filter(isButton)
          .map((button) => follow(page.path, attribute(button, 'href') ?? ''));
        const places = ways.map((way) => buttons.lastIndexOf(`${tag}/guide/${way}.html`));
        expect(places, page.path).not.toContain(-1);
        expect(places, page.path).toEqual([...places].sort((a, b) => a - b));
      }
      const support = find(`${tag}/guide/support.html`, site).html;
      expect(support.indexOf('initiative/dissidentby.html')).toBeGreaterThan(
        support.lastIndexOf('guide/share.html'),
      );
    }
  });

  test('have a warning that several of them share once on a page', async () => {
    const { entries } = await readCampaign('src/content', 'src/content');
    const shared = new Set<string>(entries.actions.flatMap(({ data }) => data.notices));
    const warnings = entries.notices.filter(({ slug }) => shared.has(slug));
    expect(warnings.length).toBeGreaterThan(1);
    for (const tag of languages)
      for (const name of ['actions', 'initiatives', 'guide/support', 'guide/share'])
        for (const { data } of warnings) {
          const { html } = find(`${tag}/${name}.html`, site);
          const count = html.split(`>${data.short[tag]}<`).length - 1;
          expect(count, `${tag}/${name}: ${data.short[tag]}`).toBeLessThan(2);
          if (name === 'actions') expect(count, data.short[tag]).toBe(1);
        }
  });
});

describe('the questions where, time, kind and state', () => {
  test('are answered by places of the list, as long as none finds twelve', () => {
    expect(
      [...garden, ...site].map(({ path }) => path).filter((path) => path.includes('/actions/')),
    ).toEqual([]);
    for (const [documents, tag] of [
      [garden, 'ar'],
      [site, 'fr'],
    ] as const) {
      const page = find(`${tag}/actions.html`, documents);
      const nav = page.elements.find(
        (element) => element.tagName === 'nav' && attribute(element, 'class') === 'chips',
      )!;
      const named = listBelow(nav).flatMap((element) => attribute(element, 'href') ?? []);
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((place) => !times.some((time) => place === `#${time}`))).toEqual([]);
      const all = page.elements.flatMap((element) => attribute(element, 'href') ?? []);
      expect(all).toContain('actions-inside.html');
      const places = idsOf(page);
      expect(places.filter((id) => id !== '_main').length).toBeGreaterThan(3);
      expect(new Set(places).size).toBe(places.length);
      expect(places).toContain('live');
    }
    for (const id of [...times, 'write', 'give', 'live', 'unverified'])
      expect(idsOf(find('fr/actions.html', site)), id).toContain(id);
  });

  test('have each action under its kind, and below all of them under its time', () => {
    const { html } = find('en/actions.html', site);
    expect(html).toMatch(/<h2 id="write">[^]*action\/write-a-letter\.html[^]*<h2 id="press">/);
    expect(html).toMatch(
      /href="#minutes"[^]*<h2 id="write">[^]*<dt id="minutes">[^]*<dt id="month">/,
    );
    expect(html).toMatch(
      /<dt id="hour">an hour<\/dt>\s*<dd>\s*<a href="action\/write-a-letter\.html">/,
    );
    // what most of them have is the list itself
    expect(find('en/actions.html').html).toContain('<div class="rows" id="live">');
  });
});

describe('news', () => {
  test('are on home and next to what one can do, each thing once, as the update that reports it', async () => {
    const { entries } = await readCampaign('src/content', 'src/content');
    const live = entries.updates.filter(({ data: { state } }) => state === 'live');
    const reporting = new Set(live.map(({ slug }) => slug));
    const reported = entries.dates.filter(
      ({ data }) => data.kind === 'event' && reporting.has(data.update ?? ''),
    );
    expect(reported.length).toBeGreaterThan(3);
    for (const tag of languages) {
      const [newest] = live
        .filter(({ language }) => language === tag)
        .sort((a, b) => (a.data.date < b.data.date ? 1 : -1));
      for (const page of ['home', 'actions'])
        expect(linksOf(`${tag}/${page}.html`, site)).toContainEqual({
          words: newest?.data.title,
          target: `${tag}/update/${newest?.slug}.html`,
        });
      const titles = find(`${tag}/home.html`, site)
        .elements.filter(({ tagName }) => tagName === 'dd')
        .flatMap((item) => listBelow(item).find(({ tagName }) => tagName === 'b') ?? []);
      expect(titles).toHaveLength(3);
      for (const title of titles) expect(targetsOf(`${tag}/home.html`, title)).toHaveLength(1);
      const shown = find(`${tag}/home.html`, site)
        .elements.filter(({ tagName }) => tagName === 'dd')
        .map(text);
      expect(shown.length).toBeGreaterThan(2);
      for (const { file, data } of reported)
        expect(
          shown.filter((words) => words.includes(data.text[tag] ?? '-')),
          file,
        ).toEqual([]);
    }
  });
});

describe('an update', () => {
  test('leads to its subject in the list of subjects, which names it', () => {
    const { html } = find('en/update/2024/first-rain.html');
    expect(html).toContain('<a href="../../updates/subjects.html#weather">Weather</a>');
    expect(idsOf(find('en/updates/subjects.html'))).toContain('weather');
    expect(linksOf('en/updates/subjects.html')).toContainEqual({
      words: 'First rain',
      target: 'en/update/2024/first-rain.html',
    });
    expect(linksOf('ar/updates.html')).toContainEqual({
      words: 'الطقس',
      target: 'ar/updates/subjects.html',
    });
  });

  test('names what it reports, with dates', () => {
    expect(find('en/update/2023/frost.html').html).toMatch(
      /<dt>20\u00a0April\u00a02023 – 22\u00a0April\u00a02023<\/dt>\s*<dd>\s*Three nights of frost/,
    );
  });

  test('leads to what it asked for, which has a page with state and reason in every language', () => {
    expect(linksOf('en/update/2023/frost.html')).toContainEqual({
      words: 'Mint was to be planted',
      target: 'en/action/plant-mint.html',
    });
    const page = find('ar/action/plant-mint.html');
    expect(page.html).toContain('It took over the garden.');
    expect(page.html).toContain('class="notice warning"');
    expect(page.html).toContain('<span lang="en" dir="ltr">Late frost</span>');
  });
});

describe('the timeline', () => {
  test('gives each event with its source and the update that tells of it, and the chart with its numbers', () => {
    const { html } = find('en/timeline.html');
    expect(html).toContain('The mint froze, the roses did not.');
    expect(html).toContain('A book about gardens (2020)');
    expect(linksOf('en/timeline.html')).toContainEqual({
      words: 'Late frost',
      target: 'en/update/2023/frost.html',
    });
    expect(html).toMatch(/<svg[^>]*role="img"/);
    expect(html).toContain('<details class="numbers" open>');
  });

  test('runs forward, from the first year to the last', () => {
    const pages = Array.from({ length: 9 }, (_, index) =>
      find(`en/timeline${index === 0 ? '' : `/${index + 1}`}.html`, site),
    ).filter((page) => page !== undefined);
    const years = pages
      .flatMap(({ elements }) => elements.filter(({ tagName }) => tagName === 'h2').map(text))
      .filter((heading) => /^\d{4}$/.test(heading));
    expect(years[0]).toBe('2010');
    expect(years.at(-1)).toBe('2026');
    expect(years).toEqual([...years].sort());
  });
});
