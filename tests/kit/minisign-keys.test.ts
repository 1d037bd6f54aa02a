import { describe, expect, it, test } from 'vitest';
import { createHash } from 'node:crypto';
import { blake2b } from '../../src/kit/core/minisign/blake2b.ts';
import {
  KeyError,
  isSameKey,
  parsePublicKey,
  printPublicKey,
  printPublicKeyFile,
} from '../../src/kit/core/minisign/public-key.ts';
import {
  isProtected,
  parseSecretKey,
  printSecretKey,
} from '../../src/kit/node/minisign/secret-key.ts';
import { signData } from '../../src/kit/node/minisign/sign.ts';
import {
  data,
  publicLine,
  publicFile,
  secretLine,
  secretFile,
  signatureFile,
  protectedPublic,
  protectedFile,
  protectedSignature,
  inPieces,
} from '../helpers/minisign-files.ts';

/** The bytes of a secret key file, changed at one place. */
const changeByte = (file: string, at: number, value: number): string => {
  const [comment = '', line = ''] = file.split('\n');
  const bytes = Buffer.from(line, 'base64');
  bytes[at] = value;
  return `${comment}\n${bytes.toString('base64')}\n`;
};

describe('parsePublicKey', () => {
  it.each([
    ['nothing', '', 'no public key'],
    ['a comment alone', 'untrusted comment: minisign public key\n', 'no public key'],
    ['a word', 'RWT', '56 characters'],
    ['a cut key', publicLine.slice(0, -1), '56 characters'],
    ['a longer key', `${publicLine}AAAA`, '56 characters'],
    ['base64 of addresses', publicLine.replace('+', '-').replace('/', '_'), '56 characters'],
    ['a space', publicLine.replace('TNs', 'T s'), '56 characters'],
    ['a secret key', secretFile, '56 characters'],
    ['a key of another kind', `AA${publicLine.slice(2)}`, 'unknown kind'],
    ['a second key', publicFile + publicLine, 'there is more'],
    ['two lines', `${publicLine}\n\n`, 'there is more'],
    ['a CR that ends no line', `${publicLine}\r`, '56 characters'],
    ['megabytes', 'R'.repeat(5000), 'at most 4096'],
    ['more bytes than characters', 'é'.repeat(2049), 'this file has 4098'],
    ['a code for terminals', '\x1B[2J', '\\u{1b}'],
    [
      'a key for which anyone can sign (order 1)',
      printPublicKey({ id: '0'.repeat(16), ed25519: Buffer.from([1, ...Buffer.alloc(31)]) }),
      'anyone can make signatures',
    ],
    [
      'a key for which anyone can sign (order 4, with sign)',
      printPublicKey({ id: '0'.repeat(16), ed25519: Buffer.from([...Buffer.alloc(31), 0x80]) }),
      'anyone can make signatures',
    ],
    [
      'a second spelling of a key',
      printPublicKey({
        id: '0'.repeat(16),
        ed25519: Buffer.from([0xf0, ...Buffer.alloc(30, 0xff), 0x7f]),
      }),
      'anyone can make signatures',
    ],
  ])('refuses %s', (_, text, message) => {
    expect(() => parsePublicKey(text)).toThrow(KeyError);
    expect(() => parsePublicKey(text)).toThrow(message);
  });

  it.each([
    ['a line', publicLine],
    ['a line with its end', `${publicLine}\n`],
    ['a file', publicFile],
    ['a file of Windows', publicFile.replaceAll('\n', '\r\n')],
  ])('reads %s', (_, text) => {
    const key = parsePublicKey(text);
    expect(key.id).toBe('8FA7825387E6B3CD');
    expect(printPublicKey(key)).toBe(publicLine);
    expect(printPublicKeyFile(key)).toBe(publicFile);
    expect(isSameKey(key, parsePublicKey(publicLine))).toBe(true);
    expect(isSameKey(key, parsePublicKey(protectedPublic))).toBe(false);
  });
});

