import { nodePlatform } from '../../src/kit/node/platform.ts';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { hostWith } from '../../scripts/lab/hosts/habits/serve-habit.ts';
import type { Habit } from '../../scripts/lab/hosts/habits/habit.ts';
import { listSiteFiles } from '../../scripts/lab/site.ts';
import { longTest } from '../helpers/depth.ts';
import { makeFolder } from '../helpers/build.ts';
import { changeCopy, makeEdition, writeSignature } from '../helpers/signed-sites.ts';
import {
  anna,
  boris,
  filesOf,
  later,
  makeWorld,
  mallory,
  type World,
} from '../helpers/garden-editions.ts';
import { withDiskFault } from '../helpers/disk-faults.ts';
import { runNode, type NodeOutcome } from '../helpers/run-node.ts';
import { verifyAsJson } from '../helpers/run-verify.ts';
import { openFolder } from '../../src/kit/node/source/folder-copy.ts';
import { replaceFolder } from '../../src/kit/node/mirror/replace-folder.ts';
import { updateMirror } from '../../src/kit/node/mirror/update-mirror.ts';
import { trustClone } from '../../src/kit/node/edition/edition-folder.ts';
import { writeManifest } from '../../src/kit/node/edition/write-manifest.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

const runMirror = (
  words: readonly string[],
  settings: Record<string, string> = {},
): Promise<NodeOutcome> =>
  runNode(['scripts/mirror.ts', ...words], {
    VYRAI_STATE: join(makeFolder('state-'), 'seen.json'),
    CONTENT_DIR: world.clone,
    ...settings,
  });

async function withHost<T>(
  site: string,
  task: (address: string) => Promise<T>,
  habit: Habit = { name: 'plain' },
): Promise<T> {
  const { address, stop } = await hostWith(habit).start(site, makeFolder('host-'));
  try {
    return await task(`${address}/`);
  } finally {
    await stop();
  }
}

/** All files of a folder with their bytes. */
const read = (folder: string): Record<string, string> =>
  Object.fromEntries(
    listSiteFiles(folder).map((path) => [path, readFileSync(join(folder, path), 'latin1')]),
  );
const target = (): string => join(makeFolder('mirror-'), 'site');

describe('what is not authentic changes nothing', () => {
  it.each<
    [
      attack: string,
      source: () => string | Promise<string>,
      code: number,
      message: RegExp,
      habit?: Habit,
    ]
  >([
    [
      'a changed page',
      () => changeCopy(world.sites[3], { 'en/give.html': 'false' }),
      1,
      /TAMPERED/,
    ],
    [
      'a missing page',
      () => changeCopy(world.sites[3], { 'en/give.html': null }),
      1,
      /does not have it/,
    ],
    ['an older edition', () => world.sites[1], 1, /ROLLED BACK/],
    [
      'a key of the adversary',
      async () => {
        const copy = changeCopy(world.sites[3], {
          'en/give.html': 'false',
          [`SHA256SUMS.${anna.publicKey.id}.minisig`]: null,
          [`SHA256SUMS.${boris.publicKey.id}.minisig`]: null,
        });
        await writeSignature(copy, mallory, await writeManifest(copy));
        return copy;
      },
      1,
      /TAMPERED|UNSIGNED/,
    ],
    [
      'an edition past its date',
      () =>
        makeEdition(filesOf(2027), {
          number: 4,
          ...later,
          lookForNewerAfter: '2026-05-02',
          after: world.sites[3],
        }),
      1,
      /STALE/,
    ],
    [
      'a host that alters pages',
      () => world.sites[3],
      1,
      /TAMPERED/,
      { name: 'alters', alter: (html) => html.replace('</body>', '<p>x</p></body>') },
    ],
  ])('%s', async (_, source, code, message, habit) => {
    const folder = target();
    cpSync(world.sites[2], folder, { recursive: true });
    const before = read(folder);
    const outcome = await withHost(
      await source(),
      (address) => runMirror([address, folder], { CONTENT_DIR: world.oldClone }),
      habit,
    );
    expect(outcome).toMatchObject({ code, output: expect.stringMatching(message) });
    expect(read(folder)).toEqual(before);
    expect(readdirSync(dirname(folder))).toEqual(['site']); // nothing is left next to it
  });

  // 13 s of pauses, which verify waits in each run
  longTest('a host that does not answer ends with 3', async () => {
    const folder = target();
    expect((await runMirror(['http://127.0.0.1:1/', folder])).code).toBe(3);
    expect(existsSync(folder)).toBe(false);
  });

  it('a folder with other things in it is refused', async () => {
    const folder = makeFolder('diary-');
    writeFileSync(join(folder, 'diary.txt'), 'mine');
    const { code, output } = await runMirror([world.sites[3], folder]);
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringMatching(/holds "diary\.txt", and is no copy of a site/),
    });
    expect(readFileSync(join(folder, 'diary.txt'), 'utf8')).toBe('mine');
  });

  it('a name in it does not steer the terminal (to paint over why it is refused)', async () => {
    const folder = makeFolder('upload-');
    writeFileSync(join(folder, 'a\u009b2Jb\u202Ec'), '');
    const { code, output } = await runMirror([world.sites[3], folder]);
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('holds "a\\u{9b}2Jb\\u{202e}c"'),
    });
  });

  it('an earlier copy with a file of somebody is refused', async () => {
    const folder = target();
    cpSync(world.sites[2], folder, { recursive: true });
    writeFileSync(join(folder, 'en/notes.txt'), 'mine');
    const { code, output } = await runMirror([world.sites[3], folder]);
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringMatching(/holds "en\/notes\.txt", which belongs to no copy/),
    });
    expect(readFileSync(join(folder, 'en/notes.txt'), 'utf8')).toBe('mine');
  });
});

