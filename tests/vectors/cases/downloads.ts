import { makeCase, type MadeCase, type VectorVerdict } from '../case.ts';
import { fileBlock, makeCar, rawBlock } from '../../helpers/make-car.ts';
import { makeExtra, makeZip } from '../../helpers/make-zip.ts';
import {
  blocksOf,
  carNode,
  carOf,
  cidText,
  folderNode,
  withArchives,
  zipEntries,
  zipOf,
} from '../writers/archives.ts';
import type { Site } from '../writers/edition.ts';
import { edit, manifestText, replace, signatureName } from '../writers/site.ts';
import {
  anna,
  boris,
  fourth,
  givenSole,
  signedSole,
  second,
  sole,
  third,
  zipCase,
} from './world.ts';

/** Most of them are next to an edition without a history, which makes them small. */
const { site } = sole;
const whole = withArchives(site, 'garden-1');
const [zipName, carName, cidName] = [
  'download/garden-1.zip',
  'download/garden-1.car',
  'download/CID.txt',
] as const;
const trueZip = zipOf(site);
const trueCid = cidText(folderNode(site).block.cid);

/** The true site next to an archive that is another; the CAR alone brings its own CID. */
const nextTo = (
  name: string,
  verdict: VectorVerdict,
  rules: string,
  says: string,
  files: Readonly<Record<string, string | Buffer>>,
): MadeCase => zipCase([name, verdict, rules, says], edit(site, files), givenSole);
const zipNextTo = (
  name: string,
  verdict: VectorVerdict,
  rules: string,
  says: string,
  zip: Buffer,
): MadeCase => nextTo(name, verdict, rules, says, { [zipName]: zip });

const entries = zipEntries(site);
const withEntry = (change: Partial<(typeof entries)[number]>): Buffer =>
  makeZip(entries.map((entry, at) => (at === 1 ? { ...entry, ...change } : entry)));
const unsigned = edit(site, { [signatureName(boris)]: null });

