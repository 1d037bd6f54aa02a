import type { MadeCase, VectorVerdict } from '../case.ts';
import { sha256, signatureLines, makeSignature } from '../writers/keys.ts';
import {
  chainText,
  entryLine,
  historyOf,
  manifestOf,
  trustedComment,
  type Published,
} from '../writers/edition.ts';
import { edit, publish, replace, signAnew, type Change } from '../writers/site.ts';
import {
  anna,
  boris,
  dora,
  ending,
  fifth,
  fifthFields,
  filesOf,
  first,
  firstKeys,
  fourth,
  fourthFields,
  given,
  lastKeys,
  laterKeys,
  mallory,
  second,
  third,
  thirdFields,
  zipCase,
} from './world.ts';

const knowsFirst = { trust: { clone: 'one' } };
const all = [first, second, third, fourth];

/** The fifth edition with another chain, which its holders have listed and signed. */
const chained = (
  name: string,
  verdict: VectorVerdict,
  rules: string,
  says: string,
  change: Change,
): MadeCase =>
  zipCase(
    [name, verdict, rules, says],
    signAnew(edit(fifth.site, { 'CHAIN.txt': change }), [boris, dora], {
      campaign: 'garden',
      number: 5,
    }),
    knowsFirst,
  );

/** The fifth edition with another EDITION.txt, of which its chain is the one of before. */
const said = (
  name: string,
  verdict: VectorVerdict,
  rules: string,
  says: string,
  change: Change,
): MadeCase =>
  zipCase(
    [name, verdict, rules, says],
    signAnew(edit(fifth.site, { 'EDITION.txt': change }), [boris, dora], {
      campaign: 'garden',
      number: 5,
    }),
    knowsFirst,
  );

const swap = (from: string | RegExp, to: string): Change => replace(from, to);
/** The fifth edition over another history, all of it truly signed. */
const after = (before: readonly Published[]): Published =>
  publish(filesOf(2028), fifthFields, before);
const firstFields = {
  number: 1,
  keys: firstKeys,
  next: firstKeys,
  date: '2024-05-01',
  until: '2024-08-01',
};
const otherFirst = publish({ ...filesOf(2024), 'en/more.html': 'x' }, firstFields, []);
const secondFields = {
  number: 2,
  keys: firstKeys,
  next: laterKeys,
  date: '2025-05-01',
  until: '2025-08-01',
};
const otherSecond = publish(filesOf(2025), secondFields, [otherFirst]);
const signatureOf = (edition: Published, line: number): string =>
  chainText([...all.slice(0, edition.fields.number)])
    .split('\n')
    .filter((text) => text.startsWith('signature: '))
    .slice(-2)[line] ?? '';
const forgedLine = (() => {
  const comment = trustedComment('garden', 2, sha256(second.text), second.manifestHash);
  const parts = makeSignature(mallory, manifestOf(second.site), comment);
  return `signature: ${signatureLines({ ...parts, idBytes: anna.idBytes }).join(' ')}`;
})();

