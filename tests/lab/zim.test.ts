import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { checkZim } from '../../scripts/lab/carried/check-zim.ts';
import { zimReader } from '../../scripts/lab/carried/run-zim.ts';
import { explainMissing } from '../../scripts/lab/programs.ts';
import type { StaticSite } from '../../scripts/lab/site.ts';
import { makeFolder } from '../helpers/build.ts';
import { page, plant } from '../helpers/plant.ts';

const missing = explainMissing(zimReader.needs) !== undefined;

/** A white square of 48 pixels, as PNG: what zimwriterfs wants for an icon. */
function makeIcon(): Buffer {
  const chunk = (name: string, data: Buffer): Buffer => {
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(Buffer.concat([Buffer.from(name), data])));
    return Buffer.concat([length, Buffer.from(name), data, sum]);
  };
  const head = Buffer.from([0, 0, 0, 48, 0, 0, 0, 48, 8, 0, 0, 0, 0]);
  const rows = deflateSync(Buffer.alloc(48 * 49, 0xff).map((_, at) => (at % 49 === 0 ? 0 : 0xff)));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Packs a site as it is, with no check. */
function pack({ folder }: StaticSite, description: string): string {
  const file = join(makeFolder('zim-'), 'garden.zim');
  writeFileSync(join(folder, 'icon.png'), makeIcon());
  const { status, stdout, stderr } = spawnSync('zimwriterfs', [
    ...['--welcome', 'index.html', '--illustration', 'icon.png', '--language', 'eng'],
    ...['--title', 'Garden', '--description', description, '--creator', 'Gardeners'],
    ...['--publisher', 'Gardeners', folder, file],
  ]);
  if (status !== 0) throw new Error(`zimwriterfs: ${String(stdout)}${String(stderr)}`);
  return file;
}

/** What the check of a ZIM file finds, by column. */
async function findFaults(file: string, site: StaticSite): Promise<Record<string, string[]>> {
  const paths = site.pages.map(({ path }) => path).filter((path) => path !== '404.html');
  const { cells } = await checkZim(file, site, paths, makeFolder('kiwix-'));
  return Object.fromEntries(
    [...cells].flatMap(([column, { failures }]) =>
      failures.length === 0 ? [] : [[column, failures]],
    ),
  );
}

describe.skipIf(missing)('the check of a ZIM file', () => {
  test('is silent about a sound one', async () => {
    const site = plant({});
    expect(await findFaults(pack(site, 'A garden.'), site)).toEqual({});
  });

  test('finds what was changed, is missing, leads nowhere, asks others or tells of the machine', async () => {
    const planted = plant({
      'beds/mint.html': page('Mint', '<p>Mint grew. <a href="gone.html">Sage</a></p>', ''),
      'beds/sage.html': page(
        'Sage',
        '<p>Sage grows here. <a href="mint.html">Mint</a><img src="http://counter.invalid/x.png" alt=""></p>',
      ),
    });
    const faults = await findFaults(
      pack(planted, `Made in ${process.cwd()}/`),
      plant({ 'beds/rue.html': page('Rue', '<p>Rue.</p>') }),
    );
    expect(faults).toEqual({
      zimcheck: expect.arrayContaining([
        expect.stringContaining('gone.html'),
        'zimcheck does not pass it.',
      ]),
      files: expect.arrayContaining([
        'beds/rue.html is not in the ZIM file (404).',
        'beds/mint.html has other bytes in the ZIM file.',
      ]),
      text: expect.arrayContaining([expect.stringMatching(/^beds\/mint\.html /)]),
      links: [expect.stringContaining('beds/sage.html')],
      follow: expect.any(Array),
      style: expect.arrayContaining(['beds/mint.html comes without its style']),
      silence: expect.arrayContaining([expect.stringContaining('counter.invalid')]),
      'no name of this machine': [expect.stringContaining('the metadata "Description" holds')],
    });
  });
});
