import { makeCase, type MadeCase } from '../case.ts';
import { keyFile, nameKey } from '../writers/keys.ts';
import { edit, publish, sign, signatureName } from '../writers/site.ts';
import {
  anna,
  boris,
  clara,
  dora,
  ending,
  fifth,
  fifthFields,
  filesOf,
  first,
  firstKeys,
  fourth,
  fourthOfMallory,
  given,
  laterKeys,
  mallory,
  onlyMallory,
  second,
  third,
  thirdFields,
  zipCase,
} from './world.ts';

const weak = nameKey('weak', anna.seed, mallory.idBytes, Buffer.from([1, ...Buffer.alloc(31)]));
const copiedId = nameKey('copied id', mallory.seed, anna.idBytes, mallory.publicBytes);
const renamed = nameKey('renamed', anna.seed, mallory.idBytes, anna.publicBytes);
const ofThird = { campaign: 'garden', number: 3 };

/** The third edition, checked with the text of a key file, or several. */
const withFiles = (
  claim: readonly [name: string, rules: string, says: string],
  keyFiles: Readonly<Record<string, string | Buffer>>,
  verdict: 'authentic' | null = null,
): MadeCase => {
  const [name, rules, says] = claim;
  return makeCase([name, verdict, rules, says], 'true-zip', { trust: { keyFiles } });
};

/** Another third edition of the same holders, and one of the fourth that names it. */
const otherThird = publish({ ...filesOf(2026), 'en/more.html': 'x' }, thirdFields, [first, second]);
const orchard1 = publish(
  filesOf(2024),
  { number: 1, campaign: 'orchard', keys: firstKeys, next: firstKeys },
  [],
);
const orchard2 = publish(
  filesOf(2025),
  { number: 2, campaign: 'orchard', keys: firstKeys, next: laterKeys },
  [orchard1],
);