describe('a disk that does not take it', () => {
  it.each<[what: string, fault: Parameters<typeof withDiskFault>, words: RegExp]>([
    ['is full', ['open', 'ENOSPC', '/en/'], /the disk is full \(ENOSPC\)/],
    ['is for reading only', ['mkdtempSync', 'EROFS', '.site.'], /for reading only \(EROFS\)/],
    ['is mounted there', ['renameSync', 'EBUSY', '/site'], /name a folder inside of it/],
    ['is another one there', ['renameSync', 'EXDEV', '/site'], /name a folder inside of it/],
    ['belongs to somebody else', ['mkdtempSync', 'EACCES', '.site.'], /may not write there/],
  ])('since it %s is named, and what was there stays', async (_, fault, words) => {
    const folder = target();
    cpSync(world.sites[2], folder, { recursive: true });
    const { code, output } = await runMirror([world.sites[3], folder], withDiskFault(...fault));
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(words) });
    expect(output).toContain('What was there was left as it was.');
    expect(output).not.toMatch(/\n\s+at /);
    expect(read(folder)).toEqual(read(world.sites[2]));
    expect(readdirSync(dirname(folder))).toEqual(['site']);
  });

  it('a copy from before that cannot be deleted is named, and is no failure', async () => {
    const folder = target();
    cpSync(world.sites[2], folder, { recursive: true });
    const settings = withDiskFault('rmSync', 'EACCES', '.site.old-');
    const { code, output } = await runMirror([world.sites[3], folder], settings);
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(/could not be deleted whole.*\.site\.old-/),
    });
    expect(read(folder)).toEqual(read(world.sites[3]));
    // Nor does it stop the next run.
    expect((await runMirror([world.sites[3], folder], settings)).code).toBe(0);
  });
});

it('without a key says where to get one, and names no option that it lacks', async () => {
  const settings = { CONTENT_DIR: makeFolder('no-editions-') };
  const { code, output } = await runMirror([world.sites[3], target()], settings);
  expect({ code, output }).toEqual({
    code: 2,
    output: expect.stringMatching(/no key to check with.*--key RW/s),
  });
  expect(output).not.toContain('--allow-unsigned');
});

