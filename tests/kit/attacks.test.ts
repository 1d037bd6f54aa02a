import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyCopy } from '../../src/kit/core/verify/verify-copy.ts';
import { nodePlatform } from '../../src/kit/node/platform.ts';
import { trustClone } from '../../src/kit/node/edition/edition-folder.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/kit/core/verify/verdict.ts';
import { openFolder } from '../../src/kit/node/source/folder-copy.ts';
import { writeManifest, writeArchives } from '../../src/kit/node/edition/write-manifest.ts';
import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { makeAppleDouble } from '../helpers/apple-double.ts';
import { makeFolder } from '../helpers/build.ts';
import { inventChain } from '../helpers/chains.ts';
import {
  changeCopy,
  keepEdition,
  makeEdition,
  writeFiles,
  writeSignature,
} from '../helpers/signed-sites.ts';
import {
  anna,
  boris,
  clara,
  dora,
  filesOf as files,
  later,
  makeWorld,
  mallory,
  page,
  type Key,
  type World,
} from '../helpers/garden-editions.ts';
import { makeZip } from '../helpers/make-zip.ts';
import { chooseRows } from '../helpers/depth.ts';
import { checkAsJson, runVerify, verifyAsJson } from '../helpers/run-verify.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

/** Signs a changed copy again, as an adversary with these keys can. */
async function signAgain(folder: string, keys: readonly Key[]): Promise<string> {
  const list = await writeManifest(folder);
  for (const name of readdirSync(folder))
    if (name.endsWith('.minisig')) renameSync(join(folder, name), join(makeFolder('gone-'), name));
  for (const key of keys) await writeSignature(folder, key, list);
  return changeCopy(folder, { download: null });
}

const editList =
  (path: string, from: string | RegExp, to: string) =>
  (bytes: Buffer): string => {
    const text = bytes.toString();
    if (text.replace(from, to) === text) throw new Error(`nothing changed in ${path}`);
    return text.replace(from, to);
  };
const swapAccount = (bytes: Buffer): string => editList('page', '0417 1643', '0417 1644')(bytes);
const put = (name: string, bytes: Buffer): string => {
  const file = join(makeFolder('file-'), name);
  writeFileSync(file, bytes);
  return file;
};
const archive = (ending: string): Buffer =>
  readFileSync(join(world.sites[3], `download/garden-3.${ending}`));

type Row = [
  attack: string,
  wish: string,
  copy: () => string | Promise<string>,
  verdict: Verdict,
  evidence: RegExp,
  clone?: 'old',
];

const changed: Row[] = [
  [
    'a byte changed in a page',
    'readers to believe another sentence',
    () =>
      changeCopy(world.sites[3], {
        'en/home.html': (bytes) => bytes.toString().replace('grows', 'grew'),
      }),
    'tampered',
    /"en\/home\.html" has other bytes/,
  ],
  [
    'a page added',
    'a false page under the name of a checked site',
    () => changeCopy(world.sites[3], { 'en/login.html': page('Log in', 'Your name?') }),
    'injected',
    /"en\/login\.html" is in no list/,
  ],
  [
    'a page removed',
    'a warning not to be read',
    () => changeCopy(world.sites[3], { 'en/give.html': null }),
    'incomplete',
    /"en\/give\.html" is missing/,
  ],
  [
    'the account swapped in one language',
    'the money',
    () => changeCopy(world.sites[3], { 'fr/give.html': swapAccount }),
    'tampered',
    /"fr\/give\.html" has other bytes/,
  ],
  [
    'a script injected by a host into all pages',
    'to see who reads',
    () =>
      changeCopy(
        world.sites[3],
        Object.fromEntries(
          Object.keys(files(2026))
            .filter((path) => path.endsWith('.html'))
            .map((path) => [
              path,
              (bytes: Buffer) =>
                bytes.toString().replace('</body>', '<script src="/x.js"></script></body>'),
            ]),
        ),
      ),
    'tampered',
    /"404\.html" has other bytes/,
  ],
  [
    'two pages exchanged',
    'the old warning where the new one was',
    () =>
      changeCopy(world.sites[3], {
        'en/home.html': readFileSync(join(world.sites[3], 'en/give.html')),
      }),
    'tampered',
    /"en\/home\.html" holds what belongs to "en\/give\.html"/,
  ],
  [
    'a symbolic link for a page',
    'another file to be shown later',
    () => {
      const copy = changeCopy(world.sites[3], { 'en/home.html': null });
      symlinkSync('give.html', join(copy, 'en/home.html'));
      return copy;
    },
    'injected',
    /"en\/home\.html" is a symbolic link/,
  ],
  [
    'a pipe for a page',
    'the checker to wait for ever',
    () => {
      const copy = changeCopy(world.sites[3], { 'en/home.html': null });
      execFileSync('mkfifo', [join(copy, 'en/home.html')]);
      return copy;
    },
    'injected',
    /"en\/home\.html" is neither a file nor a folder/,
  ],
  [
    'a page with a hole of 4 TB in it',
    'the hours of the checker, the disk of the next mirror',
    () => {
      const copy = changeCopy(world.sites[3], {});
      truncateSync(join(copy, 'en/home.html'), 4 * 2 ** 40);
      return copy;
    },
    'tampered',
    /"en\/home\.html" has 4398046511104 bytes, expected at most/,
  ],
  [
    'a name that steers the terminal',
    'the verdict to be painted over',
    () => changeCopy(world.sites[3], { 'en/\u001b[2Jok.html': 'x' }),
    'injected',
    /"en\/\\u\{1b\}\[2Jok\.html" is in no list/,
  ],
];