/** Where keys come from, and what an edition needs (docs/spec.md, 6 and 12). */
export const trustCases: readonly MadeCase[] = [
  makeCase(['t-no-trust', null, 'V-2 T-1', 'Neither keys nor a clone.'], 'true-zip', {
    trust: null,
  }),
  makeCase(
    ['t-given', 'authentic', 'T-8 T-1', 'Two of three keys, as is said to be enough.'],
    'true-zip',
    given([anna, boris, dora], 2),
  ),
  makeCase(
    [
      't-given-all',
      'unsigned',
      'T-1 T-12',
      'Three keys, all of which are needed if nothing is said; two have signed.',
    ],
    'true-zip',
    given([anna, boris, dora]),
  ),
  makeCase(
    [
      't-given-one',
      'unsigned',
      'T-8',
      'One key of an edition that asks for two, and nobody said that one is enough.',
    ],
    'true-zip',
    given([anna]),
  ),
  makeCase(
    ['t-given-one-said', 'authentic', 'T-8', 'One key, which is said to be enough.'],
    'true-zip',
    given([anna], 1),
  ),
  makeCase(
    ['t-given-stranger', 'tampered', 'T-8', 'A key that the edition does not name.'],
    'true-zip',
    given([anna, mallory], 1),
  ),
  makeCase(
    ['t-given-copied-id', 'tampered', 'T-8', 'Another key under the id of Anna’s.'],
    'true-zip',
    given([copiedId], 1),
  ),
  makeCase(
    ['t-threshold', null, 'T-1 V-2', 'A threshold that is higher than the number of keys.'],
    'true-zip',
    given([anna], 2),
  ),
  makeCase(['t-twice-renamed', null, 'T-1 V-2', 'A key twice, under two ids.'], 'true-zip', {
    trust: { keyFiles: { 'anna.pub': keyFile(anna), 'renamed.pub': keyFile(renamed) } },
  }),
  makeCase(['t-twice', null, 'T-1 V-2', 'A key twice.'], 'true-zip', {
    trust: { keyFiles: { 'anna.pub': keyFile(anna), 'copied-id.pub': keyFile(copiedId) } },
  }),
  withFiles(
    ['k-file-bare', 'K-3', 'A key on a line alone, with CRLF; one is not enough, two are.'],
    { 'anna-bare.pub': `${anna.line}\r\n`, 'boris-bare.pub': boris.line },
    'authentic',
  ),
  withFiles(['k-file-more', 'K-3 V-2', 'A key file with something behind the key.'], {
    'anna-more.pub': `${keyFile(anna)}\nmore\n`,
  }),
  withFiles(['k-file-lone-cr', 'K-3 V-2', 'A CR alone after the key, which ends no line.'], {
    'anna-cr.pub': `${anna.line}\r`,
  }),
  withFiles(['k-file-latin1', 'K-3 V-2', 'A comment that is not UTF-8.'], {
    'anna-latin1.pub': Buffer.from(`untrusted comment: Zoë\n${anna.line}\n`, 'latin1'),
  }),
  withFiles(['k-file-long', 'K-3 V-2', 'More than 4,096 bytes, of fewer characters.'], {
    'anna-long.pub': `untrusted comment: ${'é'.repeat(2_048)}\n${anna.line}\n`,
  }),
  withFiles(['k-file-weak', 'K-2 V-2', 'A key for which everybody can sign.'], {
    'weak.pub': keyFile(weak),
  }),
  withFiles(['k-file-kind', 'K-1 V-2', 'A key of another kind, of a newer minisign perhaps.'], {
    'kind.pub': `RX${anna.line.slice(2)}\n`,
  }),

  makeCase(
    ['t-clone-before', 'authentic', 'T-4', 'A clone that knows the edition before.'],
    'true-zip',
    { trust: { clone: 'two' } },
  ),
  makeCase(
    [
      't-clone-first',
      'authentic',
      'T-4 H-9',
      'A clone that knows the first edition alone: the chain shows the change of keys.',
    ],
    'true-zip',
    { trust: { clone: 'one' } },
  ),
  makeCase(['t-clone-empty', null, 'T-2 V-2', 'A clone without a signed edition.'], 'true-zip', {
    trust: { clone: 'unsigned' },
  }),
  makeCase(
    [
      't-clone-renamed',
      null,
      'T-2 V-2',
      'A clone whose only edition is in the folder of another number.',
    ],
    'true-zip',
    { trust: { clone: 'renamed' } },
  ),
  makeCase(['t-clone-broken', null, 'T-2 V-2', 'A clone with a broken EDITION.txt.'], 'true-zip', {
    trust: { clone: 'broken' },
  }),
  makeCase(
    ['t-clone-broken-begun', null, 'T-2 V-2', 'The same in an edition that has no manifest yet.'],
    'true-zip',
    { trust: { clone: 'broken-begun' } },
  ),
  makeCase(['t-clone-draft', null, 'T-2 V-2', 'A clone with a draft.'], 'true-zip', {
    trust: { clone: 'draft' },
  }),
  makeCase(
    ['t-clone-broken-list', null, 'T-2 M-2 V-2', 'A clone with a manifest in another form.'],
    'true-zip',
    { trust: { clone: 'broken-list' } },
  ),
  makeCase(
    [
      't-clone-begun',
      'authentic',
      'T-2 T-4',
      'A clone in which edition 3 is begun: it is not known, the one before leads to its keys.',
    ],
    'true-zip',
    { trust: { clone: 'begun' } },
  ),
  makeCase(
    [
      't-clone-list-without-edition',
      'authentic',
      'T-2 T-4',
      'The manifest of edition 3 names no EDITION.txt there: that edition is not known.',
    ],
    'true-zip',
    { trust: { clone: 'list-without-edition' } },
  ),
  zipCase(
    ['t-clone-late', 'unsigned', 'T-5', 'An edition that is older than all that the clone knows.'],
    first.site,
    { trust: { clone: 'late' } },
  ),
  zipCase(
    [
      't-clone-pushed',
      'tampered',
      'T-2 T-12',
      'A clone in which somebody without a key has put an edition 4 of their own.',
    ],
    fourthOfMallory.site,
    { trust: { clone: 'pushed' } },
  ),
  zipCase(
    [
      't-clone-next-keys',
      'tampered',
      'T-2 T-12',
      'A clone in which the EDITION.txt of a signed list names other next keys.',
    ],
    fourthOfMallory.site,
    { trust: { clone: 'next-keys' } },
  ),
  zipCase(
    ['t-campaign', 'tampered', 'T-6', 'An edition of another campaign of the same keys.'],
    publish(filesOf(2026), { ...thirdFields, campaign: 'orchard' }, [orchard1, orchard2]).site,
  ),
  zipCase(
    [
      't-keys-exchanged',
      'tampered',
      'T-6 T-12',
      'All signed anew by a key that EDITION.txt names and the clone does not know.',
    ],
    publish(filesOf(2026), { number: 3, keys: onlyMallory, next: onlyMallory }, [first, second])
      .site,
  ),
  zipCase(
    ['t-keys-old', 'tampered', 'T-6', 'A fourth edition under keys of which one was taken out.'],
    publish(
      filesOf(2027),
      { number: 4, keys: firstKeys, next: firstKeys, signers: [anna, clara] },
      [first, second, third],
    ).site,
  ),
  zipCase(
    ['t-after-last', 'tampered', 'T-5', 'An edition after the last.'],
    publish(filesOf(2028), { ...fifthFields, keys: laterKeys, next: laterKeys }, [
      first,
      second,
      third,
      { ...ending, fields: { ...ending.fields, next: laterKeys } },
    ]).site,
    { trust: { clone: 'ended' } },
  ),
  zipCase(
    ['t-stranger', 'tampered', 'T-12', 'Signed by a key that nobody knows, and by no other.'],
    sign(third.site, [mallory], ofThird),
  ),
  zipCase(
    ['t-one-of-two', 'unsigned', 'T-12', 'One signature of the two that are needed.'],
    edit(third.site, { [signatureName(boris)]: null }),
  ),
  zipCase(
    ['t-none', 'unsigned', 'T-12', 'No signature.'],
    edit(third.site, { [signatureName(anna)]: null, [signatureName(boris)]: null }),
  ),
  zipCase(
    [
      't-other-signature',
      'tampered',
      'T-11 S-3',
      'Given one key that has signed; the signature of another holder does not fit.',
    ],
    edit(third.site, { [signatureName(boris)]: second.site.get(signatureName(boris)) ?? '' }),
    given([anna], 1),
  ),
  zipCase(
    [
      't-no-edition-given',
      'incomplete',
      'T-10',
      'No EDITION.txt, and keys that have signed the manifest.',
    ],
    edit(third.site, { 'EDITION.txt': null }),
    given([anna, boris]),
  ),
  zipCase(
    [
      't-given-stage',
      'authentic',
      'T-9',
      'The keys of edition 1, and edition 5 after two changes of keys.',
    ],
    fifth.site,
    given([anna, boris, clara], 2),
  ),
  makeCase(
    [
      't-given-stage-few',
      'unsigned',
      'T-9',
      'Three keys of edition 1, all needed; two have signed the change.',
    ],
    't-given-stage',
    given([anna, boris, clara]),
  ),
  makeCase(
    ['t-given-stage-one', 'unsigned', 'T-9', 'One key of edition 1, and its change asks for two.'],
    't-given-stage',
    given([anna]),
  ),
  zipCase(
    [
      't-given-stage-broken',
      'unsigned',
      'T-9',
      'The same, and the signature of a key that nothing leads to does not fit: nobody can say anything of it.',
    ],
    edit(fifth.site, { [signatureName(dora)]: fourth.site.get(signatureName(anna)) ?? '' }),
    given([anna]),
  ),
  makeCase(
    [
      't-given-newest-stage',
      'unsigned',
      'T-8',
      'A key of all stages counts for the last: one of two that are needed.',
    ],
    't-given-stage',
    given([boris]),
  ),
  makeCase(
    ['t-given-newest', 'authentic', 'T-8', 'The keys of edition 5.'],
    't-given-stage',
    given([boris, dora]),
  ),
  makeCase(
    ['t-given-new-key', 'tampered', 'T-8', 'A key of no stage.'],
    't-given-stage',
    given([mallory]),
  ),

  zipCase(
    [
      'v-forked',
      'forked',
      'V-4',
      'Another third edition, signed too: two groups of readers get two truths.',
    ],
    otherThird.site,
  ),
  zipCase(
    [
      'v-forked-unsigned',
      'tampered',
      'F-1 T-12',
      'Another third edition with one signature: it does not count, and its files are others.',
    ],
    edit(otherThird.site, { [signatureName(boris)]: null }),
  ),
  zipCase(
    ['t-forked-before', 'forked', 'T-7 H-16', 'A fourth edition that follows another third one.'],
    publish(filesOf(2027), { number: 4, keys: laterKeys, next: laterKeys }, [
      first,
      second,
      otherThird,
    ]).site,
  ),
  zipCase(
    [
      'v-older',
      'rolled back',
      'V-5',
      'The second edition in full, and a clone that knows the third.',
    ],
    second.site,
    { today: '2025-06-01' },
  ),
  zipCase(
    [
      'v-older-unsigned',
      'unsigned',
      'V-5 T-12',
      'The same with one signature: nothing says that it is a true one of then.',
    ],
    edit(second.site, { [signatureName(boris)]: null }),
    { today: '2025-06-01' },
  ),
  makeCase(['v-stale', 'stale', 'V-6', 'The day after its date.'], 'true-zip', {
    today: '2026-08-02',
  }),
  makeCase(['v-last-day', 'authentic', 'V-6', 'Its last day.'], 'true-zip', {
    today: '2026-08-01',
  }),
  makeCase(
    ['v-stale-unsigned', 'unsigned', 'V-6 T-12', 'Past its date and not signed.'],
    't-none',
    { today: '2026-08-02' },
  ),
  makeCase(
    [
      'v-older-and-stale',
      'rolled back',
      'V-1 V-5 V-6',
      'Older than known and past its date: the graver counts.',
    ],
    'v-older',
    { today: '2026-08-02' },
  ),
];
