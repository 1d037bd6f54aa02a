import { nodePlatform } from '../../src/kit/node/platform.ts';
import { describe, expect, it } from 'vitest';
import {
  KeyError,
  parsePublicKey,
  printPublicKey,
} from '../../src/kit/core/minisign/public-key.ts';
import {
  SignatureError,
  type SignatureFault,
  maxSignatureBytes,
  printSignature,
  maxLegacyBytes,
  verifySignature,
} from '../../src/kit/core/minisign/signature.ts';
import {
  generateSecretKey,
  printProtectedSecretKey,
} from '../../src/kit/node/minisign/secret-key.ts';
import { signData } from '../../src/kit/node/minisign/sign.ts';
import {
  change,
  data,
  publicLine,
  signatureFile,
  legacyFile,
  protectedPublic,
  protectedSignature,
  inPieces,
  readSignature,
  verify,
} from '../helpers/minisign-files.ts';

describe('parseSignature', () => {
  it.each([
    ['nothing', '', 'it has 0 lines, expected 4'],
    ['three lines', signatureFile.split('\n').slice(0, 3).join('\n'), 'it has 3 lines, expected 4'],
    ['a fifth line', `${signatureFile}more\n`, 'it has 5 lines, expected 4'],
    ['an empty line at the end', `${signatureFile}\n`, 'it has 5 lines, expected 4'],
    ['megabytes', 'u'.repeat(maxSignatureBytes + 1), 'expected at most 16384'],
    ['no comment', change(signatureFile, 'untrusted comment: ', ''), 'line 1'],
    ['a byte order mark', `\uFEFF${signatureFile}`, 'line 1'],
    ['a long comment', change(signatureFile, 'secret', 's'.repeat(1000)), 'expected at most 1003'],
    [
      'a long trusted comment',
      change(signatureFile, 'garden', 'g'.repeat(8200)),
      'expected at most 8173',
    ],
    [
      'a comment that steers a terminal',
      change(signatureFile, 'secret', '\x1B[2J'),
      'line 1 has invisible characters',
    ],
    ['a CR that ends no line', signatureFile.replace(/\n$/, '\r'), 'line 4 is'],
    [
      'a comment that returns to the beginning',
      change(signatureFile, 'garden', 'garden\rAuthentic'),
      'line 3 has invisible characters',
    ],
    [
      'a comment that turns its direction',
      change(signatureFile, 'garden', '\u202Enedrag'),
      'line 3 has invisible characters',
    ],
    ['a public key for a signature', change(signatureFile, /RU.*/, publicLine), 'line 2'],
    ['a cut signature', change(signatureFile, 'jQg=', 'jQg'), 'line 2'],
    ['a signature in a second spelling', change(signatureFile, 'jQg=', 'jQh='), 'line 2'],
    ['an unknown algorithm', change(signatureFile, 'RU', 'RV'), 'the unknown algorithm'],
    ['no trusted comment', change(signatureFile, 'trusted comment: c', 'comment: c'), 'line 3'],
    ['no global signature', change(signatureFile, /pv1.*/, ''), 'line 4'],
    ['a global signature in a second spelling', change(signatureFile, 'DQ==', 'DR=='), 'line 4'],
    ['a web page', '<!doctype html>\n<p>\nNot\nfound', 'line 1 is "<!doctype html>"'],
  ])('refuses %s', (_, text, message) => {
    expect(() => readSignature(text)).toThrow(
      expect.objectContaining({
        name: 'SignatureError',
        fault: 'malformed',
        message: expect.stringContaining(message),
      }),
    );
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(() =>
      readSignature(Buffer.from(change(signatureFile, 'garden', 'jardín'), 'latin1')),
    ).toThrow('UTF-8');
  });

  it('reads all parts and prints the same text', () => {
    expect(readSignature(signatureFile)).toMatchObject({
      keyId: '8FA7825387E6B3CD',
      algorithm: 'ED',
      trustedComment: 'campaign garden, edition 3',
      untrustedComment: 'signature from minisign secret key',
    });
    expect(readSignature(legacyFile)).toMatchObject({
      algorithm: 'Ed',
      trustedComment: 'timestamp:1795311483\tfile:data',
    });
    for (const text of [signatureFile, legacyFile, protectedSignature])
      expect(printSignature(readSignature(text))).toBe(text);
  });
});

