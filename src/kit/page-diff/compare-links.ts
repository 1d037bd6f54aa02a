import { listGaps, matchSequences } from './diff-sequences.ts';
import { leadLinks, toTarget, type Led } from './link-targets.ts';
import { quoteName } from '../core/text/quote-name.ts';
import { nameDisguises } from './name-disguises.ts';
import type { PageChange } from './page-change.ts';
import type { Link } from './page-content.ts';

/** More links than this that the known page has not are counted only. */
const maxAdded = 300;
/** Signs of an address in which a reader sees its host for sure. */
const mostSeen = 60;

/**
 * Compares where the links of two pages lead, not how that is written.
 * @param path of the page, from the root of the site
 */
export function compareLinks(
  known: readonly Link[],
  seen: readonly Link[],
  path: string,
): PageChange[] {
  const before = known.map(({ text, href }) => ({ text, target: toTarget(href, path) }));
  const { links: after, base } = leadLinks(seen, before, path);
  const changes: PageChange[] =
    base === undefined
      ? []
      : [{ kind: 'host', what: 'its links lead to', before: undefined, after: base }];
  const [missing, added]: [Led[], Led[]] = [[], []];
  const matches = matchSequences(before.map(toKey), after.map(toKey));
  for (const { aStart, aEnd, bStart, bEnd } of listGaps(matches, before.length, after.length)) {
    const gone = before.slice(aStart, aEnd);
    const come = after.slice(bStart, bEnd);
    const pairs = [
      ...pairBy(gone, come, ({ text }) => text),
      ...pairBy(gone, come, ({ target }) => target),
    ]; // other words are told as such
    if (gone.length === come.length)
      for (const [at, link] of gone.splice(0).entries()) pairs.push([link, come[at] ?? link]);
    else for (const link of come) added.push(link); // one by one: a stranger's list can be too long for a call
    missing.push(...gone);
    for (const [was, is] of pairs)
      if (was.target !== is.target) changes.push(tell('a link leads elsewhere', was, is));
  }
  pairBy(missing, added, toKey); // these have moved with their words
  if (added.length > maxAdded)
    changes.push({
      kind: 'link',
      what: `${added.length - maxAdded} more links were added`,
      before: undefined,
      after: undefined,
    });
  return [
    ...changes,
    ...missing.map((link) => tell('a link is missing', link, undefined)),
    ...added.slice(0, maxAdded).map((link) => tell('a link was added', undefined, link)),
  ];
}

const toKey = ({ text, target }: Led): string => `${text}\n${target}`;

function tell(what: string, was: Led | undefined, is: Led | undefined): PageChange {
  const [before, after] = [was?.target, is?.target];
  return {
    kind: 'link',
    what,
    before,
    after,
    context: (was ?? is)?.text,
    notes: [...nameDisguises(before, after), ...nameLongHost(after)],
  };
}

/** Attack: an address that begins as a known one, and names its true host behind what is shown of it. */
function nameLongHost(target: string | undefined): string[] {
  if (target === undefined || !URL.canParse(target)) return [];
  const { href, hostname, username } = new URL(target);
  return hostname !== '' && (username !== '' || href.indexOf(hostname) + hostname.length > mostSeen)
    ? [`its host is ${quoteName(hostname, Infinity)}`]
    : [];
}

/** Takes out of both lists, in their order, the links that agree in something. */
function pairBy(gone: Led[], come: Led[], keyOf: (link: Led) => string): (readonly [Led, Led])[] {
  const waiting = new Map<string, Led[]>();
  for (const link of come) {
    const others = waiting.get(keyOf(link));
    if (others) others.push(link);
    else waiting.set(keyOf(link), [link]);
  }
  for (const list of waiting.values()) list.reverse();
  const pairs: (readonly [Led, Led])[] = [];
  const taken = new Set<Led>();
  const left = gone.filter((link) => {
    const counterpart = waiting.get(keyOf(link))?.pop();
    if (!counterpart) return true;
    pairs.push([link, counterpart]);
    taken.add(counterpart);
    return false;
  });
  gone.splice(0, gone.length, ...left);
  const rest = come.filter((link) => !taken.has(link));
  come.length = 0;
  for (const link of rest) come.push(link);
  return pairs;
}
