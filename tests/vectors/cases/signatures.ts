import type { MadeCase } from '../case.ts';
import {
  makeSignature,
  printSignature,
  sha256,
  signBytes,
  blake2b512,
  type SignatureParts,
  type VectorKey,
} from '../writers/keys.ts';
import { manifestOf, trustedComment } from '../writers/edition.ts';
import { mixedOrderSignature, raiseScalar } from '../writers/ed25519.ts';
import { commentOf, edit, replace, signatureName, type Change } from '../writers/site.ts';
import {
  anna,
  boris,
  clara,
  first,
  givenSole,
  mallory,
  ofSole,
  second,
  sole,
  zipCase,
} from './world.ts';

const { site } = sole;
const list = manifestOf(site);
const comment = commentOf(site, ofSole);
const editionHash = sha256(sole.text);

/** The sole edition with another signature of Anna, of the two that it has and needs. */
const signed = (
  name: string,
  verdict: 'tampered' | 'injected' | 'too new' | 'authentic',
  rules: string,
  says: string,
  change: Change,
): MadeCase =>
  zipCase([name, verdict, rules, says], edit(site, { [signatureName(anna)]: change }), givenSole);

const withParts = (change: Partial<SignatureParts>, key: VectorKey = anna): string =>
  printSignature({ ...makeSignature(key, list, comment), ...change });
const withComment = (text: string): string => printSignature(makeSignature(anna, list, text));
const comments = (number: number, edition: string, manifest: string, campaign = 'garden'): string =>
  withComment(trustedComment(campaign, number, edition, manifest));

/** A signature and its global signature, both changed by the same trick. */
const tricked = (trick: (key: VectorKey, message: Buffer) => Buffer): string => {
  const signature = trick(anna, blake2b512(list));
  return withParts({
    signature,
    global: trick(anna, Buffer.concat([signature, Buffer.from(comment)])),
  });
};
const flip = (bytes: Buffer, at: number): Buffer =>
  Buffer.from(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)));

const true1 = makeSignature(anna, list, comment);