const lists: Row[] = [
  [
    'the list edited to fit a changed page',
    'sha256sum -c to succeed',
    async () => {
      const copy = changeCopy(world.sites[3], { 'en/give.html': swapAccount });
      await writeManifest(copy);
      return copy;
    },
    'tampered',
    /signature of the key [0-9A-F]{16} does not fit/,
  ],
  [
    'the list edited, and the checker knows the true one',
    'the same',
    async () => {
      const copy = changeCopy(world.sites[3], { 'en/give.html': swapAccount });
      await writeManifest(copy);
      return copy;
    },
    'tampered',
    /"en\/give\.html" has other bytes/,
  ],
  [
    'a line taken out of the list with its file',
    'a warning not to be missed',
    async () => {
      const copy = changeCopy(world.sites[3], { 'en/give.html': null });
      await writeManifest(copy);
      return copy;
    },
    'tampered',
    /The list is not that of edition 3/,
  ],
  [
    'no list',
    'nothing to be checked',
    () => changeCopy(world.sites[3], { SHA256SUMS: null }),
    'incomplete',
    /SHA256SUMS is missing/,
  ],
  [
    'no EDITION.txt',
    'its date not to be seen',
    () => changeCopy(world.sites[3], { 'EDITION.txt': null }),
    'incomplete',
    /EDITION\.txt is missing/,
  ],
  [
    'another list that the same keys have signed, for the list of the site',
    'a signed list without pages',
    async () => {
      const copy = changeCopy(world.sites[3], { SHA256SUMS: `${'a'.repeat(64)}  CID.txt\n` });
      for (const key of [anna, boris]) await writeSignature(copy, key);
      return copy;
    },
    'tampered',
    /The list does not name EDITION\.txt/,
  ],
  [
    'a list of a million lines',
    'the checker to run out of memory',
    () =>
      changeCopy(world.sites[3], {
        SHA256SUMS: Array.from(
          { length: 1_000_000 },
          (_, n) => `${'a'.repeat(64)}  ${String(n).padStart(7, '0')}\n`,
        ).join(''),
      }),
    'tampered',
    /SHA256SUMS.*(?:bytes|line)/,
  ],
  [
    'a list without line ends',
    'the same',
    () => changeCopy(world.sites[3], { SHA256SUMS: 'a'.repeat(2 ** 20) }),
    'tampered',
    /SHA256SUMS, line 1/,
  ],
  [
    'a list that names a file twice',
    'each checker to take another hash',
    () =>
      changeCopy(world.sites[3], {
        SHA256SUMS: (bytes) => bytes.toString().replace(/^(.*404\.html\n)/m, '$1$1'),
      }),
    'tampered',
    /a second time/,
  ],
  [
    'a list with ".."',
    'to have files of the checker read',
    () => changeCopy(world.sites[3], { SHA256SUMS: `${'a'.repeat(64)}  ../../etc/passwd\n` }),
    'tampered',
    /a path with "\.\."/,
  ],
  [
    'a list with an absolute path',
    'the same',
    () => changeCopy(world.sites[3], { SHA256SUMS: `${'a'.repeat(64)}  /etc/passwd\n` }),
    'tampered',
    /an absolute path/,
  ],
  [
    'a list with NUL in a name',
    'another name for other tools',
    () => changeCopy(world.sites[3], { SHA256SUMS: `${'a'.repeat(64)}  index.html\0.png\n` }),
    'tampered',
    /a control character/,
  ],
  [
    'a list with invisible signs in a name',
    'a page that looks like another',
    () => changeCopy(world.sites[3], { SHA256SUMS: `${'a'.repeat(64)}  in\u200bdex.html\n` }),
    'tampered',
    /cannot be seen/,
  ],
];

