import type { Client, Reader } from '../clients/client.ts';
import { ProgramError } from '../process.ts';
import { CheckFindings, leftOut, type CheckResult } from '../report.ts';
import {
  attributeOf,
  encodePath,
  isWithin,
  mainOf,
  textOf,
  type SiteLink,
  type SitePage,
  type StaticSite,
} from '../site.ts';
import { findLostWords } from './lost-words.ts';
import { findQuestions } from './search.ts';

export const clientColumns = [
  'text',
  'links',
  'follow',
  'language switch',
  'style',
  'search',
] as const;
type Column = (typeof clientColumns)[number];

/**
 * Reads pages with one program and compares what it shows with what the pages hold: their words,
 * their links as the program itself resolves them; one link of each page is followed, and one
 * switch of language; a search is asked or, where no scripts run, the list that serves in its place
 * is looked for.
 */
export async function checkClient(
  client: Client,
  reader: Reader,
  site: StaticSite,
  base: string,
  paths: readonly string[],
): Promise<Map<string, CheckResult>> {
  const findings = new Map(clientColumns.map((column) => [column, new CheckFindings()]));
  const of = (column: Column) => findings.get(column) ?? new CheckFindings();
  for (const [column, limit] of Object.entries(client.limits ?? {}))
    findings.get(column as Column)?.note(limit);
  const isLimited = (column: Column) => client.limits?.[column] !== undefined;
  const pages = site.pages.filter(({ path }) => paths.includes(path));
  const tryTo = async (column: Column, what: string, task: () => Promise<void>) => {
    try {
      await task();
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      of(column).fail(`${what}: ${error.message}`);
    }
  };
  let followed = 0;
  for (const page of pages) {
    // A script of the page puts other words in place of those that say that it does not run, and
    // pushes links away from under the mouse.
    const changes = client.scripts && page.scripted;
    await tryTo('text', page.path, async () => {
      const { title, text, links } = await reader.read(base + encodePath(page.path));
      compareText(of('text'), page, title, changes ? undefined : text);
      if (links)
        compareLinks(
          of('links'),
          page,
          base,
          new Set(links.map(({ address }) => normalize(address))),
        );
    });
    const leading = page.links.filter(
      (link) => isInText(page, link) && link.target !== page.path && link.target?.endsWith('.html'),
    );
    const next = leading.find(({ element }) => client.canFollow?.(textOf(element)) ?? true);
    if (leading.length > 0 && !next)
      of('follow').note(
        `${client.name} finds links by words in letters that every keyboard has: pages without ` +
          `such a link were not left by one`,
      );
    if (!next || changes) continue;
    followed++;
    await tryTo('follow', page.path, () => follow(reader, site, base, page, next));
  }
  const switchOf = (page: SitePage) =>
    page.links.find(
      ({ element, target }) =>
        attributeOf(element, 'lang') !== undefined &&
        attributeOf(element, 'lang') !== page.language &&
        target !== undefined &&
        (client.canFollow?.(textOf(element)) ?? true),
    );
  const bilingual =
    pages.find((page) => page.path.split('/').length > 2 && switchOf(page)) ?? pages.find(switchOf);
  const link = bilingual && switchOf(bilingual);
  if (link)
    await tryTo('language switch', bilingual.path, () =>
      follow(reader, site, base, bilingual, link),
    );
  await checkLook(reader, of('style'), base, pages, isLimited('style'), tryTo);
  await checkAsking(client, reader, site, base, of('search'), tryTo);
  const results = new Map<string, CheckResult>(
    [...findings].map(([column, found]) => [column, found.result()]),
  );
  if (!link) results.set('language switch', leftOut('the site has one language'));
  if (followed === 0)
    results.set('follow', leftOut('no page has a link in its text to another one'));
  if (findQuestions(site).length === 0)
    results.set('search', leftOut('the site has no page with a search'));
  if (!pages.some(hasStyle)) results.set('style', leftOut('no page has a style'));
  return results;
}

const hasStyle = ({ elements }: SitePage): boolean =>
  elements.some(
    (element) =>
      element.tagName === 'style' ||
      (element.tagName === 'link' && /\bstylesheet\b/i.test(attributeOf(element, 'rel') ?? '')),
  );

