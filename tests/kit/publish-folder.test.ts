import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { listSiteFiles } from '../../scripts/lab/site.ts';
import { makeFolder } from '../helpers/build.ts';
import { anna, filesOf, later, makeWorld, type World } from '../helpers/garden-editions.ts';
import { runPublish } from '../helpers/run-publish.ts';
import { changeCopy, makeEdition, writeFiles } from '../helpers/signed-sites.ts';
import { serveFolder } from '../../scripts/build/serve.ts';
import type { AddressInfo } from 'node:net';
import { writeManifest } from '../../src/kit/node/edition/write-manifest.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
/** An edition is published by a clone that knows no later one. */
const publish = (site: string, words: readonly string[]) =>
  runPublish(site, site === world.sites[2] ? world.oldClone : world.clone, words);
const read = (folder: string): Record<string, string> =>
  Object.fromEntries(
    listSiteFiles(folder).map((path) => [path, readFileSync(join(folder, path), 'latin1')]),
  );
const target = (): string => join(makeFolder('place-'), 'site');

async function makeDraft(): Promise<string> {
  const folder = makeFolder('draft-');
  writeFiles(folder, {
    'index.html': 'draft',
    'EDITION.txt': 'format: 1\ncampaign: garden\ndraft-of: 4\n',
  });
  await writeManifest(folder);
  return folder;
}

/** An edition whose date has gone by, whenever this runs. */
const makeStale = (): Promise<string> =>
  makeEdition(filesOf(2026), {
    number: 4,
    ...later,
    date: '2026-06-01',
    lookForNewerAfter: '2026-06-02',
    after: world.sites[3],
  });

describe('what must not be published changes nothing', () => {
  it.each<[what: string, site: () => string | Promise<string>, message: RegExp, code?: number]>([
    ['a folder without a site', () => makeFolder('empty-'), /holds no built site.*npm run build/],
    ['a changed page', () => changeCopy(world.sites[3], { 'en/give.html': 'x' }), /TAMPERED/],
    ['a missing page', () => changeCopy(world.sites[3], { 'en/give.html': null }), /INCOMPLETE/],
    ['a draft', makeDraft, /It is a draft.*--draft/],
    [
      'an edition with too few signatures',
      () => changeCopy(world.sites[3], { [`SHA256SUMS.${anna.publicKey.id}.minisig`]: null }),
      /UNSIGNED[^]*Edition 3 lacks signatures/,
    ],
    ['an edition past its date', makeStale, /STALE[^]*--allow-stale/],
  ])('%s', async (_, site, message, code = 1) => {
    const place = target();
    const outcome = await publish(await site(), [place]);
    expect(outcome.output).toMatch(message);
    expect(outcome.code).toBe(code);
    expect(existsSync(place)).toBe(false);
  });
  it('an edition with too few signatures, as a draft neither', async () => {
    const half = changeCopy(world.sites[3], {
      [`SHA256SUMS.${anna.publicKey.id}.minisig`]: null,
    });
    const place = target();
    const { code, output } = await publish(half, [place, '--draft']);
    expect([code, existsSync(place)]).toEqual([1, false]);
    expect(output).toContain('lacks signatures');
  });
});

describe('a place that holds something else is left as it is', () => {
  const cases: [what: string, there: () => string | Promise<string>, message: RegExp][] = [
    ['the folder of somebody', () => makeFilled({ 'novel.txt': 'Call me' }), /novel\.txt/],
    [
      'an edition and a file of somebody',
      () => changeCopy(world.sites[2], { 'a.txt': 'mine' }),
      /a\.txt/,
    ],
    [
      'another campaign',
      () => makeEdition({ 'index.html': 'x' }, { number: 1, keys: [anna], campaign: 'orchard' }),
      /holds the campaign .orchard/,
    ],
    ['a newer edition', () => world.sites[3], /holds edition 3, and this is edition 2/],
  ];
  it.each(cases)('%s', async (_, there, message) => {
    const place = changeCopy(await there(), {});
    const before = read(place);
    const { code, output } = await publish(world.sites[2], [place]);
    expect(output).toMatch(message);
    expect(code).toBe(1);
    expect(read(place)).toEqual(before);
  });
  it('an edition is not replaced by a draft', async () => {
    const place = changeCopy(world.sites[2], {});
    const { code, output } = await publish(await makeDraft(), [place, '--draft']);
    expect(output).toMatch(/holds edition 2, which readers can check/);
    expect([code, read(place)]).toEqual([1, read(world.sites[2])]);
  });
});