const keys: Row[] = [
  [
    'all signed anew by a key of the adversary',
    'a signature to be enough',
    () => signAgain(changeCopy(world.sites[3], { 'en/give.html': swapAccount }), [mallory]),
    'tampered',
    new RegExp(`signed by ${mallory.publicKey.id}, which is no key that you trust`),
  ],
  [
    'one signature of two',
    'one seized laptop to be enough',
    () => changeCopy(world.sites[3], { [`SHA256SUMS.${boris.publicKey.id}.minisig`]: null }),
    'unsigned',
    /1 of 3 keys, 2 are needed/,
  ],
  [
    'a new edition signed by one stolen key',
    'the same',
    async () =>
      signAgain(await makeEdition(files(2027), { number: 4, ...later, after: world.sites[3] }), [
        anna,
      ]),
    'unsigned',
    /Edition 4 is not proven: it has the signatures of 1 of 3 keys/,
  ],
  [
    'an edition signed with a key that was taken out',
    'a seized key to count on',
    () =>
      makeEdition(files(2027), {
        number: 4,
        keys: [anna, clara, dora],
        threshold: 2,
        signers: [anna, clara],
        after: world.sites[3],
      }),
    'tampered',
    /It names other keys than this clone knows for edition 4/,
  ],
  [
    'the key replaced on the mirror',
    'a key of theirs to be taken from EDITION.txt',
    async () =>
      signAgain(
        changeCopy(world.sites[3], {
          'EDITION.txt': (bytes) =>
            bytes
              .toString()
              .replaceAll(/^(signed-by: ).*$/gm, '$1')
              .replaceAll(/^signed-by: \n/gm, '')
              .replace(/^threshold: [^]*/m, '') +
            `threshold: 1\nkey: ${printPublicKey(mallory.publicKey)}\nnext-threshold: 1\nnext-key: ${printPublicKey(mallory.publicKey)}\nsigned-by: ${mallory.publicKey.id}\n`,
        }),
        [mallory],
      ),
    'tampered',
    /It names other keys than this clone knows for edition 3/,
  ],
  [
    'no signatures',
    'to pass for an honest draft',
    () =>
      changeCopy(world.sites[3], {
        [`SHA256SUMS.${anna.publicKey.id}.minisig`]: null,
        [`SHA256SUMS.${boris.publicKey.id}.minisig`]: null,
        download: null,
      }),
    'unsigned',
    /Edition 3 is not proven/,
  ],
  [
    'the signature of another file',
    'a true signature to be seen',
    async () => {
      const copy = changeCopy(world.sites[3], {});
      await writeSignature(copy, anna, Buffer.from(`${'a'.repeat(64)}  another.html\n`));
      return copy;
    },
    'tampered',
    /does not fit/,
  ],
  [
    'the signature of an older list',
    'the same',
    () =>
      changeCopy(world.sites[3], {
        [`SHA256SUMS.${anna.publicKey.id}.minisig`]: readFileSync(
          join(world.sites[2], `SHA256SUMS.${anna.publicKey.id}.minisig`),
        ),
      }),
    'tampered',
    /does not fit/,
  ],
  [
    'a signature that is none',
    'the checker to stop',
    () =>
      changeCopy(world.sites[3], {
        [`SHA256SUMS.${anna.publicKey.id}.minisig`]: '<html>404</html>',
      }),
    'tampered',
    /no signature of minisign/,
  ],
  [
    'one signer twice, under another name',
    'one key to count as two',
    () =>
      changeCopy(world.sites[3], {
        [`SHA256SUMS.${boris.publicKey.id}.minisig`]: readFileSync(
          join(world.sites[3], `SHA256SUMS.${anna.publicKey.id}.minisig`),
        ),
      }),
    'tampered',
    /The signature is of the key/,
  ],
  [
    'a stranger’s signature besides',
    'its comment to be read',
    () =>
      changeCopy(world.sites[3], {
        [`SHA256SUMS.${mallory.publicKey.id}.minisig`]: 'untrusted comment: send money to …',
      }),
    'injected',
    /a signature of a key that this edition does not have/,
  ],
  [
    'an account in the first line of a true signature',
    'it to be read, and handed on by each mirror',
    () =>
      changeCopy(world.sites[3], {
        [`SHA256SUMS.${anna.publicKey.id}.minisig`]: (bytes) =>
          bytes.toString().replace(/: .*/, ': give to 0417 1644'),
      }),
    'injected',
    /its first line is "give to 0417 1644", which nobody has signed/,
  ],
  [
    'a signed list of archives, as nobody makes any more, with an account in its first line',
    'the same',
    () =>
      changeCopy(world.sites[3], {
        'download/SHA256SUMS': `${'a'.repeat(64)}  garden-3.zip\n`,
        [`download/SHA256SUMS.${anna.publicKey.id}.minisig`]:
          'untrusted comment: give to 0417 1644\n',
      }),
    'injected',
    /"download\/SHA256SUMS\.[0-9A-F]{16}\.minisig" is in no list/,
  ],
  [
    'an edition of another campaign of the same keys',
    'what was said elsewhere to count here',
    async () =>
      makeEdition(files(2026), {
        number: 3,
        campaign: 'orchard',
        ...later,
        after: await inventChain(2, later.keys, { campaign: 'orchard', threshold: 2 }),
      }),
    'tampered',
    /of the campaign "orchard", expected "garden"/,
  ],
];

const times: Row[] = [
  [
    'an older edition in full',
    'readers to use an account of then',
    () => world.sites[2],
    'rolled back',
    /It is edition 2, and edition 3 is known/,
  ],
  [
    'an older page in a newer edition',
    'the same, on one page',
    () =>
      changeCopy(world.sites[3], {
        'en/give.html': readFileSync(join(world.sites[2], 'en/give.html')),
      }),
    'mixed',
    /"en\/give\.html" is that of edition 2/,
  ],
  [
    'an older list over newer pages',
    'confusion',
    () =>
      changeCopy(world.sites[3], { SHA256SUMS: readFileSync(join(world.sites[2], 'SHA256SUMS')) }),
    'mixed',
    /The list is that of edition 2, and EDITION\.txt says 3/,
    'old',
  ],
  [
    'two lists with one number, both signed',
    'two groups of readers to be told two truths',
    () => makeEdition(files(2027), { number: 3, ...later, after: world.sites[2] }),
    'forked',
    /Another list is known for edition 3/,
  ],
  [
    'an edition that follows another history',
    'an edition out of nowhere',
    () => makeEdition(files(2027), { number: 4, ...later, after: world.otherThird }),
    'forked',
    /Its history has another edition 3 than this clone knows/,
  ],
  [
    'an expired edition',
    'readers to miss a stop',
    () =>
      makeEdition(files(2026), {
        number: 4,
        ...later,
        lookForNewerAfter: '2026-05-02',
        after: world.sites[3],
      }),
    'stale',
    /until 2026-05-02/,
  ],
  [
    'an edition past its date that nobody has signed',
    'to pass for a true one of then',
    async () =>
      changeCopy(
        await makeEdition(files(2027), {
          number: 4,
          ...later,
          lookForNewerAfter: '2026-05-02',
          after: world.sites[3],
          archives: false,
        }),
        {
          [`SHA256SUMS.${anna.publicKey.id}.minisig`]: null,
          [`SHA256SUMS.${boris.publicKey.id}.minisig`]: null,
        },
      ),
    'unsigned',
    /Edition 4 is not proven/,
  ],
  [
    'an older edition with one signature of two',
    'the same',
    () => changeCopy(world.sites[2], { [`SHA256SUMS.${boris.publicKey.id}.minisig`]: null }),
    'unsigned',
    /Edition 2 is not proven/,
  ],
  [
    'an edition after the last',
    'the campaign to live on in false hands',
    async () => {
      const last = await makeEdition(files(2026), {
        number: 4,
        ...later,
        next: undefined,
        after: world.sites[3],
      });
      const clone = makeFolder('ended-');
      cpSync(world.clone, clone, { recursive: true });
      keepEdition(clone, 4, last, [anna, boris]);
      ended = clone;
      return makeEdition(files(2027), {
        number: 5,
        ...later,
        after: await inventChain(4, later.keys, { threshold: 2 }),
      });
    },
    'tampered',
    /edition 4 was the last one/,
  ],
];
/** The clone that knows the last edition of all. */
let ended: string | undefined;

