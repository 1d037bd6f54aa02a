import { quoteName } from '../text/plain-characters.ts';
import { listGaps, matchSequences } from './align.ts';
import type { PageChange } from './page-change.ts';
import type { Link } from './page-content.ts';
import { describeConfusables } from '../text/unsafe-text.ts';

/** More links than this that the known page has not are counted only. */
const maxAdded = 300;

/** A link, and where it leads: `en/home.html#day` inside of the site, or an address outside. */
interface ResolvedLink {
  readonly text: string;
  readonly target: string;
}

/**
 * Compares where the links of two pages lead, not how that is written.
 * @param path of the page, from the root of the site
 */
export function compareLinks(
  known: readonly Link[],
  seen: readonly Link[],
  path: string,
): PageChange[] {
  const before = known.map(({ text, href }) => ({ text, target: resolveTarget(href, path) }));
  const { links: after, base } = resolveLinks(seen, before, path);
  const changes: PageChange[] =
    base === undefined
      ? []
      : [{ kind: 'host', what: 'its links lead to', before: undefined, after: base }];
  // Attack: two links of the same words are exchanged, such as "here" under two accounts.
  const isSameInWords =
    before.length === after.length && before.every(({ text }, at) => text === after[at]?.text);
  if (isSameInWords) {
    before.forEach((was, at) => {
      const is = after[at] ?? was;
      if (was.target !== is.target) changes.push(describeLink('a link leads elsewhere', was, is));
    });
    return changes;
  }
  const [missing, added]: [ResolvedLink[], ResolvedLink[]] = [[], []];
  const matches = matchSequences(before.map(toKey), after.map(toKey));
  for (const { aStart, aEnd, bStart, bEnd } of listGaps(matches, before.length, after.length)) {
    const gone = before.slice(aStart, aEnd);
    const come = after.slice(bStart, bEnd);
    const pairs = [
      ...pairBy(gone, come, ({ text }) => text),
      ...pairBy(gone, come, ({ target }) => target), // its words are compared as such
    ];
    if (gone.length === come.length)
      for (const [at, link] of gone.splice(0).entries()) pairs.push([link, come[at] ?? link]);
    else for (const link of come) added.push(link); // a stranger's list can be too long for a call
    missing.push(...gone);
    for (const [was, is] of pairs)
      if (was.target !== is.target) changes.push(describeLink('a link leads elsewhere', was, is));
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
    ...missing.map((link) => describeLink('a link is missing', link, undefined)),
    ...added.slice(0, maxAdded).map((link) => describeLink('a link was added', undefined, link)),
  ];
}

const toKey = ({ text, target }: ResolvedLink): string => `${text}\n${target}`;

function describeLink(
  what: string,
  was: ResolvedLink | undefined,
  is: ResolvedLink | undefined,
): PageChange {
  const [before, after] = [was?.target, is?.target];
  return {
    kind: 'link',
    what,
    before,
    after,
    context: (was ?? is)?.text,
    notes: [...describeConfusables(before, after), ...describeLongHost(after)],
  };
}

/** Characters of an address in which a reader sees its host for sure. */
const maxSeen = 60;

/** Attack: an address that begins as a known one, with its true host behind what is shown of it. */
function describeLongHost(target: string | undefined): string[] {
  if (target === undefined || !URL.canParse(target)) return [];
  const { href, hostname, username } = new URL(target);
  return hostname !== '' && (username !== '' || href.indexOf(hostname) + hostname.length > maxSeen)
    ? [`its host is ${quoteName(hostname, Infinity)}`]
    : [];
}

