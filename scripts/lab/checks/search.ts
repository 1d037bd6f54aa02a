import type { Browser, Page as Tab } from 'playwright-core';
import { CheckFindings, leftOut, type CheckResult } from '../report.ts';
import type { ServedSite } from '../served-site.ts';
import {
  attributeOf,
  encodePath,
  isWithin,
  mainOf,
  textOf,
  type SitePage,
  type StaticSite,
} from '../site.ts';

/**
 * A page with a search, with a word that a search in their language has to find, and the page that
 * has it in its title.
 */
export interface Question {
  page: SitePage;
  word: string;
  answer: string;
}

/**
 * One question for each page with a search: the longest word that is in the title of a single
 * text of its language.
 */
export function findQuestions(site: StaticSite): Question[] {
  return site.pages.filter(isSearch).flatMap((page) => {
    const [best] = listTitleWords(site, page);
    return best === undefined ? [] : [{ page, ...best }];
  });
}

/**
 * What each page with a search is asked where browsers are compared: words that are in one title
 * each, the longest ones, and the last of them misspelt, which takes another way through the search.
 */
export function findQueries(site: StaticSite): { page: SitePage; words: string[] }[] {
  return site.pages.filter(isSearch).flatMap((page) => {
    const words = listTitleWords(site, page)
      .slice(0, queries)
      .map(({ word }, index) =>
        index < queries - misspelt ? word : `${word.slice(0, 4)}${word.slice(5)}`,
      );
    return words.length === 0 ? [] : [{ page, words }];
  });
}
const queries = 10;
const misspelt = 2;

/**
 * Words of titles with the one text of that language which has each in its title, the longest
 * first. Only texts that the list of the search page leads to are asked for: what a site keeps out
 * of that list, such as appeals that are over, its search need not find either.
 */
function listTitleWords({ pages }: StaticSite, page: SitePage): { word: string; answer: string }[] {
  const paths = new Set(pages.map(({ path }) => path));
  const listed = listTargets(page);
  const texts = pages.filter(
    (other) =>
      other.language === page.language &&
      !other.scripted &&
      other.path !== '404.html' &&
      listed.has(other.path),
  );
  // a search may pass over pages that only list others, and over further pages of a list
  const deep = texts.filter(({ path }) => path.split('/').length > 2 && !isPartOf(path, paths));
  const others = deep.length > 0 ? deep : texts;
  const wordsOf = (other: SitePage) =>
    (titleOf(other).match(/(?<![\p{L}\p{N}])\p{L}{6,}(?![\p{L}\p{N}])/gu) ?? []).map((word) =>
      word.toLowerCase(),
    );
  const counts = new Map<string, string[]>();
  for (const other of others)
    for (const word of new Set(wordsOf(other)))
      counts.set(word, [...(counts.get(word) ?? []), other.path]);
  return [...counts]
    .sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1))
    .flatMap(([word, [answer, ...more]]) =>
      answer === undefined || more.length > 0 ? [] : [{ word, answer }],
    );
}

/** Paths of the pages that the text of a page leads to. */
function listTargets(page: SitePage): ReadonlySet<string> {
  const main = mainOf(page);
  const base = new URL(encodePath(page.path), 'http://site.invalid/');
  return new Set(
    page.elements
      .filter((element) => element.tagName === 'a' && isWithin(element, main))
      .map((element) => new URL(attributeOf(element, 'href') ?? '', base))
      .map(({ pathname }) => decodeURIComponent(pathname.slice(1))),
  );
}

/**
 * Whether a page is in a folder of the name of another page: `updates/2021.html` of `updates.html`.
 */
const isPartOf = (path: string, paths: ReadonlySet<string>): boolean =>
  [...path.matchAll(/\//g)].some(({ index }) => paths.has(`${path.slice(0, index)}.html`));

/**
 * A page that runs scripts and has a search box, or a place or name that says so, since the script
 * may make the box.
 */
function isSearch({ path, scripted, elements }: SitePage): boolean {
  const says = (element: SitePage['elements'][number]) =>
    attributeOf(element, 'type') === 'search' ||
    attributeOf(element, 'role') === 'search' ||
    /^search\b/i.test(attributeOf(element, 'id') ?? '');
  return scripted && (/(^|\/)search\.html$/.test(path) || elements.some(says));
}

const titleOf = (page: SitePage): string => {
  const heading = page.elements.find(({ tagName }) => tagName === 'h1');
  return heading ? textOf(heading) : '';
};

/**
 * With scripts on, each search page finds a text by a word of its title and leads to it; with
 * scripts off it still lists pages.
 */
export async function checkSearch(place: ServedSite, browser: Browser): Promise<CheckResult> {
  const searches = place.site.pages.filter(isSearch);
  if (searches.length === 0) return leftOut('the site has no page with a search');
  const findings = new CheckFindings();
  for (const page of searches) {
    const main = mainOf(page);
    const links = page.elements.filter(
      (element) => element.tagName === 'a' && isWithin(element, main),
    ).length;
    if (links < 3)
      findings.fail(
        `${page.path} without scripts has ${links} links in its text, expected a list of pages`,
      );
  }
  const questions = findQuestions(place.site);
  // A list that leads nowhere gives no question either: that fault is said above.
  if (questions.length === 0)
    return findings.failures.length > 0
      ? findings.result()
      : leftOut('no title has a word that a search could be asked for');
  if (place.limits.search !== undefined) findings.note(place.limits.search);
  else {
    const context = await browser.newContext();
    // At once: a search that finds nothing is given its time in each language.
    const failures = await Promise.all(
      questions.map(async (question) => trySearch(place, question, await context.newPage())),
    );
    for (const failure of failures.flat()) findings.fail(failure);
    await context.close();
  }
  return findings.result();
}

/** @returns what is wrong with the search, a line each */
async function trySearch(
  { base, limits }: ServedSite,
  { page, word, answer }: Question,
  tab: Tab,
): Promise<string[]> {
  const failures: string[] = [];
  const requests: string[] = [];
  tab.on('request', (request) => requests.push(request.url()));
  try {
    await tab.goto(base + encodePath(page.path));
    const input = tab.locator('input[type=search]');
    await input.fill(word, { timeout: 10_000 });
    // Results are next to the box; the list that serves without scripts is elsewhere on the
    // page.
    await input
      .locator('..')
      .locator(`a[href$="${answer.slice(answer.lastIndexOf('/') + 1)}"]`)
      .first()
      .click({ timeout: 10_000 });
    const heading = await tab.locator('h1').first().textContent({ timeout: 3000 });
    if (!heading?.toLowerCase().includes(word))
      failures.push(
        `${page.path}: the search for "${word}" leads to "${heading}", expected ${answer}`,
      );
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    failures.push(`${page.path}: the search for "${word}" does not lead to ${answer} within 10 s`);
  }
  for (const request of requests)
    if (
      limits.added === undefined &&
      !request.startsWith(base) &&
      !request.startsWith('data:') &&
      !request.startsWith('blob:')
    )
      failures.push(`${page.path}: the search asks for ${request}, outside of the site`);
  return failures;
}