function makeFilled(files: Record<string, string>): string {
  const folder = makeFolder('filled-');
  writeFiles(folder, files);
  return folder;
}

describe('a folder', () => {
  it('gets an edition, then the next one; a third run has nothing to do', async () => {
    const place = target();
    expect((await publish(world.sites[2], [place])).output).toContain('edition 2 of garden');
    expect(read(place)).toEqual(read(world.sites[2]));
    const { output, code } = await publish(world.sites[3], [place]);
    expect([code, read(place)]).toEqual([0, read(world.sites[3])]);
    expect(output).toContain('copying');
    expect((await publish(world.sites[3], [place])).output).toContain('nothing to do');
  });
  it('gets a draft where it is asked for by name', async () => {
    const [place, draft] = [target(), await makeDraft()];
    expect((await publish(draft, [place, '--draft'])).code).toBe(0);
    expect(read(place)).toEqual(read(draft));
  });
  it('gets an edition past its date where it is asked for by name', async () => {
    const [place, stale] = [target(), await makeStale()];
    expect((await publish(stale, [place, '--allow-stale'])).code).toBe(0);
    expect(read(place)).toEqual(read(stale));
  });
  it('keeps what its host needs, and renews settings that are a copy', async () => {
    const place = target();
    await publish(world.sites[2], [place, '--with', '_headers']);
    writeFileSync(join(place, 'CNAME'), 'garden.example\n');
    await publish(world.sites[3], [place]);
    expect(read(place)).toEqual({
      ...read(world.sites[3]),
      CNAME: 'garden.example\n',
      _headers: read(world.sites[3])['hosting/headers.txt'],
    });
  });
  it('is left as it is by --dry-run, which says what would be done', async () => {
    const place = target();
    const { output, code } = await publish(world.sites[3], [place, '--dry-run']);
    expect([code, existsSync(place)]).toEqual([0, false]);
    expect(output).toMatch(
      /would do: new files: .*\n.*would do: manifest.*\n.*would do: signatures/,
    );
  });
  it('takes nothing along that a system has left in the site', async () => {
    const place = target();
    const site = changeCopy(world.sites[3], { '.nojekyll': '', 'en/Thumbs.db': 'x' });
    expect((await publish(site, [place])).code).toBe(0);
    expect(read(place)).toEqual(read(world.sites[3]));
  });
});

describe('the address is verified afterwards', () => {
  async function withServer<T>(folder: string, task: (address: string) => Promise<T>): Promise<T> {
    mkdirSync(folder, { recursive: true });
    const server = await serveFolder(folder, 0);
    try {
      return await task(`http://localhost:${(server.address() as AddressInfo).port}/`);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }
  it('serves what was published', async () => {
    const place = target();
    await withServer(place, async (address) => {
      const { code, output } = await publish(world.sites[3], [place, '--address', address]);
      expect([code, output]).toEqual([0, expect.stringContaining(`${address}: AUTHENTIC`)]);
    });
  });
  it('serves the edition before, which is authentic and not the one that was published', async () => {
    await withServer(world.sites[2], async (address) => {
      const { code, output } = await publish(world.sites[3], [target(), '--address', address]);
      expect([code, output]).toEqual([1, expect.stringContaining('serves another list')]);
    });
  });
});

describe('wrong words', () => {
  it.each<[words: string[], message: RegExp]>([
    [[], /Found no target/],
    [['s3:bucket'], /begins with s3:, expected/],
    [['place', '--address', 'garden.example'], /--address is garden\.example/],
    [['place', '--with', 'robots.txt'], /--with robots\.txt: expected one of _headers/],
  ])('%j', async (words, message) => {
    const { code, output } = await publish(world.sites[3], words);
    expect([code, output]).toEqual([2, expect.stringMatching(message)]);
  });
});