/** Takes out of both lists, in their order, the links that agree in something. */
function pairBy(
  gone: ResolvedLink[],
  come: ResolvedLink[],
  keyOf: (link: ResolvedLink) => string,
): (readonly [ResolvedLink, ResolvedLink])[] {
  const waiting = new Map<string, ResolvedLink[]>();
  for (const link of come) {
    const others = waiting.get(keyOf(link));
    if (others) others.push(link);
    else waiting.set(keyOf(link), [link]);
  }
  for (const links of waiting.values()) links.reverse();
  const pairs: (readonly [ResolvedLink, ResolvedLink])[] = [];
  const taken = new Set<ResolvedLink>();
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

/** A place that no host has, below which the site is thought to be. */
const site = 'https://site.invalid/the-copy/';

/**
 * Where a link leads. One out of the site's folder is outside, since what is there is another's:
 * `/en/home.html` on the host of a copy below a path.
 * @param path the page's own, from the root of the site
 */
function resolveTarget(href: string, path: string): string {
  if (!URL.canParse(href, site + path)) return href;
  const { href: address } = new URL(href, site + path);
  return address.startsWith(site)
    ? address.slice(site.length)
    : address.replace(/^https:\/\/site\.invalid\//, '/');
}

/** Links that are asked for the address in front; ours have fewer. */
const maxVoters = 5000;

/**
 * The links of a page, and of a page that a browser saved: it writes the address where it found the
 * page in front of each. Such an address is taken away where most links have the same one and end
 * with what the known page has; it is returned as `base`. One link that has another one keeps it.
 * Attack: a page whose links all look the same, and one leads to another host.
 */
function resolveLinks(
  seen: readonly Link[],
  known: readonly ResolvedLink[],
  path: string,
): { links: ResolvedLink[]; base: string | undefined } {
  const knownTargets = new Map<string, string[]>();
  for (const { text, target } of known) {
    const targets = knownTargets.get(text) ?? [];
    if (targets.length < 8) targets.push(target);
    knownTargets.set(text, targets);
  }
  const targets = new Map<string, string>();
  const links = seen.map(({ text, href }) => {
    const target = targets.get(href) ?? resolveTarget(href, path);
    targets.set(href, target);
    return { text, target };
  });
  const voters = links.slice(0, maxVoters);
  const votes = new Map<string, number>();
  for (const { text, target } of voters) {
    for (const inside of knownTargets.get(text) ?? []) {
      const base = findBase(target, inside, path);
      if (base === undefined) continue;
      votes.set(base, (votes.get(base) ?? 0) + 1);
      break;
    }
  }
  const [base, most] = [...votes].reduce<readonly [string, number]>(
    (best, vote) => (vote[1] > best[1] ? vote : best),
    ['', 0],
  );
  const leading = voters.filter(({ target }) => !isFragment(target, path)).length;
  if (most < 2 || most * 2 < leading) return { links, base: undefined };
  return {
    base,
    links: links.map(({ text, target }) => ({
      text,
      target: target.startsWith(base) ? toOwn(target.slice(base.length), path) : target,
    })),
  };
}

/** What is in front of a known target; undefined if the address does not end with it as a path. */
function findBase(target: string, inside: string, path: string): string | undefined {
  if (!/^(?:https?|file):\/\//.test(target)) return undefined;
  const ending = [
    inside,
    ...(isFragment(inside, path)
      ? shorten(path).map((own) => own + inside.slice(path.length))
      : []),
  ].find((end) => target.endsWith(`/${end}`));
  const base = ending === undefined ? undefined : target.slice(0, target.length - ending.length);
  return base === undefined || /[?#]/.test(base) ? undefined : base;
}

/** Some hosts serve a page without its ending, or a folder's first page under the folder's name. */
const shorten = (path: string): string[] =>
  [path.replace(/\.html$/, ''), path.replace(/(?:index|home)\.html$/, '')].filter(
    (short) => short !== path,
  );
const isFragment = (target: string, path: string): boolean => target.startsWith(`${path}#`);
const toOwn = (target: string, path: string): string => {
  const short = shorten(path).find((own) => target.startsWith(`${own}#`));
  return short === undefined ? target : path + target.slice(short.length);
};