/** CHAIN.txt (docs/spec.md, 7). */
export const chainCases: readonly MadeCase[] = [
  zipCase(
    [
      'h-five',
      'authentic',
      'T-4 H-9',
      'The fifth edition, for who knows the first alone: two changes of keys on the way.',
    ],
    fifth.site,
    knowsFirst,
  ),
  zipCase(
    ['h-four', 'authentic', 'T-4 H-9', 'The fourth edition, one change of keys on the way.'],
    fourth.site,
    knowsFirst,
  ),
  zipCase(['h-first', 'authentic', 'H-1', 'The first edition, which has no chain.'], first.site, {
    trust: { clone: 'one' },
    today: '2024-06-01',
  }),
  zipCase(
    ['h-missing', 'incomplete', 'F-1', 'The chain is not there; the manifest names it.'],
    edit(fourth.site, { 'CHAIN.txt': null }),
  ),
  zipCase(
    ['h-not-listed', 'tampered', 'H-1', 'A fourth edition without a chain.'],
    publish(filesOf(2027), fourthFields, [first, second, third], { 'CHAIN.txt': null }).site,
  ),
  zipCase(
    ['h-of-first', 'tampered', 'H-1', 'A first edition with a chain.'],
    publish(filesOf(2024), { number: 1, keys: firstKeys, next: firstKeys }, [], {
      'CHAIN.txt': chainText([first]),
    }).site,
    given([anna, boris], 2),
  ),
  chained('h-crlf', 'tampered', 'H-2', 'Lines that end with CR LF.', swap(/\n/g, '\r\n')),
  chained(
    'h-more',
    'tampered',
    'H-2',
    'A line that this format does not have.',
    swap('campaign: garden\n', 'campaign: garden\nnote: x\n'),
  ),
  chained('h-gap', 'tampered', 'H-2', 'An entry is left out.', swap(/1: .*\n/, '')),
  chained(
    'h-spelling',
    'tampered',
    'H-2',
    'A hash in a second spelling of base64.',
    swap(/^(1: .*)(.)=$/m, '$1$2'),
  ),
  chained('h-newer', 'too new', 'H-6', 'A later format.', swap('format: 1', 'format: 7')),
  chained(
    'h-newer-head',
    'too new',
    'H-6',
    'A head of a later format.',
    swap('> format: 1', '> format: 2'),
  ),
  chained(
    'h-head-broken',
    'tampered',
    'H-3',
    'A head that breaks the rules of EDITION.txt.',
    swap(/> date: 2025-05-01/, '> date: 2025-05-32'),
  ),
  chained(
    'h-head-campaign',
    'tampered',
    'H-3',
    'A head of another campaign.',
    swap('> campaign: garden', '> campaign: orchard'),
  ),
  chained(
    'h-head-number',
    'tampered',
    'H-3',
    'A head under the number of another.',
    swap('> edition: 2', '> edition: 3'),
  ),
  chained(
    'h-last-without-head',
    'tampered',
    'H-4',
    'The last entry has no head.',
    swap(/(4: .*\n)(?:[>s].*\n)+$/, '$1'),
  ),
  chained(
    'h-change-without-head',
    'tampered',
    'H-17 H-4',
    'A change of keys without a head.',
    swap(/(2: .*\n)(?:[>s].*\n)+/, '$1'),
  ),
  chained(
    'h-more-heads',
    'tampered',
    'H-4',
    'A head of an edition that changes nothing.',
    swap(/(1: .*\n)/, `$1${chainText([first]).split('\n').slice(3).join('\n')}`),
  ),
  zipCase(
    ['h-last-edition', 'tampered', 'H-4', 'A history with a last edition in it.'],
    after([first, second, third, ending]).site,
    given([boris, dora]),
  ),
  chained(
    'h-signatures-few',
    'tampered',
    'H-5',
    'One signature of the two that the change of keys needs.',
    swap(`${signatureOf(second, 1)}\n`, ''),
  ),
  chained(
    'h-signatures-order',
    'tampered',
    'H-5',
    'Signatures in another order.',
    swap(/(> signed-by: .*\n> signed-by: .*\n)(signature.*\n)(signature.*\n)/, '$1$3$2'),
  ),
  chained(
    'h-signature-twice',
    'tampered',
    'H-5',
    'One signature twice.',
    swap(signatureOf(second, 1), signatureOf(second, 0)),
  ),
  chained(
    'h-signature-forged',
    'tampered',
    'H-10',
    'A signature of a stranger under the id of Anna’s key.',
    swap(signatureOf(second, 0), forgedLine),
  ),
  chained(
    'h-signature-other',
    'tampered',
    'H-10',
    'The signature of another edition.',
    swap(
      signatureOf(second, 0),
      chainText([first])
        .split('\n')
        .find((line) => line.startsWith('signature: ')) ?? '',
    ),
  ),
  chained(
    'h-head-changed',
    'tampered',
    'H-10',
    'A date in a head was changed.',
    swap('> date: 2025-05-01', '> date: 2025-05-02'),
  ),
  chained(
    'h-entry-changed',
    'tampered',
    'H-7',
    'The hash of the first edition was exchanged.',
    swap(entryLine(1, first.manifestHash), entryLine(1, otherFirst.manifestHash)),
  ),
  zipCase(
    [
      'h-history-forked',
      'forked',
      'H-16',
      'A true history of another first edition: the holders serve two truths.',
    ],
    (() => {
      const otherThird = publish(filesOf(2026), thirdFields, [otherFirst, otherSecond]);
      return publish(filesOf(2027), fourthFields, [otherFirst, otherSecond, otherThird]).site;
    })(),
    { trust: { clone: 'one' } },
  ),
  said('h-number', 'tampered', 'H-12', 'It skips a number.', swap('edition: 5', 'edition: 6')),
  chained(
    'h-too-long',
    'forked',
    'H-12',
    'The chain goes on beyond it, by another fifth edition.',
    () => chainText([...all, publish({ ...filesOf(2028), 'a.html': 'x' }, fifthFields, all)]),
  ),
  said(
    'h-previous',
    'forked',
    'H-13',
    'It follows another fourth edition than its chain has.',
    swap(/previous-list: .*/, `previous-list: ${third.manifestHash}`),
  ),
  said(
    'h-history',
    'tampered',
    'H-14',
    'It claims another history than its chain has.',
    swap(/history: .*/, `history: ${historyOf([first.manifestHash])}`),
  ),
  zipCase(
    ['h-keys', 'tampered', 'H-15 T-6', 'Its keys are not those that the one before has named.'],
    publish(filesOf(2028), { ...fifthFields, keys: laterKeys, next: laterKeys }, all).site,
    knowsFirst,
  ),
  zipCase(
    [
      'h-keys-in-chain',
      'tampered',
      'H-9',
      'An edition in the chain has other keys than the one before has named.',
    ],
    (() => {
      const own = { keys: [mallory, boris], threshold: 2 };
      const three = publish(filesOf(2026), { number: 3, keys: own, next: lastKeys }, [
        first,
        second,
      ]);
      return publish(filesOf(2027), { number: 4, keys: lastKeys, next: lastKeys }, [
        first,
        second,
        three,
      ]).site;
    })(),
    knowsFirst,
  ),
  zipCase(
    [
      'h-hides-change',
      'tampered',
      'H-17',
      'A chain in which the second edition, which the clone knows, changes no keys.',
    ],
    (() => {
      const same = { ...second, fields: { ...second.fields, next: firstKeys } };
      const three = publish(filesOf(2026), { number: 3, keys: firstKeys, next: firstKeys }, [
        first,
        same,
      ]);
      return publish(filesOf(2027), { number: 4, keys: firstKeys, next: firstKeys }, [
        first,
        same,
        three,
      ]).site;
    })(),
    { trust: { clone: 'two' } },
  ),
  zipCase(
    ['h-campaign', 'tampered', 'H-11', 'The chain of another campaign of the same keys.'],
    signAnew(edit(fourth.site, { 'CHAIN.txt': chainText(orchard(), 'orchard') }), [anna, boris], {
      campaign: 'garden',
      number: 4,
    }),
    knowsFirst,
  ),
  zipCase(
    [
      'h-head-history',
      'tampered',
      'H-8',
      'A head that claims another history than the entries before it.',
    ],
    (() => {
      const two = publishWith(
        second,
        swapText(/history: .*/, `history: ${historyOf([otherFirst.manifestHash])}`),
      );
      const three = publish(filesOf(2026), thirdFields, [first, two]);
      return three.site;
    })(),
    knowsFirst,
  ),
  zipCase(
    [
      'h-head-forked',
      'forked',
      'H-7',
      'Two heads of which the later one follows another edition than the one with the head before.',
    ],
    (() => {
      const three = publish(filesOf(2026), { ...thirdFields, next: lastKeys }, [first, second]);
      const wrong = publishWith(
        publish(filesOf(2027), { number: 4, keys: lastKeys, next: lastKeys }, [
          first,
          second,
          three,
        ]),
        swapText(/previous-list: .*/, `previous-list: ${otherSecond.manifestHash}`),
      );
      return publish(filesOf(2028), fifthFields, [first, second, three, wrong]).site;
    })(),
    knowsFirst,
  ),
];

/** An edition whose EDITION.txt says something else, truly signed. */
function publishWith(edition: Published, change: (text: string) => string): Published {
  const text = change(edition.text);
  const site = signAnew(
    edit(edition.site, { 'EDITION.txt': text }),
    edition.fields.signers ?? edition.fields.keys.keys.slice(0, edition.fields.keys.threshold),
    { campaign: 'garden', number: edition.fields.number },
  );
  return { ...edition, text, site, manifestHash: sha256(manifestOf(site)) };
}
function swapText(from: RegExp, to: string): (text: string) => string {
  return (text) => text.replace(from, to);
}

/** Three editions of another campaign. */
function orchard(): Published[] {
  const one = publish(filesOf(2024), { ...firstFields, campaign: 'orchard' }, []);
  const two = publish(filesOf(2025), { ...secondFields, campaign: 'orchard' }, [one]);
  return [one, two, publish(filesOf(2026), { ...thirdFields, campaign: 'orchard' }, [one, two])];
}