describe('a mirror', () => {
  it('is byte for byte the edition, and the next mirror comes from it, three generations long, with and without archives', async () => {
    for (const first of [world.sites[3], changeCopy(world.sites[3], { download: null })]) {
      let source = first;
      for (let generation = 1; generation <= 3; generation++) {
        const folder = target();
        const { code, output } = await withHost(source, (address) => runMirror([address, folder]));
        expect({ code, output }).toEqual({
          code: 0,
          output: expect.stringMatching(/edition 3 of garden.*authentic/),
        });
        source = folder;
      }
      expect(read(source)).toEqual(read(first));
      expect((await verifyAsJson([source], { CONTENT_DIR: world.clone })).report.verdict).toBe(
        'authentic',
      );
    }
  });

  it.each(['zip', 'car'])('can be made from a %s alone', async (ending) => {
    const folder = target();
    expect(
      (await runMirror([join(world.sites[3], `download/garden-3.${ending}`), folder])).code,
    ).toBe(0);
    expect(read(folder)).toEqual(read(changeCopy(world.sites[3], { download: null })));
  });

  it('updates: says what changed, fetches what is new, and keeps what its host needs', async () => {
    const folder = target();
    const settings = { CONTENT_DIR: world.oldClone };
    await runMirror([world.sites[2], folder], settings);
    writeFileSync(join(folder, 'CNAME'), 'garden.example\n');
    cpSync(join(folder, 'hosting/headers.txt'), join(folder, '_headers'));
    const { code, output } = await withHost(world.sites[3], (address) =>
      runMirror([address, folder], settings),
    );
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(
        /edition 3.*\(before: edition 2\)\n  0 files added, 7 changed, 0 removed; 7 fetched, with the archives\n  kept next to it: CNAME, _headers/,
      ),
    });
    expect(read(folder)).toEqual({
      ...read(world.sites[3]),
      CNAME: 'garden.example\n',
      _headers: readFileSync(join(world.sites[3], 'hosting/headers.txt'), 'latin1'),
    });
    const again = await withHost(world.sites[3], (address) =>
      runMirror([address, folder], settings),
    );
    expect(again.output).toMatch(/\(as before\)\n  0 files added, 0 changed, 0 removed; 0 fetched/);
  });

  it('does not go back, even with a clone and a memory that know no newer edition', async () => {
    const folder = target();
    await runMirror([world.sites[3], folder], { CONTENT_DIR: world.oldClone });
    const { code, output } = await runMirror([world.sites[2], folder], {
      CONTENT_DIR: world.oldClone,
    });
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/ROLLED BACK/) });
    expect(read(folder)).toEqual(read(world.sites[3]));
  });

  it.each<[what: string, act: (folder: string) => void, message: RegExp]>([
    [
      'a newer edition that another run has brought meanwhile (to have it thrown away by a slow, older one)',
      (folder) => {
        rmSync(folder, { recursive: true });
        cpSync(world.sites[3], folder, { recursive: true });
      },
      /was changed by somebody else/,
    ],
    [
      'a file that somebody has put there meanwhile',
      (folder) => writeFileSync(join(folder, 'en/notes.txt'), 'mine'),
      /"en\/notes\.txt", which belongs to no copy/,
    ],
  ])('does not throw away %s', async (_, act, message) => {
    const folder = target();
    cpSync(world.sites[1], folder, { recursive: true });
    let after: ReturnType<typeof read> | undefined;
    const progress = (): void => {
      if (after) return;
      act(folder);
      after = read(folder);
    };
    const { copy } = openFolder(world.sites[2]);
    await expect(
      updateMirror(copy, folder, await trustClone(world.oldClone, 'this clone'), {
        platform: nodePlatform,
        today: '2026-06-01',
        seen: () => [],
        allowStale: false,
        progress,
      }),
    ).rejects.toThrow(message);
    expect(after).toBeDefined();
    expect(read(folder)).toEqual(after);
    expect(readdirSync(dirname(folder))).toEqual(['site']);
  });

  it('stays where it was if the new one has gone away meanwhile, as cleaners of temporary files have it', () => {
    const folder = target();
    cpSync(world.sites[2], folder, { recursive: true });
    expect(() => replaceFolder(join(dirname(folder), 'gone'), folder)).toThrow(/ENOENT/);
    expect(read(folder)).toEqual(read(world.sites[2]));
  });

  it('is put back by the next run where one was killed between the two renames, and what it left goes', async () => {
    const folder = target();
    await runMirror([world.sites[2], folder], { CONTENT_DIR: world.oldClone });
    writeFileSync(join(folder, 'CNAME'), 'garden.example\n');
    const killed = spawnSync(process.execPath, ['--eval', '']).pid;
    const [old, staging] = ['old', 'building'].map((what) =>
      join(dirname(folder), `.site.${what}-${killed}-AbCd12`),
    ) as [string, string];
    mkdirSync(old);
    renameSync(folder, join(old, 'was'));
    mkdirSync(staging);
    const running = join(dirname(folder), `.site.building-${process.pid}-AbCd12`);
    mkdirSync(running); // of a process that still runs
    const { code, output } = await runMirror([world.sites[3], folder]);
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(/the copy from before was found and put back/),
    });
    expect(output).toMatch(/kept next to it: CNAME/);
    expect(readFileSync(join(folder, 'CNAME'), 'utf8')).toBe('garden.example\n');
    expect(readdirSync(dirname(folder)).sort()).toEqual([basename(running), 'site']);
  });

  it('can be read by everybody, whatever the umask of who runs it', async () => {
    const folder = target();
    const before = process.umask(0o077);
    try {
      await runMirror([world.sites[3], folder]);
    } finally {
      process.umask(before);
    }
    const modes = readdirSync(folder, { recursive: true, withFileTypes: true }).map(
      (item) => statSync(join(item.parentPath, item.name)).mode & 0o777,
    );
    expect(new Set(modes)).toEqual(new Set([0o644, 0o755]));
  });

  it('is never that of another campaign, though the same keys have signed it', async () => {
    const folder = target();
    const [orchard, garden] = await Promise.all(
      ['orchard', 'garden'].map((campaign) =>
        makeEdition(filesOf(2026), { number: 1, campaign, keys: [anna] }),
      ),
    );
    const key = ['--key', printPublicKey(anna.publicKey)];
    expect(await runMirror([garden!, folder, ...key])).toMatchObject({ code: 0 });
    const { code, output } = await runMirror([orchard!, folder, ...key]);
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringMatching(/holds a copy of the campaign "garden".*"orchard"/),
    });
    expect(read(folder)).toEqual(read(garden!));
  });

  it('hands on no words that nobody has signed', async () => {
    const folder = target();
    const path = `SHA256SUMS.${anna.publicKey.id}.minisig`;
    const words = (bytes: Buffer) => String(bytes).replace(/: .*/, ': give to 0417 1644');
    const copy = changeCopy(world.sites[3], { [path]: words });
    const { code, output } = await runMirror([copy, folder]);
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/INJECTED/) });
    expect(existsSync(folder)).toBe(false);
  });

  it.each<
    [what: string, changes: () => Record<string, string | Buffer>, taken: string[], note: RegExp]
  >([
    [
      'a zip with words behind its end, and takes the CAR',
      () => ({
        'download/garden-3.zip': Buffer.concat([
          readFileSync(join(world.sites[3], 'download/garden-3.zip')),
          Buffer.from('give to 0417 1644'),
        ]),
      }),
      ['CID.txt', 'garden-3.car'],
      /"download\/garden-3\.zip" was left where it is: .*17 bytes follow the end of the zip/,
    ],
    [
      'a list and a CID that say other words',
      () => ({
        'download/SHA256SUMS': 'give to 0417 1644',
        'download/CID.txt': 'give to 0417 1644',
      }),
      ['CID.txt', 'garden-3.car', 'garden-3.zip'],
      /with the archives/,
    ],
    [
      'archives of an older edition under the new name',
      () =>
        Object.fromEntries(
          ['zip', 'car'].map((ending) => [
            `download/garden-3.${ending}`,
            readFileSync(join(world.sites[2], `download/garden-2.${ending}`)),
          ]),
        ),
      [],
      /without archives[^]*"download\/garden-3\.zip" was left where it is: .*it holds edition 2/,
    ],
  ])('leaves %s', async (_, changes, taken, note) => {
    const folder = target();
    const { code, output } = await runMirror([changeCopy(world.sites[3], changes()), folder]);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(note) });
    const below = join(folder, 'download');
    expect(existsSync(below) ? readdirSync(below).sort() : []).toEqual(taken);
    expect(Object.values(read(folder)).join()).not.toMatch(/1644/);
  });

  it('of an edition past its date can be had by name', async () => {
    const stale = await makeEdition(filesOf(2027), {
      number: 4,
      ...later,
      lookForNewerAfter: '2026-05-02',
      after: world.sites[3],
    });
    const { code, output } = await runMirror([stale, target(), '--allow-stale']);
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(/edition 4.*stale/),
    });
  });
});
