import type { MadeCase } from '../case.ts';
import { nameKey } from '../writers/keys.ts';
import { edit, manifestText, replace, signAnew, type Change } from '../writers/site.ts';
import {
  anna,
  givenSole,
  boris,
  clara,
  folderCase,
  given,
  mallory,
  signedSole,
  sole,
  third,
  zipCase,
} from './world.ts';

/** The sole edition with another EDITION.txt, which its holders have listed and signed. */
const said = (
  name: string,
  rules: string,
  says: string,
  change: Change,
  verdict: 'tampered' | 'authentic' | 'too new' = 'tampered',
): MadeCase =>
  zipCase([name, verdict, rules, says], signedSole({ 'EDITION.txt': change }), givenSole);

const after = (line: string): Change => replace(/$/, line);
const swap = (from: string | RegExp, to: string): Change => replace(from, to);

/** A key under the id of another, and one for which everybody can sign. */
const renamed = nameKey('renamed', anna.seed, clara.idBytes, anna.publicBytes);
const weak = nameKey('weak', anna.seed, mallory.idBytes, Buffer.from([1, ...Buffer.alloc(31)]));
const beyondField = nameKey(
  'beyond the field',
  anna.seed,
  mallory.idBytes,
  Buffer.from(`f0${'ff'.repeat(30)}7f`, 'hex'),
);

const draft = edit(sole.site, {
  'EDITION.txt': 'format: 1\ncampaign: garden\ndraft-of: 4\n',
  [`SHA256SUMS.${anna.id}.minisig`]: null,
  [`SHA256SUMS.${boris.id}.minisig`]: null,
});
const listedDraft = edit(draft, { SHA256SUMS: manifestText(draft) });