const archives: Row[] = [
  [
    'a truncated zip',
    'part of the site to pass for all',
    () => put('garden-3.zip', archive('zip').subarray(0, -100)),
    'incomplete',
    /cut off/,
  ],
  [
    'a zip with one byte flipped',
    'another sentence',
    () => put('garden-3.zip', flip(archive('zip'), archive('zip').length >> 1)),
    'tampered',
    /./,
  ],
  [
    'a CAR block flipped',
    'the same',
    () => put('garden-3.car', flip(archive('car'), archive('car').length >> 1)),
    'tampered',
    /other bytes than those of block/,
  ],
  [
    'a truncated CAR',
    'part of the site to pass for all',
    () => put('garden-3.car', archive('car').subarray(0, -100)),
    'incomplete',
    /the file ends/,
  ],
  [
    'a zip bomb',
    'the disk and the hours of the checker',
    () => put('bomb.zip', makeZip([{ name: 'index.html', content: '0'.repeat(40 * 2 ** 20) }])),
    'tampered',
    /that unpack to/,
  ],
  [
    'a zip with ".."',
    'to write a file of the checker',
    () => put('up.zip', makeZip([{ name: '../up.html', content: 'x' }])),
    'tampered',
    /a path with "\.\."/,
  ],
  [
    'a zip with an absolute path',
    'the same',
    () => put('root.zip', makeZip([{ name: '/etc/x', content: 'x' }])),
    'tampered',
    /an absolute path/,
  ],
  [
    'a zip with a symbolic link',
    'the same',
    () =>
      put(
        'link.zip',
        makeZip([{ name: 'index.html', content: '/etc/passwd', attributes: 0o120777 * 2 ** 16 }]),
      ),
    'tampered',
    /link/,
  ],
  [
    'a zip with one name twice',
    'one to be checked and another read',
    () =>
      put(
        'twice.zip',
        makeZip([
          { name: 'index.html', content: 'x' },
          { name: 'index.html', content: 'y' },
        ]),
      ),
    'tampered',
    /second time/,
  ],
  [
    'a false archive next to a true site',
    'whoever takes it home to have a false one',
    () =>
      changeCopy(world.sites[3], {
        'download/garden-3.zip': makeZip([{ name: 'index.html', content: 'false' }]),
      }),
    'tampered',
    /In "download\/garden-3\.zip": it is no copy of this site/,
  ],
  [
    'a false archive under a new name',
    'the same',
    () => changeCopy(world.sites[3], { 'download/garden-3-new.zip': 'PK' }),
    'injected',
    /"download\/garden-3-new\.zip" is in no list/,
  ],
  [
    'a false archive with a list of its own',
    'the same',
    () => {
      const copy = changeCopy(world.sites[3], { download: null });
      writeFiles(copy, {
        'download/SHA256SUMS': `${'a'.repeat(64)}  garden-3.zip\n`,
        'download/garden-3.zip': 'PK',
      });
      return copy;
    },
    'tampered',
    /download\/garden-3\.zip: there is no end of a zip in it/,
  ],
  [
    'true archives without the signatures, next to a signed site',
    'a place for theirs',
    async () => {
      const copy = changeCopy(world.sites[3], {
        download: null,
        [`SHA256SUMS.${boris.publicKey.id}.minisig`]: null,
      });
      await writeArchives(copy, 'garden-3');
      const signature = `SHA256SUMS.${boris.publicKey.id}.minisig`;
      cpSync(join(world.sites[3], signature), join(copy, signature));
      return copy;
    },
    'incomplete',
    /In "download\/garden-3\.zip": it has the signatures of 1 of 3 keys, 2 are needed/,
  ],
  [
    'the true archive of an older edition',
    'whoever takes it home to have the old account',
    () => {
      const copy = changeCopy(world.sites[3], { download: null });
      mkdirSync(join(copy, 'download'));
      cpSync(join(world.sites[2], 'download'), join(copy, 'download'), { recursive: true });
      return copy;
    },
    'mixed',
    /In "download\/garden-2\.zip": it holds edition 2/,
  ],
];