/** Archives in `download/` (docs/spec.md, 11). */
export const downloadCases: readonly MadeCase[] = [
  makeCase(
    [
      'd-all',
      'authentic',
      'D-1 D-3 D-4 D-8',
      'Both archives and the CID of the CAR, as a build makes them.',
    ],
    { files: whole },
    givenSole,
  ),
  nextTo(
    'd-zip-alone',
    'authentic',
    'D-1 D-8',
    'The zip without a CAR, and the CID of its files.',
    {
      [zipName]: trueZip,
      [cidName]: `${trueCid}\n`,
    },
  ),
  nextTo('d-car-alone', 'authentic', 'D-1', 'The CAR alone.', { [carName]: carOf(site) }),
  zipCase(
    ['d-in-a-zip', 'authentic', 'D-1', 'A zip of the whole folder, archives and all.'],
    edit(site, { [zipName]: trueZip }),
    givenSole,
  ),
  nextTo('d-other-name', 'injected', 'D-1', 'A false archive under a new name.', {
    'download/garden-1-new.zip': 'PK',
  }),
  nextTo('d-list', 'injected', 'D-1', 'A list of archives, which nothing proves.', {
    'download/SHA256SUMS': `${'a'.repeat(64)}  garden-3.zip\n`,
  }),
  nextTo('d-page', 'injected', 'D-1', 'A page.', { 'download/index.html': 'x' }),
  zipCase(
    ['d-older', 'mixed', 'D-1 D-5', 'The true archive of edition 2, for whoever takes it home.'],
    edit(third.site, { 'download/garden-2.zip': zipOf(second.site) }),
  ),
  zipCase(
    ['d-older-renamed', 'mixed', 'D-5', 'The same under the name of the third.'],
    edit(third.site, { 'download/garden-3.zip': zipOf(second.site) }),
  ),
  zipCase(
    [
      'd-newer-signed',
      'mixed',
      'D-5',
      'An archive of the fourth edition, which the clone does not know, signed by the same keys.',
    ],
    edit(third.site, { 'download/garden-3.zip': zipOf(fourth.site) }),
  ),
  zipNextTo(
    'd-false',
    'tampered',
    'D-5',
    'A false archive next to a true site.',
    zipOf(new Map([['index.html', Buffer.from('false')]])),
  ),
  zipNextTo('d-cut-off', 'tampered', 'D-2', 'An archive that is cut off.', trueZip.subarray(0, -9)),
  zipNextTo(
    'd-bytes-behind',
    'tampered',
    'D-2',
    'An archive with a page behind its end.',
    Buffer.concat([trueZip, Buffer.from('<html>')]),
  ),
  nextTo('d-car-broken', 'tampered', 'D-2', 'A CAR with a changed byte.', {
    [carName]: flip(carOf(site), 500),
  }),
  zipNextTo(
    'd-zip-times',
    'injected',
    'D-3',
    'A zip with times, which nothing covers.',
    withEntry({ extra: makeExtra(0x5455, Buffer.from([1, 1, 2, 3, 4])) }),
  ),
  zipNextTo(
    'd-zip-order',
    'injected',
    'D-3',
    'Entries in another order.',
    makeZip(entries.toReversed()),
  ),
  zipNextTo(
    'd-zip-mode',
    'injected',
    'D-3',
    'An entry that is executable.',
    withEntry({ attributes: 0o100755 * 2 ** 16 }),
  ),
  zipNextTo(
    'd-zip-folder',
    'injected',
    'D-3',
    'A folder.',
    makeZip([...entries, { name: 'zz/', attributes: 0o040755 * 2 ** 16 }]),
  ),
  nextTo('d-car-order', 'injected', 'D-4', 'Blocks in another order.', {
    [carName]: (() => {
      const [root, ...rest] = blocksOf(folderNode(site));
      return makeCar(root, ...rest.toReversed());
    })(),
  }),
  nextTo('d-car-hidden', 'injected', 'D-4 C-13', 'A block that no file needs.', {
    [carName]: makeCar(...blocksOf(folderNode(site)), rawBlock('Mint')),
  }),
  nextTo(
    'd-car-cut-otherwise',
    'injected',
    'D-4',
    'A page under a node, which builds do not write.',
    {
      [carName]: (() => {
        const content = site.get('index.html') ?? Buffer.alloc(0);
        const piece = rawBlock(content);
        const node = fileBlock([{ cid: piece.cid, size: content.length, weight: content.length }]);
        return makeCar(
          ...blocksOf(
            folderNode(edit(site, { 'index.html': null }), '', [
              { name: 'index.html', node: carNode(node, [piece]) },
            ]),
          ),
        );
      })(),
    },
  ),
  zipNextTo(
    'd-signatures-few',
    'incomplete',
    'D-6',
    'An archive with one signature of two, next to a signed site.',
    zipOf(unsigned),
  ),
  zipNextTo(
    'd-signature-broken',
    'tampered',
    'D-6',
    'An archive with a signature that does not fit.',
    zipOf(edit(site, { [signatureName(boris)]: second.site.get(signatureName(boris)) ?? '' })),
  ),
  zipNextTo(
    'd-file-missing',
    'incomplete',
    'D-7',
    'An archive without a page.',
    zipOf(edit(site, { 'en/give.html': null })),
  ),
  zipNextTo(
    'd-file-changed',
    'tampered',
    'D-7',
    'An archive with another page.',
    zipOf(edit(site, { 'en/give.html': replace('gate', 'bank') })),
  ),
  zipCase(
    ['d-file-older', 'mixed', 'D-7 F-1', 'An archive with a page of edition 2.'],
    edit(third.site, {
      'download/garden-3.zip': zipOf(
        edit(third.site, { 'en/give.html': second.site.get('en/give.html') ?? '' }),
      ),
    }),
  ),
  zipNextTo(
    'd-file-more',
    'injected',
    'D-7',
    'An archive with a file more: no addition is known there.',
    zipOf(edit(site, { '.nojekyll': '' })),
  ),
  zipCase(
    [
      'd-equal-files',
      'authentic',
      'D-4 D-3',
      'Two pages of the same bytes: one block, counted twice.',
    ],
    withArchives(signedSole({ 'en/again.html': site.get('index.html') ?? '' }), 'garden-1'),
    givenSole,
  ),
  zipCase(
    [
      'd-no-edition',
      'incomplete',
      'D-1 F-1',
      'No EDITION.txt, and true archives of the site: they are looked at all the same.',
    ],
    edit(site, { 'EDITION.txt': null, [zipName]: trueZip }),
    givenSole,
  ),
  zipCase(
    [
      'd-no-edition-cars',
      'incomplete',
      'D-1 D-8',
      'No EDITION.txt, two CARs of the site, one in a folder with fewer signatures, and the CID of the other.',
    ],
    edit(site, {
      'EDITION.txt': null,
      'download/a/b.car': carOf(unsigned),
      'download/c.car': carOf(site),
      [cidName]: `${trueCid}\n`,
    }),
    givenSole,
  ),
  zipCase(
    ['d-broken-list', 'tampered', 'D-5', 'An archive whose SHA256SUMS is none.'],
    edit(site, { [zipName]: zipOf(edit(site, { SHA256SUMS: 'x' })) }),
    givenSole,
  ),
  nextTo('d-cid-other', 'tampered', 'D-8', 'The CID of something else.', {
    [carName]: carOf(site),
    [cidName]: `${cidText(folderNode(second.site).block.cid)}\n`,
  }),
  nextTo('d-cid-more', 'tampered', 'D-8', 'The CID and a word.', {
    [zipName]: trueZip,
    [cidName]: `${trueCid} \n`,
  }),
  nextTo('d-cid-alone', 'injected', 'D-8', 'A CID that nothing proves.', {
    [cidName]: `${trueCid}\n`,
  }),
  zipCase(['d-draft', 'unsigned', 'D-1 E-10', 'A draft with its archives.'], draftWithArchives()),
];

function draftWithArchives(): Site {
  const plain = edit(site, {
    'EDITION.txt': 'format: 1\ncampaign: garden\ndraft-of: 4\n',
    [signatureName(anna)]: null,
    [signatureName(boris)]: null,
  });
  return withArchives(edit(plain, { SHA256SUMS: manifestText(plain) }), 'garden-draft-4');
}

function flip(bytes: Buffer, at: number): Buffer {
  return Buffer.from(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)));
}