/** EDITION.txt (docs/spec.md, 4). */
export const editionCases: readonly MadeCase[] = [
  zipCase(
    ['e-missing', 'incomplete', 'F-1 T-10', 'No EDITION.txt: its date is not to be seen.'],
    edit(third.site, { 'EDITION.txt': null }),
  ),
  said('e-no-line-end', 'E-1', 'The last line has no end.', swap(/\n$/, '')),
  said('e-crlf', 'E-3', 'Lines that end with CR LF.', swap(/\n/g, '\r\n')),
  said('e-byte-order-mark', 'E-3', 'A byte order mark before the first key.', swap(/^/, '\uFEFF')),
  said('e-no-utf8', 'E-1', 'A notice in Latin-1.', (bytes) =>
    Buffer.concat([bytes, Buffer.from('notice: caf\xe9\n', 'latin1')]),
  ),
  said(
    'e-newer',
    'E-2',
    'A later format: the words may mean something else.',
    swap('format: 1', 'format: 2'),
    'too new',
  ),
  said('e-format-zero', 'E-2', 'A format that is none.', swap('format: 1', 'format: 01')),
  said('e-unknown-key', 'E-3', 'A key that this format does not have.', after('colour: green\n')),
  said('e-order', 'E-3', 'Two lines exchanged.', swap(/(date: .*\n)(look.*\n)/, '$2$1')),
  said('e-two-spaces', 'E-4', 'A value that begins with a space.', swap('date: ', 'date:  ')),
  said(
    'e-notice',
    'E-4',
    'A notice of one line, with the joiner that Persian needs.',
    after('notice: می\u200cخواهم – read on.\n'),
    'authentic',
  ),
  said('e-notice-hidden', 'E-4', 'A notice that steers a terminal.', after('notice: a\u001b[2J\n')),
  said(
    'e-notice-nfc',
    'E-4',
    'A notice with a letter and its mark apart.',
    after('notice: cafe\u0301\n'),
  ),
  said(
    'e-notice-space',
    'E-4',
    'A notice that ends with a space without a break.',
    after('notice: a\u00a0\n'),
  ),
  said('e-notice-long', 'E-4', 'A notice of 1,001 bytes.', after(`notice: ${'é'.repeat(500)}x\n`)),
  said(
    'e-campaign',
    'E-3',
    'A campaign in capitals.',
    swap('campaign: garden', 'campaign: Garden'),
  ),
  said('e-number', 'E-3', 'A number with a zero in front.', swap('edition: 1', 'edition: 01')),
  said('e-day', 'E-3', 'A day that does not exist.', swap('date: 2026-05-01', 'date: 2026-02-29')),
  said(
    'e-until',
    'E-5',
    'An end on the first day.',
    swap('after: 2026-08-01', 'after: 2026-05-01'),
  ),
  zipCase(
    ['e-no-history', 'tampered', 'E-6', 'A third edition that says nothing of those before.'],
    signAnew(edit(third.site, { 'EDITION.txt': swap(/history: .*\n/, '') }), [anna, boris], {
      campaign: 'garden',
      number: 3,
    }),
    { trust: { clone: 'two' } },
  ),
  said(
    'e-first-with-history',
    'E-6',
    'A first edition with one before it.',
    swap(/(look.*\n)/, `$1previous-list: ${'a'.repeat(64)}\nhistory: ${'a'.repeat(64)}\n`),
  ),
  said(
    'e-threshold',
    'E-7',
    'More signatures are needed than there are keys.',
    swap('\nthreshold: 2', '\nthreshold: 4'),
  ),
  said('e-key-twice', 'E-7', 'A key twice: one holder counts as two.', swap(clara.line, anna.line)),
  said(
    'e-key-renamed',
    'E-7',
    'The same key under another id.',
    swap(`key: ${clara.line}\nnext`, `key: ${renamed.line}\nnext`),
  ),
  said('k-weak', 'K-2', 'A key for which everybody can sign.', swap(clara.line, weak.line)),
  said(
    'k-beyond-field',
    'K-2',
    'A key in a second spelling of its number.',
    swap(clara.line, beyondField.line),
  ),
  said(
    'k-length',
    'K-1',
    'A key of 41 bytes.',
    swap(`key: ${clara.line}`, `key: ${clara.line.slice(0, -1)}=`),
  ),
  said(
    'k-algorithm',
    'K-1',
    'A key of another kind.',
    swap(clara.line, `RX${clara.line.slice(2)}`),
  ),
  said(
    'e-signers-few',
    'E-8',
    'It says that fewer sign than it needs.',
    swap(/signed-by: .*\n(?!signed)/, ''),
  ),
  said(
    'e-signers-order',
    'E-8',
    'Signers in another order than keys.',
    swap(/(signed-by: .*\n)(signed-by: .*\n)/, '$2$1'),
  ),
  said(
    'e-signers-stranger',
    'E-8',
    'A signer that is none of the keys.',
    swap(`signed-by: ${boris.id}`, `signed-by: ${mallory.id}`),
  ),
  said(
    'e-reserved',
    'E-9',
    'Lines whose place is reserved: they mean nothing yet.',
    after('x-log: a b\nx-log-2: c\n'),
    'authentic',
  ),
  said('e-reserved-order', 'E-9', 'Reserved lines in another order.', after('x-b: a\nx-a: b\n')),
  said(
    'e-reserved-many',
    'E-3',
    'Seventeen reserved lines.',
    after(Array.from({ length: 17 }, (_, at) => `x-${String.fromCharCode(97 + at)}: 1\n`).join('')),
  ),
  folderCase(['e-draft', 'unsigned', 'E-10 T-10', 'A draft: nobody vouches for it.'], listedDraft),
  zipCase(
    ['e-draft-key', 'tampered', 'E-3', 'A draft with a key.'],
    (() => {
      const changed = edit(draft, { 'EDITION.txt': after(`key: ${anna.line}\n`) });
      return edit(changed, { SHA256SUMS: manifestText(changed) });
    })(),
  ),
  zipCase(
    ['e-draft-given', 'unsigned', 'E-10 T-10', 'The same draft, for who was given keys.'],
    listedDraft,
    given([anna, clara]),
  ),
];
