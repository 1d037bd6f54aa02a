import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { CheckFindings, type CheckResult } from '../report.ts';
import { listItems } from './feed-text.ts';
import type { FeedReader, SeenItem, Subscriber } from './feed-reader.ts';

/** The two feeds of a language in two editions: the texts of their files. */
export interface TwoEditions {
  first: { rss: string; atom: string };
  next: { rss: string; atom: string };
  /** What another mirror has of the next edition; the same, unless a fault is planted. */
  elsewhere?: { rss: string; atom: string };
}

export const readerColumns = ['RSS', 'Atom', 'links', 'both feeds'] as const;

const paths = { rss: 'en/feed.xml', atom: 'en/feed.atom.xml' } as const;
type Format = keyof typeof paths;

/**
 * Follows a site as a subscriber does: the first edition, the next one, then the same from another
 * address. Each item has to be new once, and only once.
 * @param scratch an empty folder
 */
export async function checkReader(
  reader: FeedReader,
  editions: TwoEditions,
  scratch: string,
): Promise<{ version: string; cells: Map<string, CheckResult> }> {
  const host = await serveFeeds();
  const open = async (name: string): Promise<Subscriber> => {
    mkdirSync(join(scratch, name));
    return reader.start(join(scratch, name));
  };
  try {
    const links = new CheckFindings();
    const cells = new Map<string, CheckResult>();
    let version = reader.name;
    for (const format of ['rss', 'atom'] as const) {
      const subscriber = await open(format);
      version = subscriber.version;
      const column = format === 'rss' ? 'RSS' : 'Atom';
      cells.set(column, await followEditions(reader, subscriber, format, editions, host, links));
    }
    cells.set('links', links.result());
    cells.set('both feeds', await followBoth(reader, open, editions, host));
    return { version, cells };
  } finally {
    host.stop();
  }
}

async function followEditions(
  reader: FeedReader,
  subscriber: Subscriber,
  format: Format,
  editions: TwoEditions,
  host: FeedHost,
  links: CheckFindings,
): Promise<CheckResult> {
  const findings = new CheckFindings();
  const address = (mirror: string) => `${host.address}/${mirror}/${paths[format]}`;
  const idsOf = (edition: TwoEditions['first']) => listItems(edition[format]).map(({ id }) => id);

  host.publish('a', editions.first);
  await subscriber.subscribe([address('a')]);
  await subscriber.fetch();
  const first = await subscriber.takeNew();
  compare(
    findings,
    `the first edition, which it has not seen before`,
    first,
    idsOf(editions.first),
  );
  checkLinks(links, reader, format, first, address('a'));

  host.publish('a', editions.next);
  await subscriber.fetch();
  const known = new Set(idsOf(editions.first));
  const news = idsOf(editions.next).filter((id) => !known.has(id));
  compare(findings, 'the next edition', await subscriber.takeNew(), news);

  host.publish('b', editions.elsewhere ?? editions.next);
  await subscriber.subscribe([address('b')]);
  await subscriber.fetch();
  const again = await subscriber.takeNew();
  const { atomMoved } = reader.limits;
  if (format === 'atom' && atomMoved !== undefined && again.length > 0) findings.note(atomMoved);
  else compare(findings, 'the same edition from another address', again, []);
  findings.figure = `${first.length} + ${news.length}`;
  return findings.result();
}

/**
 * Whoever has both feeds loses nothing, whichever is asked for last: all items of both are there,
 * and those of Atom still lead somewhere.
 */
async function followBoth(
  { limits }: FeedReader,
  open: (name: string) => Promise<Subscriber>,
  { next }: TwoEditions,
  host: FeedHost,
): Promise<CheckResult> {
  const findings = new CheckFindings();
  host.publish('a', next);
  for (const order of [
    ['atom', 'rss'],
    ['rss', 'atom'],
  ] as const) {
    const subscriber = await open(order.join('-'));
    await subscriber.subscribe(order.map((format) => `${host.address}/a/${paths[format]}`));
    await subscriber.fetch();
    const seen = await subscriber.takeNew();
    const linked = new Set(seen.filter(({ link }) => link !== '').map(({ id }) => id));
    const ids = new Set(seen.map(({ id }) => id));
    for (const format of order)
      for (const { id, text } of listItems(next[format])) {
        if (!ids.has(id)) findings.fail(`${id} of ${paths[format]} is not shown.`);
        else if (limits.atomLinks === undefined && /<link\s/.test(text) && !linked.has(id))
          findings.fail(`${id} has a link in ${paths[format]}, and none is shown.`);
      }
  }
  return findings.result();
}

function compare(
  findings: CheckFindings,
  what: string,
  seen: readonly SeenItem[],
  expected: readonly string[],
): void {
  const times = Map.groupBy(seen, ({ id }) => id);
  for (const id of expected)
    if (!times.has(id)) findings.fail(`In ${what}, ${id} is not shown as new.`);
  for (const [id, items] of times) {
    if (!expected.includes(id)) findings.fail(`In ${what}, ${id} is shown as new, and is not.`);
    else if (items.length > 1) findings.fail(`In ${what}, ${id} is shown ${items.length} times.`);
  }
}

/**
 * Links are resolved against the address from which the feed came; where it has none, none is made
 * up.
 */
function checkLinks(
  findings: CheckFindings,
  { name, limits }: FeedReader,
  format: Format,
  seen: readonly SeenItem[],
  address: string,
): void {
  if (format === 'atom' && seen.every(({ link }) => link === '')) {
    if (limits.atomLinks === undefined) findings.fail(`${name} shows no link of an Atom feed.`);
    else findings.note(limits.atomLinks);
  }
  const site = address.slice(0, -paths[format].length);
  for (const { id, link } of seen) {
    if (format === 'rss' && /^https?:/.test(link))
      findings.fail(`${name} makes the link ${link} for ${id}, which has none.`);
    if (format === 'atom' && link !== '' && !link.startsWith(site))
      findings.fail(`${name} takes the relative link of ${id} for ${link}.`);
  }
}

interface FeedHost {
  address: string;
  publish: (mirror: string, feeds: { rss: string; atom: string }) => void;
  stop: () => void;
}

/** A server of two mirrors, whose feeds change while it runs. */
async function serveFeeds(): Promise<FeedHost> {
  const files = new Map<string, string>();
  const server = createServer((request, response) => {
    const body = files.get(request.url ?? '');
    response
      .writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/xml' })
      .end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publish: (mirror, feeds) => {
      for (const format of ['rss', 'atom'] as const)
        files.set(`/${mirror}/${paths[format]}`, feeds[format]);
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