describe('verifySignature', () => {
  const flipped = (text: string, line: number): string => {
    const lines = text.split('\n');
    const bytes = Buffer.from(lines[line] ?? '', 'base64');
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    lines[line] = bytes.toString('base64');
    return lines.join('\n');
  };
  const anyonesKey = { id: '0'.repeat(16), ed25519: Buffer.from([1, ...Buffer.alloc(31)]) };
  /** R = the neutral point, S = 0: fits any message under a key of order 1. */
  const anyonesSignature = printSignature({
    ...readSignature(signatureFile),
    keyId: anyonesKey.id,
    signature: Buffer.from([1, ...Buffer.alloc(63)]),
    globalSignature: Buffer.from([1, ...Buffer.alloc(63)]),
  });

  it.each<[what: string, check: () => Promise<string>, fault: SignatureFault]>([
    [
      'a changed byte',
      () => verify(signatureFile, publicLine, Buffer.from('hello mirrOr\n')),
      'other data',
    ],
    [
      'a byte more',
      () => verify(signatureFile, publicLine, Buffer.from('hello mirror\n\n')),
      'other data',
    ],
    ['no data', () => verify(signatureFile, publicLine, Buffer.alloc(0)), 'other data'],
    [
      'a changed byte, older kind',
      () => verify(legacyFile, publicLine, Buffer.from('hello mirrOr\n')),
      'other data',
    ],
    [
      'the other kind over the same signature',
      () => verify(change(signatureFile, 'RUT', 'RWT')),
      'other data',
    ],
    ['the older kind as the newer', () => verify(change(legacyFile, 'RWT', 'RUT')), 'other data'],
    ['another key', () => verify(signatureFile, protectedPublic), 'other key'],
    [
      'another key of the same id',
      () =>
        verifySignature(
          readSignature(signatureFile),
          { ...parsePublicKey(protectedPublic), id: '8FA7825387E6B3CD' },
          data,
          nodePlatform,
        ),
      'other data',
    ],
    ['a changed signature', () => verify(flipped(signatureFile, 1)), 'other data'],
    [
      'a changed trusted comment',
      () => verify(change(signatureFile, 'edition 3', 'edition 4')),
      'other comment',
    ],
    [
      'the trusted comment of another signature',
      () =>
        verify(
          signatureFile.split('\n').slice(0, 2).concat(legacyFile.split('\n').slice(2)).join('\n'),
        ),
      'other comment',
    ],
    ['a changed global signature', () => verify(flipped(signatureFile, 3)), 'other comment'],
    [
      'a signature that fits any data',
      () => verifySignature(readSignature(anyonesSignature), anyonesKey, data, nodePlatform),
      'other data',
    ],
    [
      'endless data under the older kind',
      () => verify(legacyFile, publicLine, endless()),
      'too long',
    ],
  ])('refuses %s', async (_, check, fault) => {
    await expect(check()).rejects.toBeInstanceOf(SignatureError);
    await expect(check()).rejects.toMatchObject({ fault });
  });

  async function* endless(): AsyncGenerator<Buffer> {
    const piece = Buffer.alloc(2 ** 20);
    for (let sent = 0; ; sent += piece.length) {
      if (sent > maxLegacyBytes + 2 * piece.length) throw new Error('read on');
      yield piece;
    }
  }

  it('passes on what the source of the data throws', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield data;
      throw new Error('the host hung up');
    }
    await expect(verify(signatureFile, publicLine, broken())).rejects.toThrow('the host hung up');
  });

  it.each([
    ['a signature', signatureFile, publicLine, 'campaign garden, edition 3'],
    ['a signature of the older kind', legacyFile, publicLine, 'timestamp:1795311483\tfile:data'],
    ['a signature of a protected key', protectedSignature, protectedPublic, 'by the protected key'],
    [
      'a signature with the line ends of Windows',
      signatureFile.replaceAll('\n', '\r\n'),
      publicLine,
      'campaign garden, edition 3',
    ],
    [
      'a signature without the last line end',
      signatureFile.trimEnd(),
      publicLine,
      'campaign garden, edition 3',
    ],
    [
      'a signature with another untrusted comment',
      change(signatureFile, 'secret key', 'friends'),
      publicLine,
      'campaign garden, edition 3',
    ],
  ])('takes %s of minisign and gives the trusted comment', async (_, text, key, comment) => {
    await expect(verify(text, key)).resolves.toBe(comment);
    await expect(verify(text, key, inPieces(data, 3))).resolves.toBe(comment);
  });
});

describe('signData', () => {
  it.each([
    ['two lines', 'a\nb'],
    ['a code for terminals', '\x1B[2J'],
    ['half a character', '\uD800'],
    ['too many bytes', 'é'.repeat(4087)],
  ])('refuses a trusted comment of %s', async (_, trusted) => {
    await expect(signData(generateSecretKey(), data, { trusted })).rejects.toThrow(SignatureError);
  });

  it('refuses an empty passphrase', async () => {
    await expect(printProtectedSecretKey(generateSecretKey(), '')).rejects.toThrow(KeyError);
  });

  it('makes what can be verified, with the longest comments', async () => {
    const key = generateSecretKey();
    const text = await signData(key, data, {
      trusted: 'é'.repeat(4086),
      untrusted: 'x'.repeat(1003),
    });
    expect(await verify(text, printPublicKey(key.publicKey))).toBe('é'.repeat(4086));
  });
});
