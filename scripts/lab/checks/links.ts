import { CheckFindings, leftOut, type CheckResult } from '../report.ts';
import {
  requestAsBrowser,
  forEachOf,
  type FinalResponse,
  type ServedSite,
} from '../served-site.ts';
import { leadsOn } from '../layouts.ts';
import { encodePath, type SitePage, type StaticSite } from '../site.ts';

/** A page in the hands of a reader: which one it should be, and the address at which it came. */
interface Visit {
  page: SitePage;
  address: string;
}

/**
 * Reads the whole site from its front page, link by link, as a browser resolves them: against the
 * address at which the page really came. What the link leads to has to be the very file that it
 * means.
 *
 * A host may make some of the ways in useless; one of them has to work, and the table tells which.
 * What it makes of the folders below is reported, since people type such addresses, but no fault of
 * the site.
 */
export async function checkLinks(place: ServedSite): Promise<CheckResult> {
  const { site, base, limits } = place;
  if (limits.bytes !== undefined) return leftOut(limits.bytes);
  const findings = new CheckFindings();
  const asked = new Map<string, Promise<FinalResponse>>();
  const get = (address: string) => {
    const known = asked.get(address) ?? requestAsBrowser(address);
    asked.set(address, known);
    return known;
  };
  for (const fault of findDeadLinks(site)) findings.fail(fault);
  const outcomes: Outcome[] = [];
  const ways = waysIn(site);
  for (const { path, address } of ways) {
    const known = outcomes.length >= 2 && outcomes.some(({ faults }) => faults.length === 0);
    // the other ways are for hosts that spoil these two
    if (known || outcomes.some(({ spoilt, faults }) => !spoilt && faults.length > 0)) break;
    outcomes.push(await crawl(place, path, base + address, get));
  }
  const best = outcomes.find(({ faults }) => faults.length === 0);
  const [name = ''] = ways.flatMap((way, index) => (outcomes[index] === best ? [way.name] : []));
  if (!best) for (const fault of outcomes.flatMap(({ faults }) => faults)) findings.fail(fault);
  else if (outcomes.some(({ spoilt, faults }) => !spoilt && faults.length > 0))
    for (const fault of outcomes.flatMap(({ spoilt, faults }) => (spoilt ? [] : faults)))
      findings.fail(fault);
  else if (best === outcomes[0] && outcomes[1]?.faults.length)
    findings.note(
      'the way in has to be the address of the folder with its slash: the host takes index.html ' +
        'out of the address, and the slash with it',
    );
  else if (best !== outcomes[0])
    findings.note(
      `the way in has to be ${name}: the host has no page for the folder alone, or loses its slash`,
    );
  for (const path of foldersOf(site)) {
    const { faults, spoilt } = await crawl(
      place,
      path,
      base + encodePath(path.slice(0, -'index.html'.length)),
      get,
    );
    if (faults.length > 0 && best && spoilt)
      findings.note(
        'addresses of folders below are of no use here; addresses that end in .html are',
      );
  }
  for (const unreached of findUnreached(site, best?.reached ?? new Set()))
    findings.fail(`no link leads to ${unreached}`);
  findings.figure = `${best?.links ?? 0} links`;
  return findings.result();
}

/**
 * The addresses that a volunteer can hand out, best first: the folder, its front page by name, and
 * the pages that this leads to.
 */
function waysIn({ pages }: StaticSite): { name: string; path: string; address: string }[] {
  const front = pages.find(({ path }) => path === 'index.html');
  const next = front
    ? front.links.flatMap(({ target }) => (target === undefined ? [] : [target]))
    : [];
  return [
    { name: 'the address of the folder', path: 'index.html', address: '' },
    { name: 'the address of index.html', path: 'index.html', address: 'index.html' },
    ...[...new Set(next)].map((path) => ({
      name: `the address of ${path}, or of another page by its name`,
      path,
      address: encodePath(path),
    })),
  ];
}

const foldersOf = ({ files }: StaticSite): string[] =>
  [...files.keys()].filter((path) => path.endsWith('/index.html'));

interface Outcome {
  /**
   * The host did not give the first page at the address that was asked for: what follows is the
   * host's doing.
   */
  spoilt: boolean;
  faults: string[];
  reached: Set<string>;
  links: number;
}

async function crawl(
  { site, limits }: ServedSite,
  start: string,
  address: string,
  get: (address: string) => Promise<FinalResponse>,
): Promise<Outcome> {
  const outcome: Outcome = { spoilt: false, faults: [], reached: new Set(), links: 0 };
  const pages = new Map(site.pages.map((page) => [page.path, page]));
  const seen = new Set<string>();
  let visits: Visit[] = [];
  const visit = async (path: string, at: string, from: string) => {
    if (seen.has(`${path} ${at}`)) return;
    seen.add(`${path} ${at}`);
    const expected = site.files.get(path);
    if (!expected) return; // reported already, for all hosts alike
    const { status, address: final, body } = await get(at);
    const same = body.equals(expected) || (limits.altered !== undefined && path.endsWith('.html'));
    if (at === address && (status !== 200 || final !== at || !same)) outcome.spoilt = true;
    if (status !== 200 || !same)
      return void outcome.faults.push(
        `${from} leads to ${at}${final === at ? '' : ` and on to ${final}`}, which gives ${status === 200 ? 'something else' : status}, expected ${path}`,
      );
    outcome.reached.add(path);
    const page = pages.get(path);
    if (page) visits.push({ page, address: final });
  };
  await visit(start, address, 'the front page');
  while (visits.length > 0) {
    const now = visits;
    visits = [];
    await forEachOf(now, async ({ page, address: at }) => {
      for (const { reference, target } of page.links) {
        if (target === undefined) continue;
        outcome.links++;
        const url = new URL(reference, at);
        url.hash = '';
        await visit(
          target,
          url.href,
          `${page.path}${at.endsWith(encodePath(page.path)) ? '' : ` (at ${at})`}, link ${reference},`,
        );
      }
    });
  }
  return outcome;
}

/** Links to files that are not there, whatever the host. */
function findDeadLinks({ pages, files }: StaticSite): string[] {
  return pages.flatMap((page) =>
    page.links.flatMap(({ reference, target }) =>
      target === undefined || files.has(target)
        ? []
        : [`${page.path}, link ${reference}, leads to ${target}, which is no file of the site`],
    ),
  );
}

/**
 * Pages that a reader cannot get to by links alone; ways in, the page for missing addresses and
 * copies of a page are none of them.
 */
function findUnreached({ pages, files }: StaticSite, reached: ReadonlySet<string>): string[] {
  if (reached.size === 0) return [];
  const known = new Set([...reached].map((path) => files.get(path)?.toString('latin1')));
  return pages
    .filter(
      (page) =>
        !reached.has(page.path) &&
        !['index.html', '404.html'].includes(page.path) &&
        !known.has(files.get(page.path)?.toString('latin1')) &&
        !leadsOn(page),
    )
    .map(({ path }) => path);
}
