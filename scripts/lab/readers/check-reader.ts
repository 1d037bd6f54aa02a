import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { ProgramError } from '../process.ts';
import { CheckFindings, type CheckResult } from '../report.ts';
import { listItems } from './feed-text.ts';
import type { FeedReader, SeenItem, Subscriber } from './feed-reader.ts';

/** The feeds of a language: the texts of their files. */
export type Feeds = Record<Format, string>;

/** The feeds of a language in two editions. */
export interface TwoEditions {
  first: Feeds;
  next: Feeds;
  /** What another mirror has of the next edition; the same, unless a fault is planted. */
  elsewhere?: Feeds;
}

export const readerColumns = ['RSS', 'Atom', 'JSON', 'links', 'both feeds'] as const;

const formats = {
  rss: { path: 'en/feed.xml', column: 'RSS', type: 'application/xml' },
  atom: { path: 'en/feed.atom.xml', column: 'Atom', type: 'application/xml' },
  json: { path: 'en/feed.json', column: 'JSON', type: 'application/json' },
} as const;
type Format = keyof typeof formats;
const allFormats = Object.keys(formats) as Format[];

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
    for (const format of allFormats) {
      const subscriber = await open(format);
      version = subscriber.version;
      const run =
        format === 'json' && reader.limits.noJson !== undefined ? tryJson : followEditions;
      const { column } = formats[format];
      cells.set(column, await run(reader, subscriber, format, editions, host, links));
    }
    cells.set('links', links.result());
    cells.set('both feeds', await followBoth(reader, open, editions, host));
    return { version, cells };
  } finally {
    host.stop();
  }
}

/** A program that knows no JSON Feed shows nothing of one; one that does by now has to be named. */
async function tryJson(
  { limits, name }: FeedReader,
  subscriber: Subscriber,
  format: Format,
  editions: TwoEditions,
  host: FeedHost,
): Promise<CheckResult> {
  const findings = new CheckFindings();
  host.publish('a', editions.next);
  await subscriber.subscribe([`${host.address}/a/${formats[format].path}`]);
  // Some end with an error for a feed that they cannot read.
  const refused = await subscriber.fetch().then(
    () => false,
    (error: unknown) => error instanceof ProgramError,
  );
  const seen = refused ? [] : await subscriber.takeNew();
  if (seen.length > 0) findings.fail(`${name} reads JSON Feed: take "noJson" out of its limits.`);
  findings.note(limits.noJson ?? '');
  return findings.result();
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
  const address = (mirror: string) => `${host.address}/${mirror}/${formats[format].path}`;
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
    await subscriber.subscribe(order.map((format) => `${host.address}/a/${formats[format].path}`));
    await subscriber.fetch();
    const seen = await subscriber.takeNew();
    const linked = new Set(seen.filter(({ link }) => link !== '').map(({ id }) => id));
    const ids = new Set(seen.map(({ id }) => id));
    for (const format of order)
      for (const { id, text } of listItems(next[format])) {
        if (!ids.has(id)) findings.fail(`${id} of ${formats[format].path} is not shown.`);
        else if (limits.atomLinks === undefined && /<link\s/.test(text) && !linked.has(id))
          findings.fail(`${id} has a link in ${formats[format].path}, and none is shown.`);
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
  if (format !== 'rss' && seen.every(({ link }) => link === '')) {
    const { column } = formats[format];
    if (limits.atomLinks === undefined) findings.fail(`${name} shows no link of ${column}.`);
    else findings.note(limits.atomLinks);
  }
  const site = address.slice(0, -formats[format].path.length);
  for (const { id, link } of seen) {
    if (format === 'rss' && /^https?:/.test(link))
      findings.fail(`${name} makes the link ${link} for ${id}, which has none.`);
    if (format !== 'rss' && link !== '' && !link.startsWith(site))
      findings.fail(`${name} takes the relative link of ${id} for ${link}.`);
  }
}

interface FeedHost {
  address: string;
  publish: (mirror: string, feeds: Feeds) => void;
  stop: () => void;
}

/** A server of two mirrors, whose feeds change while it runs. */
async function serveFeeds(): Promise<FeedHost> {
  const files = new Map<string, string>();
  const server = createServer(({ url = '' }, response) => {
    const body = files.get(url);
    const { type } = formats[allFormats.find((each) => url.endsWith(formats[each].path)) ?? 'rss'];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publish: (mirror, feeds) => {
      for (const format of allFormats)
        files.set(`/${mirror}/${formats[format].path}`, feeds[format]);
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
