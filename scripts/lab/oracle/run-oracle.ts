import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mapInOrder } from './map-in-order.ts';
import { startBehavingHost, type Heard } from './behaving-host.ts';
import { addHeaders, type Behaviour } from './behaviour.ts';
import { checkHost, type CheckedHost } from './check-host.ts';
import { makeSignedSite, testPages, type SignedSite } from './signed-site.ts';
import type { Sight, Watcher } from './watchers.ts';

/** A browser's sight of a page with what it asked for on the way. */
interface Visit extends Sight {
  readonly at: string;
  readonly base: string;
  readonly requests: readonly string[];
  readonly foreign: Heard;
}

/**
 * How far a browser's sight of a page is from that of the page as it was signed:
 * `same` in everything;
 * `side` shown as signed, with something besides (a cookie, another address of the same host, a
 * further request to it), or without its style and pictures, or not at all: worth a note;
 * `other` something else is shown, another host is asked, or links lead elsewhere.
 */
export type Distance = 'same' | 'side' | 'other';

export interface BrowserResult {
  readonly distance: Distance;
  /** In words, empty where it is the same. */
  readonly differences: readonly string[];
}

export interface OracleRow {
  readonly behaviour: Behaviour;
  /** By name of the browser. */
  readonly browsers: ReadonlyMap<string, BrowserResult>;
  readonly check: CheckedHost;
  /** Notes and evidence that the plainly served site does not have. */
  readonly said: readonly string[];
  /** Why `verify` is wrong; undefined where it is right. */
  readonly fault: string | undefined;
}

const pagesAtOnce = 6;

/**
 * Serves a small signed site once for each behaviour; browsers look at it, and `verify` checks it.
 * @param start each starts a browser in an empty folder; those run one after the other
 * @param check what is under test: a verdict on the site at an address
 */
export async function runOracle(
  behaviours: readonly Behaviour[],
  start: readonly ((scratch: string) => Promise<Watcher>)[],
  scratch: string,
  check: typeof checkHost = checkHost,
): Promise<{ rows: OracleRow[]; browsers: { name: string; seconds: number }[] }> {
  const site = await makeSignedSite();
  const checks = await mapInOrder(behaviours, pagesAtOnce, (behaviour, row) =>
    checkBehaviour(site, behaviour, nameOf(row), check),
  );
  const honest = await checkBehaviour(site, undefined, 'plain.invalid', check);
  const unrated = behaviours.map((behaviour, row) => ({
    behaviour,
    check: checks[row]!,
    said: [...checks[row]!.evidence, ...checks[row]!.notes].filter(
      (sentence) => ![...honest.evidence, ...honest.notes].includes(sentence),
    ),
  }));
  const results = behaviours.map(() => new Map<string, BrowserResult>());
  const browsers: { name: string; seconds: number }[] = [];
  for (const [index, startWatcher] of start.entries()) {
    const folder = join(scratch, String(index));
    mkdirSync(folder, { recursive: true });
    const started = performance.now();
    const watcher = await startWatcher(folder);
    let visits: Visit[] = [];
    let named: readonly string[] = [];
    const plain = new Map<string, Visit>();
    const reduced = new Set<string>();
    try {
      const addresses = [...new Set([...behaviours.map(({ at }) => at), ...pagesOf(site)])];
      await mapInOrder(addresses, pagesAtOnce, async (at) => {
        plain.set(at, await visit(site, undefined, at, 'plain.invalid', watcher));
      });
      const pages = Object.values(testPages);
      await mapInOrder(
        pages.flatMap((at) => reductions.map((behaviour) => ({ ...behaviour, at }))),
        pagesAtOnce,
        async (behaviour) => {
          reduced.add(printLook(await visit(site, behaviour, behaviour.at, '', watcher)));
        },
      );
      visits = await mapInOrder(unrated, pagesAtOnce, async (row, index) => {
        const see = () => visit(site, row.behaviour, row.behaviour.at, nameOf(index), watcher);
        const first = await see();
        const result = compare(first, plain, reduced, false);
        // What a busy machine did once (a page that was late) it does not do twice.
        return judge({ ...row, browsers: new Map([[watcher.name, result]]) }) ? see() : first;
      });
    } finally {
      named = await watcher.stop();
    }
    browsers.push({ name: watcher.name, seconds: (performance.now() - started) / 1000 });
    for (const [row, seen] of visits.entries())
      results[row]?.set(watcher.name, compare(seen, plain, reduced, named.includes(nameOf(row))));
  }
  const rows = unrated.map((row, index) => {
    const seen = { ...row, browsers: results[index]! };
    return { ...seen, fault: judge(seen) };
  });
  return { rows, browsers };
}