const additions: Row[] = [
  [
    'robots.txt that says more',
    'a contact where nobody looks',
    () => changeCopy(world.sites[3], { 'robots.txt': '# write to mallory\nUser-agent: *\n' }),
    'injected',
    /"robots\.txt" is in no list/,
  ],
  [
    'settings of a host that are not those of the site',
    'all addresses to lead elsewhere',
    () =>
      changeCopy(world.sites[3], { _headers: '/*\n  Refresh: 0;url=https://elsewhere.invalid/\n' }),
    'injected',
    /"_headers" is in no list/,
  ],
  ...(
    [
      [
        'robots.txt with a path of words',
        'robots.txt',
        'User-agent: *\nDisallow: /give-to-0417-1644\n',
      ],
      ['robots.txt with an agent of words', 'robots.txt', 'User-agent: give to 0417 1644\n'],
      ['1 MB called .DS_Store', '.DS_Store', `\0\0\0\x01Bud1${'x'.repeat(2 ** 20)}`],
      ['a page called .DS_Store', 'en/.DS_Store', page('x', 'y')],
      ['a page called Thumbs.db', 'Thumbs.db', page('x', 'y')],
      [
        'a desktop.ini with words',
        'desktop.ini',
        '[.ShellClassInfo]\r\nInfoTip=give to 0417 1644\r\n',
      ],
      [
        'a desktop.ini whose icon lies on a host (to get the reader’s name and password from Windows)',
        'desktop.ini',
        '[.ShellClassInfo]\r\nIconResource=\\\\elsewhere.invalid\\x.dll,1\r\n',
      ],
      ['a page called ._index.html', '._index.html', page('x', 'y')],
      ['words in .nomedia', '.nomedia', 'give to 0417 1644'],
      ['a page in the recycle bin of a drive', '#recycle/x.html', page('x', 'y')],
      ['a page in the folder of a Synology drive', 'en/@eaDir/x.html', page('x', 'y')],
    ] as const
  ).map(([attack, path, content]): Row => [
    attack,
    'what nobody has signed to be passed over',
    () => changeCopy(world.sites[3], { [path]: content }),
    'injected',
    /is in no list/,
  ]),
  [
    'an empty folder whose name is the message',
    'it to be read in a listing',
    () => {
      const copy = changeCopy(world.sites[3], {});
      mkdirSync(join(copy, 'Give to 0417 1644'));
      return copy;
    },
    'injected',
    /"Give to 0417 1644" is an empty folder/,
  ],
  [
    'a page called .nojekyll',
    'a file that no list has',
    () => changeCopy(world.sites[3], { '.nojekyll': 'x' }),
    'injected',
    /"\.nojekyll" is in no list/,
  ],
];

const flip = (bytes: Buffer, at: number): Buffer => {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
};

describe.each([
  ['files', changed],
  ['lists', lists],
  ['keys and signatures', keys],
  ['time', times],
  ['archives', archives],
  ['additions', additions],
])('%s', (_, rows) => {
  /** By the command, as a volunteer runs it: all in the long run, else one of each verdict. */
  const byCommand = new Set(
    chooseRows(rows, ([, , , verdict]) => verdict).map(([attack]) => attack),
  );
  it.each(rows)('%s (to get %s)', async (attack, _wish, copy, verdict, evidence, which) => {
    ended = undefined;
    const path = await copy();
    const campaign = ended ?? (which === 'old' ? world.oldClone : world.clone);
    const { code, report } = await (byCommand.has(attack)
      ? verifyAsJson([path], { CONTENT_DIR: campaign })
      : checkAsJson([path], campaign));
    expect(report.evidence.map(({ text }) => text).join('\n')).toMatch(evidence);
    expect({ verdict: report.verdict, code }).toEqual({ verdict, code: 1 });
  });
});

