import { describe, expect, inject, test } from 'vitest';
import { languages, languagesAtRisk } from '../helpers/campaign.ts';
import { attribute, follow, listBelow, readSite } from '../helpers/site.ts';

const site = readSite(inject('defaultSite'));

/** A way out of a page: a file of the site, or an address outside it. */
interface Way {
  to: string;
  taps: number;
}

/** What a link of a folded menu takes on a phone: one tap opens the menu. */
const folded = 2;

/** The ways out of each page, in its own language. */
const ways = new Map(
  site.map(({ path, elements }) => {
    const inMenus = new Set(
      elements.filter(({ tagName }) => tagName === 'details').flatMap(listBelow),
    );
    const links = elements.filter(({ tagName }) => tagName === 'a');
    return [
      path,
      links.flatMap((link): Way[] => {
        const href = attribute(link, 'href');
        if (href === undefined || href.startsWith('#')) return [];
        const taps = inMenus.has(link) ? folded : 1;
        return [{ to: /^https?:/.test(href) ? href : follow(path, href), taps }];
      }),
    ];
  }),
);

/** The fewest taps from the home of a language to each page and address. */
function countTaps(tag: string, of: ReadonlyMap<string, readonly Way[]>): Map<string, number> {
  const taps = new Map([[`${tag}/home.html`, 0]]);
  for (let now = 0; now < 6; now++)
    for (const [page] of [...taps].filter(([, count]) => count === now))
      for (const way of of.get(page) ?? []) {
        const isHere = way.to.startsWith(`${tag}/`) || way.to.startsWith('http');
        const known = taps.get(way.to) ?? Infinity;
        if (isHere && now + way.taps < known) taps.set(way.to, now + way.taps);
      }
  return taps;
}

const aims: [aim: string, page: string, most: number][] = [
  ['write a letter', 'guide/letters.html', 2],
  ['tell one’s MP', 'guide/tell-your-mp.html', 2],
  ['share something', 'guide/share.html', 2],
  ['learn what is dangerous in Belarus', 'actions-inside.html', 2],
  ['see whether a copy is genuine', 'guide/check-a-copy.html', 2],
  ['subscribe', 'feed.xml', 2],
  ['have the days in one’s calendar', 'calendar.ics', 2],
  ['search', 'search.html', 2],
  ['print the leaflet', 'leaflet.html', 2],
];

/** The addresses of those through whom the actions of the kind "give money" go. */
const payees = ['https://dissidentby.com/', 'https://stayrebel.fun/'];

describe.each(languages)('from the home page in %s', (tag) => {
  const taps = countTaps(tag, ways);

  test.each(aims)('it takes few taps to %s', (_, page, most) => {
    expect(taps.get(`${tag}/${page}`) ?? Infinity).toBeLessThanOrEqual(most);
  });

  test('it takes three taps to give, the last on an address; none where readers are at risk', () => {
    const payee = `${tag}/initiative/dissidentby.html`;
    expect(taps.get(payee)).toBe(2);
    const buttons = (ways.get(`${tag}/actions.html`) ?? []).filter(({ to }) => to === payee);
    expect(buttons.length).toBeGreaterThan(2);
    const out = payees.map((address) => taps.get(address) ?? Infinity);
    expect(Math.min(...out)).toBe(languagesAtRisk.includes(tag) ? Infinity : 3);
  });

  test('it takes no more than three taps to the page of anything that one can do', () => {
    const pages = site.map(({ path }) => path).filter((path) => path.startsWith(`${tag}/action/`));
    const far = pages.filter((path) => (taps.get(path) ?? Infinity) > 3);
    expect(pages.length).toBeGreaterThan(30);
    expect(far).toEqual([]);
  });
});

test('a way that is taken out of home and menu is missed', () => {
  const without = new Map(
    [...ways].map(([page, all]) => [page, all.filter(({ to }) => to !== 'fr/mirrors.html')]),
  );
  expect(countTaps('fr', without).get('fr/guide/check-a-copy.html') ?? Infinity).toBeGreaterThan(2);
});
