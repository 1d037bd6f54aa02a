import type { Link } from './page-content.ts';

/** A place that no host has, below which the site is thought to stand. */
const site = 'https://site.invalid/the-copy/';

/**
 * Where a link leads: `en/home.html#day` inside of the site, or an address outside. A link out of the site's folder is outside,
 * since what stands there is another's: `/en/home.html` on the host of a copy below a path.
 * @param path the page's own, from the root of the site
 */
export function toTarget(href: string, path: string): string {
  if (!URL.canParse(href, site + path)) return href;
  const { href: address } = new URL(href, site + path);
  return address.startsWith(site)
    ? address.slice(site.length)
    : address.replace(/^https:\/\/site\.invalid\//, '/');
}

/** Links that are asked for the address in front; ours have fewer. */
const maxVoters = 5000;

/** A link with its target. */
export interface Led {
  readonly text: string;
  readonly target: string;
}

/**
 * The links of a page, and of a page that a browser saved: it writes the address where it found the page in front of each. Such
 * an address is taken away where most links have the same one and end with what the known page has; it is returned as `base`.
 * One link that has another one keeps it. Attack: a page whose links all look the same, and one leads to another host.
 */
export function leadLinks(
  seen: readonly Link[],
  known: readonly Led[],
  path: string,
): { links: Led[]; base: string | undefined } {
  const knownTargets = new Map<string, string[]>();
  for (const { text, target } of known) {
    const targets = knownTargets.get(text) ?? [];
    if (targets.length < 8) targets.push(target);
    knownTargets.set(text, targets);
  }
  const targets = new Map<string, string>();
  const led = seen.map(({ text, href }) => {
    const target = targets.get(href) ?? toTarget(href, path);
    targets.set(href, target);
    return { text, target };
  });
  const votes = new Map<string, number>();
  for (const { text, target } of led.slice(0, maxVoters)) {
    for (const inside of knownTargets.get(text) ?? []) {
      const base = findBase(target, inside, path);
      if (base === undefined) continue;
      votes.set(base, (votes.get(base) ?? 0) + 1);
      break;
    }
  }
  const [base, most] = [...votes].reduce((best, vote) => (vote[1] > best[1] ? vote : best), [
    '',
    0,
  ] as [string, number]);
  if (
    most < 2 ||
    most * 2 < led.slice(0, maxVoters).filter(({ target }) => !isFragment(target, path)).length
  )
    return { links: led, base: undefined };
  return {
    base,
    links: led.map(({ text, target }) => ({
      text,
      target: target.startsWith(base) ? toOwn(target.slice(base.length), path) : target,
    })),
  };
}

/** What stands in front of a known target; undefined if the address does not end with it as a path. */
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