describe('true copies', () => {
  it.each<[what: string, copy: () => string, notes?: RegExp]>([
    ['a folder', () => world.sites[3]],
    ['a folder without archives', () => changeCopy(world.sites[3], { download: null })],
    ['its zip', () => join(world.sites[3], 'download/garden-3.zip')],
    ['its CAR', () => join(world.sites[3], 'download/garden-3.car')],
    ['a zip under another name', () => put('a zip that came by mail', archive('zip'))],
    [
      'a folder with what hosts add',
      () =>
        changeCopy(world.sites[3], {
          'robots.txt': 'User-agent: *\nDisallow:\n',
          CNAME: 'garden.example\n',
          '.nojekyll': '',
          _headers: readFileSync(join(world.sites[3], 'hosting/headers.txt')),
        }),
      /"_headers" was added: a copy of hosting\/headers\.txt/,
    ],
    [
      'a folder with what systems leave',
      () => {
        const copy = changeCopy(world.sites[3], {
          '.DS_Store': Buffer.concat([Buffer.from('\0\0\0\x01Bud1', 'latin1'), Buffer.alloc(6140)]),
          'en/._home.html': makeAppleDouble(),
          'Thumbs.db': Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(5000)]),
          'desktop.ini':
            '[.ShellClassInfo]\r\nIconResource=%SystemRoot%\\system32\\SHELL32.dll,4\r\n',
          '.nomedia': '',
          '.directory': '[Dolphin]\nTimestamp=2026,5,1,12,0,0\nVersion=4\n',
        });
        for (const name of ['lost+found', '.Trashes']) mkdirSync(join(copy, name));
        return copy;
      },
      /"Thumbs\.db" was added: left by Windows/,
    ],
  ])('%s is authentic', async (_, copy, notes = /^/) => {
    const { code, report } = await verifyAsJson([copy()], { CONTENT_DIR: world.clone });
    expect(report.evidence).toEqual([]);
    expect(report.notes.join('\n')).toMatch(notes);
    expect({ verdict: report.verdict, code, files: report.files }).toEqual({
      verdict: 'authentic',
      code: 0,
      files: 8,
    });
  });

  it('a clone from before knows the newer edition by the keys that the older one names', async () => {
    const { report } = await verifyAsJson([world.sites[3]], { CONTENT_DIR: world.oldClone });
    expect(report.verdict).toBe('authentic');
  });

  it('a clone that is older than the change of keys follows it, and says so', async () => {
    const next = { keys: [boris, dora, mallory], threshold: 2 };
    const three = await makeEdition(files(2026), {
      number: 3,
      ...later,
      next,
      after: world.sites[2],
    });
    const four = await makeEdition(files(2027), { number: 4, ...next, after: three });
    const { report } = await verifyAsJson([four], { CONTENT_DIR: world.oldClone });
    expect(report.verdict).toBe('authentic');
    expect(report.notes.join('\n')).toMatch(/Keys were replaced .* in edition 4: each time signed/);
  });

  it('keys that are given by hand are enough, with the number that has to have signed', async () => {
    const words = [anna, boris, dora].flatMap((key) => ['--key', printPublicKey(key.publicKey)]);
    const all = await verifyAsJson([world.sites[3], ...words]);
    const two = await verifyAsJson([world.sites[3], ...words, '--threshold', '2']);
    expect([all.report.verdict, two.report.verdict]).toEqual(['unsigned', 'authentic']);
  });

  it('one key of a campaign that asks for two is enough only for who says so (to need one seized laptop)', async () => {
    const words = [world.sites[3], '--key', printPublicKey(anna.publicKey)];
    const silent = await verifyAsJson(words);
    const said = await verifyAsJson([...words, '--threshold', '1']);
    expect([silent.report.verdict, said.report.verdict]).toEqual(['unsigned', 'authentic']);
    expect(silent.report.evidence.map(({ text }) => text).join()).toMatch(
      /asks for 2 signatures, you for 1: .*--threshold 1/,
    );
  });

  it('the signature of a holder whose key was not given is no addition', async () => {
    const words = [anna, dora].flatMap((key) => ['--key', printPublicKey(key.publicKey)]);
    const { report } = await verifyAsJson([world.sites[3], ...words]);
    expect(report.evidence.map(({ verdict }) => verdict)).toEqual(['unsigned']);
    expect(report.verdict).toBe('unsigned');
  });

  it.each<[what: string, dates: { date?: string; lookForNewerAfter?: string }, note: RegExp]>([
    ['a date that is to come', { date: '2998-01-01' }, /It is dated 2998-01-01, and today is/],
    [
      'a date before the edition before',
      { date: '2020-01-01' },
      /It is dated 2020-01-01, before edition 3/,
    ],
    ['trust for centuries', {}, /asks to be trusted until 2999-01-01, more than 400 days/],
  ])('%s is noted (to be shown for ever)', async (_, dates, note) => {
    const four = await makeEdition(files(2027), {
      number: 4,
      ...later,
      ...dates,
      after: world.sites[3],
    });
    const { report } = await verifyAsJson([four], { CONTENT_DIR: world.clone });
    expect(report.notes.join('\n')).toMatch(note);
  });

  it('an edition of stolen keys is not remembered once they are replaced (to make all true ones seem old)', async () => {
    const VYRAI_STATE = join(makeFolder('state-'), 'seen.json');
    const keysOf = (...all: Key[]) => [
      ...all.flatMap((key) => ['--key', printPublicKey(key.publicKey)]),
      '--threshold',
      '2',
    ];
    const forged = await makeEdition(files(2027), {
      number: 5000,
      keys: [anna, boris],
      after: await inventChain(4999, [anna, boris]),
    });
    const four = await makeEdition(files(2027), {
      number: 4,
      keys: [anna, clara],
      after: await inventChain(3, [anna, clara]),
    });
    const first = await verifyAsJson([forged, ...keysOf(anna, boris)], { VYRAI_STATE });
    const then = await verifyAsJson([four, ...keysOf(anna, clara)], { VYRAI_STATE });
    expect([first.report.verdict, then.report.verdict]).toEqual(['authentic', 'authentic']);
  });

  it('another campaign’s edition by keys with copied ids does not count (to make the true one seem old)', async () => {
    const VYRAI_STATE = join(makeFolder('state-'), 'seen.json');
    const copied: Key = { ...mallory, publicKey: { ...mallory.publicKey, id: anna.publicKey.id } };
    const [false9, true1] = await Promise.all([
      makeEdition(files(2026), {
        number: 9,
        keys: [copied],
        after: await inventChain(8, [copied]),
      }),
      makeEdition(files(2026), { number: 1, keys: [anna] }),
    ]);
    const first = await verifyAsJson([false9, '--key', printPublicKey(copied.publicKey)], {
      VYRAI_STATE,
    });
    const then = await verifyAsJson([true1, '--key', printPublicKey(anna.publicKey)], {
      VYRAI_STATE,
    });
    expect([first.report.verdict, then.report.verdict]).toEqual(['authentic', 'authentic']);
  });
});