type Try = (column: Column, what: string, task: () => Promise<void>) => Promise<void>;

async function checkLook(
  reader: Reader,
  findings: CheckFindings,
  base: string,
  pages: readonly SitePage[],
  limited: boolean,
  tryTo: Try,
): Promise<void> {
  for (const { path } of limited ? [] : pages.filter(hasStyle).slice(0, 3)) {
    await tryTo('style', path, async () => {
      if (!(await reader.isStyled?.(base + encodePath(path))))
        findings.fail(`${path} comes without its style`);
    });
  }
}

async function checkAsking(
  client: Client,
  reader: Reader,
  site: StaticSite,
  base: string,
  findings: CheckFindings,
  tryTo: Try,
): Promise<void> {
  for (const { page, word, answer } of findQuestions(site)) {
    await tryTo('search', page.path, async () => {
      if (client.scripts && reader.search) {
        const results = await reader.search(base + encodePath(page.path), word);
        if (!results.some((address) => normalize(address) === normalize(base + encodePath(answer))))
          findings.fail(
            `${page.path}: the search for "${word}" gives ${results.length} results, none of ` +
              `them ${answer}`,
          );
      } else {
        const { links } = await reader.read(base + encodePath(page.path));
        const listed = links?.filter(
          ({ address }) => normalize(address) === normalize(base + encodePath(answer)),
        );
        if (listed?.length === 0)
          findings.fail(`${page.path} without a search does not list ${answer}`);
      }
    });
  }
}

function compareText(
  findings: CheckFindings,
  page: SitePage,
  title: string,
  text: string | undefined,
): void {
  const expected = textOf(
    page.elements.find(({ tagName }) => tagName === 'title') ?? page.elements[0]!,
  );
  if (title.replace(/\s+/g, ' ').trim() !== expected)
    findings.fail(`${page.path} has the title "${title}", expected "${expected}"`);
  if (text === undefined) return;
  const lost = findLostWords(page, text);
  if (lost !== undefined) findings.fail(`${page.path} ${lost}`);
}

function compareLinks(
  findings: CheckFindings,
  page: SitePage,
  base: string,
  seen: ReadonlySet<string>,
): void {
  for (const { reference, target } of page.links) {
    if (target === page.path || !URL.canParse(reference, base + encodePath(page.path))) continue;
    const expected = normalize(new URL(reference, base + encodePath(page.path)).href);
    if (!seen.has(expected))
      findings.fail(
        `${page.path}: the link ${reference} should lead to ${expected}, which is not among ` +
          `those that the program has`,
      );
  }
}

async function follow(
  reader: Reader,
  site: StaticSite,
  base: string,
  page: SitePage,
  { element, target = '' }: SiteLink,
): Promise<void> {
  const address = new URL(attributeOf(element, 'href') ?? '', base + encodePath(page.path)).href;
  const sight = await reader.follow(base + encodePath(page.path), {
    text: textOf(element),
    address,
  });
  if (normalize(sight.address) !== normalize(address))
    throw new ProgramError(`the link to ${target} leads to ${sight.address}`);
  const reached = site.pages.find(({ path }) => path === target);
  if (!reached) throw new ProgramError(`the link to ${target} leads to no page of the site`);
  const expected = reached.elements.find(({ tagName }) => tagName === 'title');
  if (expected && sight.title.replace(/\s+/g, ' ').trim() !== textOf(expected))
    throw new ProgramError(
      `the link to ${target} leads to "${sight.title}", expected "${textOf(expected)}"`,
    );
}

/**
 * A link in the page's own words: each page has one of its own, while the menu is the same
 * everywhere.
 */
function isInText(page: SitePage, { element, target }: SiteLink): boolean {
  if (target === undefined || textOf(element) === '') return false;
  return isWithin(element, mainOf(page));
}

/**
 * An address without its fragment, in the one form that all programs agree on: some write percent
 * signs where others have letters.
 */
function normalize(address: string): string {
  const plain = (URL.canParse(address) ? new URL(address).href : address).replace(/#.*/, '');
  try {
    return decodeURI(plain);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return plain;
  }
}
