import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, openSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listSiteFiles } from '../../scripts/lab/site.ts';
import { writeZip } from '../../src/kit/node/pack/write-zip.ts';
import { printEnd, printListedEntry } from '../../src/kit/core/archive/zip/zip-records.ts';
import { openZip } from '../../src/kit/node/source/open-source.ts';
import { isThere, readWhole } from '../helpers/archives.ts';
import { makeFolder } from '../helpers/build.ts';
import { oddFiles, packElsewhere, writeSite } from '../helpers/source-site.ts';

const place = () => join(makeFolder('zip-'), 'site.zip');
const paths = [...oddFiles.keys()];

async function pack(
  folder = writeSite(oddFiles),
  order: readonly string[] = paths,
): Promise<string> {
  const target = place();
  await writeZip(folder, order, target);
  return target;
}

const hash = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex');
/**
 * Changes with the packed form of any file: after a new fflate, every edition that was signed
 * before has to be kept as it was packed.
 */
const pinned = 'a867113f1a56c1220fa40131c44de48372476cddded18df1b9f48065f8bf1f96';

describe('the records of a zip', () => {
  it.each([
    [
      'an entry beyond 4 GB',
      () =>
        printListedEntry({
          nameBytes: Buffer.from('a'),
          method: 0,
          crc: 0,
          packedSize: 0,
          size: 0,
          offset: 2 ** 32,
        }),
    ],
    ['65,536 entries', () => printEnd(65_536, 0, 0)],
  ])('do not cut off the number of %s', (_, print) => {
    expect(print).toThrow(RangeError);
  });
});

describe('writeZip', () => {
  it('gives the bytes that are pinned here', async () => {
    expect(hash(await pack())).toBe(pinned);
  });

  it('gives the same bytes for any order of the paths', async () => {
    expect(hash(await pack(undefined, paths.toReversed()))).toBe(pinned);
  });

  it('gives the same bytes for other times and rights of the files', async () => {
    const folder = writeSite(oddFiles);
    for (const [index, path] of paths.entries()) {
      utimesSync(join(folder, path), 86_400 * index, 10 ** 9 + index);
      chmodSync(join(folder, path), index % 2 === 0 ? 0o755 : 0o600);
    }
    expect(hash(await pack(folder))).toBe(pinned);
  });

  it.each(['Pacific/Kiritimati', 'America/St_Johns', 'Asia/Kathmandu', 'UTC'])(
    'gives the same bytes in the time zone %s',
    (zone) => {
      const target = place();
      packElsewhere('writeZip', writeSite(oddFiles), paths, target, {
        TZ: zone,
        LC_ALL: 'C',
        LANG: '',
      });
      expect(hash(target)).toBe(pinned);
    },
  );

  it('gives other bytes for another byte and for another name', async () => {
    const changed = writeSite(new Map([...oddFiles, ['7', Buffer.from('SEVEN')]]));
    const renamed = new Map(
      [...oddFiles].map(([path, bytes]) => [path === '7' ? '8' : path, bytes]),
    );
    expect(hash(await pack(changed))).not.toBe(pinned);
    expect(hash(await pack(writeSite(renamed), [...renamed.keys()]))).not.toBe(pinned);
  });

  it('is read by our own reader, in byte order', async () => {
    const files = await readWhole(openZip, await pack());
    expect([...files]).toEqual([...oddFiles]);
  });
});

const python = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
  assert z.testzip() is None
  z.extractall(sys.argv[2])
  print(json.dumps([[i.filename, i.date_time, oct(i.external_attr >> 16), i.create_system, i.compress_type, i.flag_bits] for i in z.infolist()]))`;

const tools = [
  ['Info-ZIP', isThere('unzip', '-v'), 'unzip', ['-q', 'ZIP', '-d', 'OUT']],
  ['bsdtar', isThere('bsdtar', '--version'), 'bsdtar', ['-xf', 'ZIP', '-C', 'OUT']],
  ['bsdtar from a stream', isThere('bsdtar', '--version'), 'bsdtar', ['-xf', '-', '-C', 'OUT']],
  ['Python', isThere('python3', '--version'), 'python3', ['-c', python, 'ZIP', 'OUT']],
] as const;

describe('a zip of ours is unpacked by', () => {
  for (const [title, isHere, command, parameters] of tools) {
    it.skipIf(!isHere)(title, async () => {
      const zip = await pack();
      const out = makeFolder('out-');
      const words = parameters.map((word) => word.replace('ZIP', zip).replace('OUT', out));
      execFileSync(command, words, {
        env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'Asia/Kathmandu' },
        stdio: [openSync(zip, 'r'), 'pipe', 'pipe'],
      });
      expect(
        new Map(listSiteFiles(out).map((path) => [path, readFileSync(join(out, path))])),
      ).toEqual(oddFiles);
    });
  }

  it.skipIf(!isThere('python3', '--version'))(
    'Python, which sees one date, one mode, and UTF-8 where it is needed',
    async () => {
      const seen: unknown = JSON.parse(
        execFileSync('python3', ['-c', python, await pack(), makeFolder('out-')], {
          encoding: 'utf8',
        }),
      );
      const [stored, deflated, utf8] = [0, 8, 0x800];
      const row = (path: string, method: number, flags = 0) => [
        path,
        [1980, 1, 1, 0, 0, 0],
        '0o100644',
        3,
        method,
        flags,
      ];
      expect(seen).toEqual([
        row('404.html', deflated),
        row('7', stored),
        row('__proto__', stored),
        row('en/deep/er/a.html', stored),
        row('en/nothing.txt', stored),
        row('en/same.html', stored),
        row('en/words.html', deflated),
        row('en/zeros.bin', stored), // deflate would make a bomb of it
        row('noise.bin', stored),
        row('ru/длинное имя.html', deflated, utf8),
        row('ｚ.html', deflated, utf8),
        row('🌱.html', stored, utf8),
      ]);
    },
  );
});