/** Signatures (docs/spec.md, 5). */
export const signatureCases: readonly MadeCase[] = [
  signed(
    's-legacy',
    'tampered',
    'S-3',
    'The older algorithm of minisign: nothing covers the letters that name it.',
    printSignature(makeSignature(anna, list, comment, 'Ed')),
  ),
  signed('s-windows', 'authentic', 'S-1', 'Line ends of Windows.', replace(/\n/g, '\r\n')),
  signed(
    's-no-line-end',
    'authentic',
    'S-1',
    'No line end after the last line.',
    replace(/\n$/, ''),
  ),
  signed(
    's-lone-cr',
    'tampered',
    'S-1',
    'A CR alone after the last line, which ends no line.',
    replace(/\n$/, '\r'),
  ),
  signed(
    's-page',
    'tampered',
    'S-1',
    'A page in place of a signature.',
    '<!DOCTYPE html><p>Not found</p>\n',
  ),
  signed(
    's-fifth-line',
    'tampered',
    'S-1',
    'A fifth line.',
    (bytes) => `${bytes.toString()}more\n`,
  ),
  signed('s-long', 'tampered', 'S-1', 'A comment longer than minisign reads.', (bytes) =>
    bytes.toString().replace('key', 'k'.repeat(1001)),
  ),
  signed('s-hidden', 'tampered', 'S-1', 'A comment that steers a terminal.', (bytes) =>
    bytes.toString().replace('secret', '\u001b[2J'),
  ),
  signed(
    's-spelling',
    'tampered',
    'S-1',
    'The signature in a second spelling of base64.',
    (bytes) => {
      const lines = bytes.toString().split('\n');
      // The last of the 100 characters carries two bits that no byte has.
      return [
        lines[0],
        lines[1]?.replace(/(.)=$/, (_, last: string) => `${nextLetter(last)}=`),
        ...lines.slice(2),
      ].join('\n');
    },
  ),
  signed(
    's-other-id',
    'tampered',
    'S-2',
    'Boris’s signature under the name of Anna’s: one key would count as two.',
    site.get(signatureName(boris)) ?? '',
  ),
  signed(
    's-algorithm',
    'tampered',
    'S-3',
    'An algorithm that this format does not have.',
    withParts({ algorithm: 'EX' }),
  ),
  signed(
    's-other-algorithm',
    'tampered',
    'S-3',
    'The signature of the manifest’s hash, said to be one of the manifest.',
    withParts({ algorithm: 'Ed' }),
  ),
  signed(
    's-older',
    'tampered',
    'S-3',
    'Anna’s signature of edition 2.',
    second.site.get(signatureName(anna)) ?? '',
  ),
  signed(
    's-flipped',
    'tampered',
    'S-3',
    'A changed bit in the signature.',
    withParts({
      signature: flip(true1.signature, 5),
      global: signBytes(anna, Buffer.concat([flip(true1.signature, 5), Buffer.from(comment)])),
    }),
  ),
  signed(
    's-scalar',
    'tampered',
    'S-3',
    'The number S raised by the order of the group: a second spelling.',
    tricked((key, message) => raiseScalar(signBytes(key, message))),
  ),
  signed(
    's-mixed-order',
    'tampered',
    'S-3',
    'A signature that fits only where the cofactor is multiplied in.',
    tricked(mixedOrderSignature),
  ),
  signed(
    'k-weak-signature',
    'tampered',
    'K-2',
    'R is the neutral point.',
    tricked((key, message) =>
      Buffer.concat([Buffer.from([1]), Buffer.alloc(31), signBytes(key, message).subarray(32)]),
    ),
  ),
  signed(
    's-comment-changed',
    'tampered',
    'S-4',
    'A trusted comment that was changed after signing.',
    replace('edition 1', 'edition 4'),
  ),
  signed(
    's-global-flipped',
    'tampered',
    'S-4',
    'A changed bit in the global signature.',
    withParts({ global: flip(true1.global, 40) }),
  ),
  signed(
    's-comment-free',
    'tampered',
    'S-5',
    'A comment in other words, truly signed: made for something else.',
    withComment('campaign garden, edition 1'),
  ),
  signed(
    's-comment-campaign',
    'tampered',
    'S-5',
    'A comment that names another campaign.',
    comments(1, editionHash, sole.manifestHash, 'orchard'),
  ),
  signed(
    's-comment-number',
    'tampered',
    'S-5',
    'A comment that names another number.',
    comments(4, editionHash, sole.manifestHash),
  ),
  signed(
    's-comment-edition',
    'tampered',
    'S-5',
    'A comment that names another EDITION.txt.',
    comments(1, sha256(second.text), sole.manifestHash),
  ),
  signed(
    's-comment-manifest',
    'tampered',
    'S-5',
    'A comment that names another manifest.',
    comments(1, editionHash, second.manifestHash),
  ),
  signed(
    's-comment-space',
    'tampered',
    'S-5',
    'The comment in a second spelling.',
    withComment(`${comment} `),
  ),
  signed(
    's-newer',
    'too new',
    'S-6 T-12',
    'A comment of a later format: the signature does not count.',
    withComment(comment.replace('signature 1', 'signature 2')),
  ),
  signed(
    's-untrusted',
    'injected',
    'S-7',
    'An account in the line that nobody has signed.',
    replace(/: .*/, ': give to 0417 1644'),
  ),
  zipCase(
    ['s-stranger', 'injected', 'S-9', 'A signature of a key that the edition does not name.'],
    edit(site, { [signatureName(mallory)]: printSignature(makeSignature(mallory, list, comment)) }),
    givenSole,
  ),
  zipCase(
    ['s-third', 'injected', 'S-9', 'A signature of a key of the edition that was not to sign it.'],
    edit(site, { [signatureName(clara)]: printSignature(makeSignature(clara, list, comment)) }),
    givenSole,
  ),
  zipCase(
    [
      's-without-manifest',
      'injected',
      'S-8 F-2',
      'A broken signature without a manifest: nobody looks at it, and no list names the files.',
    ],
    edit(site, { SHA256SUMS: null, [signatureName(anna)]: 'x' }),
    givenSole,
  ),
  zipCase(
    [
      's-of-no-needed-key',
      'unsigned',
      'T-5 S-8',
      'A broken signature of an edition that is older than the clone: nothing is needed, and nothing looked at.',
    ],
    edit(first.site, { [signatureName(anna)]: 'x' }),
    { trust: { clone: 'late' } },
  ),
  zipCase(
    ['s-both-broken', 'tampered', 'S-8 T-12', 'Neither signature fits: nothing counts.'],
    edit(site, {
      [signatureName(anna)]: withParts({ signature: Buffer.alloc(64) }),
      [signatureName(boris)]: withParts({ signature: Buffer.alloc(64) }, boris),
    }),
    givenSole,
  ),
];

/** The letter after one, in the alphabet of base64. */
function nextLetter(letter: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return alphabet[alphabet.indexOf(letter) + 1] ?? '';
}