describe('parseSecretKey', () => {
  it.each([
    ['a public key', publicFile, undefined, '212 characters'],
    ['a key of another kind', changeByte(secretFile, 2, 65), undefined, 'unknown kind'],
    ['a key without passphrase, with one', secretFile, 'correct horse', 'no passphrase'],
    ['a protected key without passphrase', protectedFile, undefined, 'has a passphrase'],
    ['a changed seed', changeByte(secretFile, 70, 0), undefined, 'damaged'],
    ['a public half that was exchanged', changeByte(secretFile, 100, 0), undefined, 'damaged'],
    ['a wrong checksum', changeByte(secretFile, 157, 1), undefined, 'damaged'],
    ['a key that takes all memory', changeByte(protectedFile, 51, 1), 'correct horse', 'steps'],
    ['a key that takes hours', changeByte(protectedFile, 43, 1), 'correct horse', 'steps'],
    ['a key that asks for too little', changeByte(protectedFile, 49, 0), 'correct horse', 'steps'],
    ['a passphrase of two lines', protectedFile, 'correct\nhorse', 'one line'],
    ['a passphrase beyond all', protectedFile, 'x'.repeat(1023), 'at most 1022'],
    ['a wrong passphrase', protectedFile, 'wrong horse', 'passphrase is wrong'],
  ])('refuses %s', async (_, text, passphrase, message) => {
    const error = await parseSecretKey(text, passphrase).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(KeyError);
    expect(String(error)).toContain(message);
    expect(String(error)).not.toMatch(/[A-Za-z0-9+/]{30}/); // no key in a log
  });

  it('says nothing of a secret key in a file with too much in it', async () => {
    await expect(parseSecretKey(`my key\n${secretLine}\n`)).rejects.toThrow(
      /^After the secret key there is more: expected nothing after the line of base64\.$/,
    );
  });

  it('reads keys of minisign and signs as it does, to the byte', async () => {
    const key = await parseSecretKey(secretFile);
    expect(printPublicKey(key.publicKey)).toBe(publicLine);
    expect(await signData(key, data, { trusted: 'campaign garden, edition 3' })).toBe(
      signatureFile,
    );
    expect(await signData(key, inPieces(data, 5), { trusted: 'campaign garden, edition 3' })).toBe(
      signatureFile,
    );
  });

  it('reads protected keys of minisign and signs as it does, to the byte', async () => {
    expect([isProtected(protectedFile), isProtected(secretFile)]).toEqual([true, false]);
    const key = await parseSecretKey(protectedFile, 'correct horse');
    expect(printPublicKey(key.publicKey)).toBe(protectedPublic);
    expect(await signData(key, data, { trusted: 'by the protected key' })).toBe(protectedSignature);
  });

  it('writes a key without passphrase as minisign does', async () => {
    expect(printSecretKey(await parseSecretKey(secretFile)).split('\n')[1]).toBe(secretLine);
  });
});

/** From Python's hashlib: `blake2b(bytes(i % 251 for i in range(n)), digest_size=32)`. */
test.each([
  [0, '0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8'],
  [1, '03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314'],
  [74, 'ebae0805fd52d3e9f5f29aeb33b6be8cab0f28e668990d3cb95444d9ef90b932'],
  [127, 'f2fe67ff342e21b8f45e8f2e0bcd1d9243245d50ee6c78042e9c491388791c72'],
  [128, 'c3582f71ebb2be66fa5dd750f80baae97554f3b015663c8be377cfcb2488c1d1'],
  [129, 'f7f3c46ba2564ff4c4c162da1f5b605f9f1c4aa6a20652a9f9a337c1a2f5b9c9'],
  [256, '582f782226018ec33076bd8d1c42413530ac7e1126260ffc0f306ba3befc3f24'],
  [257, '227e15ed64ee8e93eb7bc53828f76eed974f2c4ab1408c3d08f212b7f8d69904'],
  [1000, 'b372d0608f720c8c3dd41e9c8eecb10143b41abe520b616607e754bf79c08331'],
])('BLAKE2b-256 of %i bytes is what others say', (length, expected) => {
  expect(
    Buffer.from(
      blake2b(
        Uint8Array.from({ length }, (_, index) => index % 251),
        32,
      ),
    ).toString('hex'),
  ).toBe(expected);
});

test.each([0, 1, 127, 128, 129, 256, 1000])(
  'BLAKE2b-512 of %d bytes is that of OpenSSL',
  (length) => {
    const message = Uint8Array.from({ length }, (_, index) => index % 251);
    expect(Buffer.from(blake2b(message, 64)).toString('hex')).toBe(
      createHash('blake2b512').update(message).digest('hex'),
    );
  },
);