it('lists a folder of which a part may not be read, and names that part', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vyrai-closed-')); // where another user can come to
  try {
    writeFiles(folder, { 'index.html': 'x' });
    for (const name of ['lost+found', 'private']) {
      mkdirSync(join(folder, name));
      chmodSync(join(folder, name), 0o000);
    }
    chmodSync(folder, 0o755);
    const program = `
      const { openFolder } = await import(${JSON.stringify(join(process.cwd(), 'src/kit/node/source/folder-copy.ts'))});
      console.log(JSON.stringify(openFolder(${JSON.stringify(folder)}).irregular));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      encoding: 'utf8',
      ...(process.getuid?.() === 0 && { uid: 65_534 }), // root may read everything
    });
    expect(JSON.parse(output)).toEqual(
      ['lost+found', 'private'].map((path) => ({
        path,
        what: 'a folder that cannot be read',
        kind: 'closed',
      })),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it.each([
  ['lost+found', 'authentic'],
  ['private', 'injected'],
])('a folder "%s" that may not be read is %s', async (path, verdict) => {
  const { copy } = openFolder(world.sites[3]);
  const irregular = [{ path, what: 'a folder that cannot be read', kind: 'closed' as const }];
  const report = await verifyCopy(
    { copy, irregular },
    await trustClone(world.clone, 'this clone'),
    {
      today: '2026-06-01',
      seen: () => [],
      progress: () => {},
      platform: nodePlatform,
    },
  );
  expect(report.verdict).toBe(verdict);
  expect([...report.notes, ...report.evidence.map(({ text }) => text)].join()).toContain(
    `"${path}" is a folder that cannot be read`,
  );
});

it('bounds what is read of a folder in all (to keep the checker busy with many files that are holes)', async () => {
  const folder = makeFolder('holes-');
  writeFiles(folder, { 'a.html': '0'.repeat(600), 'b.html': '0'.repeat(600) });
  const { copy } = openFolder(folder, { bytesOfAFile: 1000, bytes: 1000 });
  await copy.hash('a.html');
  await expect(copy.hash('b.html')).rejects.toThrow(
    '"b.html" has 600 bytes, expected at most 400 with all that was read before.',
  );
});

it('tells the notice of an edition that is proven, and of no other (to have the checker say what they want)', async () => {
  const notice = 'Gather at the gate';
  const options = { number: 4, ...later, after: world.sites[3], notice };
  const signed = await makeEdition(files(2027), options);
  const reports = await Promise.all(
    [signed, await signAgain(changeCopy(signed, {}), [mallory])].map(
      async (copy) => (await verifyAsJson([copy], { CONTENT_DIR: world.clone })).report,
    ),
  );
  expect(reports.map(({ verdict, notes }) => [verdict, notes.join().includes(notice)])).toEqual([
    ['authentic', true],
    ['tampered', false],
  ]);
});

describe('what reaches the terminal', () => {
  const hidden = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
  const evil = 'a\u009b2J\u202E\u200b\r\u001b[1A';

  it.each<[attack: string, words: () => string[]]>([
    ['a file of the copy', () => [changeCopy(world.sites[3], { [`en/${evil}.html`]: 'x' })]],
    [
      'a file of the copy, in the report for programs',
      () => [changeCopy(world.sites[3], { [`en/${evil}.html`]: 'x' }), '--json'],
    ],
    ['the name of a copy', () => [put(`${evil}\nx: AUTHENTIC\n.zip`, archive('zip'))]],
    [
      'the name of a broken zip',
      () => [put(`${evil}\nx: AUTHENTIC\n.zip`, archive('zip').subarray(9))],
    ],
    ['the name of what is no copy', () => [put(`${evil}\nx: AUTHENTIC\n.txt`, Buffer.from('x'))]],
    ['a threshold', () => [world.sites[3], '--threshold', evil]],
    ['an option', () => [`--${evil}`]],
  ])('%s (to get the verdict painted over) has no hidden sign in it', async (_attack, words) => {
    const { output } = await runVerify(words(), { CONTENT_DIR: world.clone });
    expect(output).not.toBe('');
    expect(output.split('\n').map((line) => hidden.exec(line)?.[0])).not.toContainEqual(
      expect.any(String),
    );
    expect(output).not.toMatch(/^x: AUTHENTIC/m);
  });
});

/**
 * A clone into which somebody has pushed: with the right to write to the repository, and without a
 * key.
 */
describe('a clone with false editions', () => {
  const change = async (
    name: string,
    act: (clone: string) => Promise<void> | void,
  ): Promise<string> => {
    const clone = join(makeFolder('pushed-'), name);
    cpSync(world.clone, clone, { recursive: true });
    await act(clone);
    return clone;
  };
  const ofMallory = { number: 4, keys: [mallory] };

  it.each<
    [
      attack: string,
      wish: string,
      act: (clone: string) => Promise<string>,
      verdict: Verdict,
      evidence: RegExp,
    ]
  >([
    [
      'an edition 4 that its own key alone has signed',
      'a new key to be believed without the old ones',
      async (clone) => {
        const four = await makeEdition(files(2027), {
          ...ofMallory,
          after: world.sites[3],
        });
        keepEdition(clone, 4, four, [mallory]);
        return four;
      },
      'tampered',
      /signed by [0-9A-F]{16}, which is no key that you trust/,
    ],
    [
      'other next keys in the EDITION.txt of a signed list',
      'the next edition to need their key alone',
      async (clone) => {
        const file = join(clone, 'editions/3/EDITION.txt');
        writeFileSync(
          file,
          editList(
            file,
            /next-threshold: 2\n(?:next-key: .*\n)+/,
            `next-threshold: 1\nnext-key: ${printPublicKey(mallory.publicKey)}\n`,
          )(readFileSync(file)),
        );
        return makeEdition(files(2027), { ...ofMallory, after: world.sites[3] });
      },
      'tampered',
      /signed by [0-9A-F]{16}, which is no key that you trust/,
    ],
    [
      'an edition 4 of the right keys that follows another edition 3',
      'a history of their own',
      async (clone) => {
        const four = await makeEdition(files(2027), {
          number: 4,
          ...later,
          after: world.otherThird,
        });
        keepEdition(clone, 4, four, [anna, boris]);
        return four;
      },
      'forked',
      /Its history has another edition 3 than this clone knows/,
    ],
    [
      'an edition 5 without an edition 4',
      'a gap to break the chain of keys',
      async (clone) => {
        const five = await makeEdition(files(2027), {
          ...ofMallory,
          number: 5,
          after: await inventChain(4, [mallory]),
        });
        keepEdition(clone, 5, five, [mallory]);
        return five;
      },
      'tampered',
      /CHAIN\.txt has other keys for edition 3 or 4 than this clone knows/,
    ],
  ])('%s (to get %s)', async (_attack, _wish, act, verdict, evidence) => {
    let copy = '';
    const clone = await change('clone', async (folder) => void (copy = await act(folder)));
    const { code, report } = await verifyAsJson([copy], { CONTENT_DIR: clone });
    expect(report.evidence.map(({ text }) => text).join('\n')).toMatch(evidence);
    expect({ verdict: report.verdict, code }).toEqual({ verdict, code: 1 });
  });
});

describe('memory', () => {
  it('refuses an older edition once a newer one was seen, and takes it without memory', async () => {
    const settings = {
      CONTENT_DIR: world.oldClone,
      VYRAI_STATE: join(makeFolder('state-'), 'seen.json'),
    };
    const before = await verifyAsJson([world.sites[2]], settings);
    await verifyAsJson([world.sites[3]], settings);
    const after = await verifyAsJson([world.sites[2]], settings);
    const without = await verifyAsJson([world.sites[2], '--no-memory'], settings);
    expect([before, after, without].map(({ report }) => report.verdict)).toEqual([
      'authentic',
      'rolled back',
      'authentic',
    ]);
  });

  it('is not changed by a copy whose list nobody has signed', async () => {
    const settings = {
      CONTENT_DIR: world.oldClone,
      VYRAI_STATE: join(makeFolder('state-'), 'seen.json'),
    };
    const false9 = changeCopy(world.sites[3], {
      'EDITION.txt': (bytes) => bytes.toString().replace('edition: 3', 'edition: 9'),
    });
    await verifyAsJson([false9], settings);
    expect((await verifyAsJson([world.sites[2]], settings)).report.verdict).toBe('authentic');
  });

  it('a damaged memory stops the check in words', async () => {
    const file = put('seen.json', Buffer.from('{"garden": 1}'));
    const { code, stderr } = await runVerify([world.sites[3]], {
      CONTENT_DIR: world.clone,
      VYRAI_STATE: file,
    });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/seen\.json is damaged.*--no-memory/s),
    });
  });
});

describe('wrong use', () => {
  it.each<[what: string, words: () => string[], code: number, message: RegExp]>([
    ['nothing', () => [], 2, /Found no copy to check/],
    ['two copies', () => ['a', 'b'], 2, /expected at most 1/],
    ['an unknown option', () => ['a', '--keys', 'x'], 2, /--keys/],
    ['a key that is none', () => ['a', '--key', 'RWx'], 2, /no public key of minisign/],
    [
      'a key twice',
      () => ['a', '--key', printPublicKey(anna.publicKey), '--key', printPublicKey(anna.publicKey)],
      2,
      /given twice/,
    ],
    ['a threshold without keys', () => ['a', '--threshold', '2'], 2, /none is given/],
    [
      'a threshold that is too high',
      () => ['a', '--key', printPublicKey(anna.publicKey), '--threshold', '2'],
      2,
      /from 1 to 1/,
    ],
    ['what is not there', () => ['/nowhere/at/all'], 2, /is not there/],
    [
      'what is neither',
      () => [put('notes.txt', Buffer.from('hello'))],
      2,
      /is no folder, zip or CAR/,
    ],
  ])('%s is told in words', async (_, words, code, message) => {
    const outcome = await runVerify(words(), { CONTENT_DIR: world.clone });
    expect(outcome).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(message) });
    expect(outcome.stderr).not.toMatch(/\n\s+at /); // no stack trace
  });

  it('without a key it says where keys come from, and with --allow-unsigned it looks for other faults', async () => {
    const empty = { CONTENT_DIR: makeFolder('no-editions-') };
    const draft = makeFolder('draft-');
    writeFiles(draft, {
      ...files(2026),
      'EDITION.txt': 'format: 1\ncampaign: garden\ndraft-of: 1\n',
    });
    await writeManifest(draft);
    expect(await runVerify([draft], empty)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no key to check with.*never from the copy/s),
    });
    const sound = await verifyAsJson([draft, '--allow-unsigned'], empty);
    writeFiles(draft, { 'en/home.html': 'changed' });
    const broken = await verifyAsJson([draft, '--allow-unsigned'], empty);
    expect([sound, broken].map(({ code, report }) => [code, report.verdict])).toEqual([
      [0, 'unsigned'],
      [1, 'tampered'],
    ]);
  });

  it('leaves the copy as it was', async () => {
    const copy = changeCopy(world.sites[3], {});
    const before = execFileSync('find', [copy, '-printf', '%p %T@ %s\n'], { encoding: 'utf8' });
    await verifyAsJson([copy], { CONTENT_DIR: world.clone });
    expect(execFileSync('find', [copy, '-printf', '%p %T@ %s\n'], { encoding: 'utf8' })).toBe(
      before,
    );
  });
});