/** A name that only the behaviour of this row may make a browser look up. */
const nameOf = (row: number): string => `row-${row}.invalid`;

async function checkBehaviour(
  site: SignedSite,
  behaviour: Behaviour | undefined,
  name: string,
  check: typeof checkHost,
): Promise<CheckedHost> {
  const host = await startBehavingHost(site, behaviour, name);
  try {
    return await check(host.base, site);
  } finally {
    host.stop();
  }
}

async function visit(
  site: SignedSite,
  behaviour: Behaviour | undefined,
  at: string,
  name: string,
  watcher: Watcher,
): Promise<Visit> {
  const host = await startBehavingHost(site, behaviour, name);
  try {
    const sight = await watcher.watch(host.base + at);
    return {
      ...sight,
      at,
      base: host.base,
      requests: [...host.own.requests],
      foreign: host.foreign,
    };
  } finally {
    host.stop();
  }
}

/** What careful hosts do: a policy that takes style or pictures away, and can add nothing. */
const reductions = ["style-src 'none'", "img-src 'none'", "default-src 'none'"].map((policy) =>
  addHeaders(policy, `Content-Security-Policy: ${policy}`),
);

const lookParts: ReadonlySet<string> = new Set(['style', 'picture']);
const printLook = ({ shown }: Sight): string =>
  [...lookParts].map((name) => shown[name]).join('\n');

const pagesOf = ({ files }: SignedSite): string[] =>
  [...files.keys()].filter((path) => path.endsWith('.html'));

const relative = (address: string, { base }: Visit): string =>
  address.startsWith(base) ? address.slice(base.length) : address;

/**
 * Holds a visit against the plainly served page of the address where it ended, if the site has one
 * there: whoever is sent to another signed page sees at what address they are. Otherwise against
 * the page that was opened.
 * @param reduced looks of the page without style or pictures
 */
function compare(
  seen: Visit,
  plain: ReadonlyMap<string, Visit>,
  reduced: ReadonlySet<string>,
  isNamed: boolean,
): BrowserResult {
  const opened = plain.get(seen.at)!;
  const expected = plain.get(relative(seen.address, seen)) ?? opened;
  const other: string[] = [];
  const side: string[] = [];
  if (seen.foreign.requests.length > 0)
    other.push(`asks another host (${seen.foreign.requests.join(', ')})`);
  else if (seen.foreign.connections > 0) other.push('connects to another host');
  if (isNamed) other.push('looks up the name of another host');
  if (seen.nothing !== undefined) side.push(`shows nothing (${seen.nothing})`);
  else {
    const changed = Object.keys(expected.shown).filter(
      (name) => seen.shown[name] !== expected.shown[name],
    );
    const isReduced =
      changed.length > 0 &&
      changed.every((name) => lookParts.has(name)) &&
      reduced.has(printLook(seen));
    if (isReduced) side.push('shows it without its style or pictures');
    else if (changed.length > 0)
      other.push(`differs in ${changed.join(', ')}: “${seen.shown['text']?.slice(0, 60)}”`);
    const links = (of: Visit) => of.links.map((address) => relative(address, of)).join(' ');
    if (links(seen) !== links(expected))
      other.push(`has links to ${links(seen).slice(0, 120) || 'nothing'}`);
  }
  if (relative(seen.address, seen) !== relative(opened.address, opened))
    side.push(`is at ${relative(seen.address, seen)}`);
  const further = [...new Set(seen.requests)].filter(
    (request) =>
      ![...opened.requests, ...expected.requests].includes(request) &&
      !/favicon\.ico$/.test(request),
  );
  if (further.length > 0) side.push(`asks the host for ${further.join(', ')}`);
  if (seen.cookies.length > 0) side.push(`keeps ${seen.cookies.join(', ')}`);
  return {
    distance: other.length > 0 ? 'other' : side.length > 0 ? 'side' : 'same',
    differences: [...other, ...side],
  };
}

function judge({
  behaviour,
  browsers,
  check: { verdict, evidence },
  said,
}: Omit<OracleRow, 'fault'>): string | undefined {
  const tell = (distance: Distance) =>
    [...browsers]
      .filter(([, result]) => result.distance === distance)
      .map(([name, { differences }]) => `${name} ${differences.join('; ')}`)
      .join('; ');
  if (behaviour.isHabit && verdict !== 'authentic')
    return `verify says ${verdict} of what real hosts do: ${evidence.join(' ')}`;
  if (verdict !== 'authentic') return undefined;
  const other = tell('other');
  if (other !== '') return `verify says authentic, but ${other}`;
  const side = tell('side');
  if (side !== '' && said.length === 0) return `verify notes nothing, but ${side}`;
  return undefined;
}
