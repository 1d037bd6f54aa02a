import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { blake2b256 } from '../../scripts/mirror/minisign/blake2b-256.ts';
import { KeyError, SignatureError, type SignatureFault } from '../../scripts/mirror/minisign/errors.ts';
import { isSameKey, parsePublicKey, printPublicKey, printPublicKeyFile } from '../../scripts/mirror/minisign/public-key.ts';
import { generateSecretKey, isProtected, parseSecretKey, printProtectedSecretKey, printSecretKey } from '../../scripts/mirror/minisign/secret-key.ts';
import { signData } from '../../scripts/mirror/minisign/sign.ts';
import { maxSignatureBytes, parseSignature, printSignature } from '../../scripts/mirror/minisign/signature.ts';
import { maxLegacyBytes, verifySignature } from '../../scripts/mirror/minisign/verify.ts';
import { makeFolder } from '../helpers/build.ts';
import { fuzz, fuzzSettings, fuzzTimeout } from '../helpers/fuzz.ts';

/** Made with minisign 0.11 for these tests; the passphrase is "correct horse". */
const data = Buffer.from('hello mirror\n');
const publicLine = 'RWTNs+aHU4Knj6rR2uOnhoFV1vGdEXjL2op47LPb3PnPSFRLL/SiYQRd';
const publicFile = `untrusted comment: minisign public key 8FA7825387E6B3CD\n${publicLine}\n`;
const secretLine =
  'RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAzbPmh1OCp49WUgqswksqXhrymEoti/k7lfGfUUETN74z09UvYxAOOKrR2uOnhoFV1vGdEXjL2op47LPb3PnPSFRLL/SiYQRdAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
const secretFile = `untrusted comment: minisign encrypted secret key\n${secretLine}\n`;
const signatureFile = `untrusted comment: signature from minisign secret key
RUTNs+aHU4Knj0HlHanxfvcv4vQBb2ykjB/JcGhlVw1U+4AfZqTq1mK+iEGfFa+IP+g6zDQV+QImmS5R8nO6cj2npasyg1ccjQg=
trusted comment: campaign garden, edition 3
pv1gwopO4peM+1M1ot9/YV0vL35j4cc0l0ZfouOPhgdhtaCLN0jvWsqzhKRyZ7FwZJW1RXQnXwH9u20As1kqDQ==
`;
const legacyFile = `untrusted comment: signature from minisign secret key
RWTNs+aHU4Knj6BZwdgY/evGlVsFPIAT2iOrC+7f9AalyMfUXexLQOhFcjUFtfK9sIIFY9JZbnvNKgCGLzPOup4r2stOSdGkpA8=
trusted comment: timestamp:1795311483\tfile:data
+FIn9r9aPXw74t5ngwy2nuXzKOH7MJItcf9KJemCI4mJ2M7ph/ZyGZSSFlz6rxYm+0kks5uOr/uhckuneYv9DA==
`;
const protectedPublic = 'RWRFaTeb4GACrtTaxrZFghJw+m7luQ0jRj9Q2e/uoh8vl+1P4YX9zCwr';
const protectedFile = `untrusted comment: minisign encrypted secret key
RWRTY0Iyvp1120iZcF+jJcM8Mu1X/ZyNDO6yzA3bGa56WhUgPigAAAACAAAAAAAAAEAAAAAAcKEzI4Fvt32ZJf4Fc7eOBv0TYFi1aGZiIIWwF5MQzYqqzazO0huNDwOf1R9fh/ehjIN1Yke0xmumXmf5t1eBwWcw8UvtGnlX9XSonmbDHR9jd2UVPNk9ehhHmmyAE5NyeiUA/PMW7uw=
`;
const protectedSignature = `untrusted comment: signature from minisign secret key
RURFaTeb4GACrnbVheIcTMUksklzbG8Xtzezwn/GtLO8rc+vqP4hbfE+HAXabWW8k9euffDnMMWz9/XT1jt8k5NMWHQQ7pR45AA=
trusted comment: by the protected key
4SKjv3lv989ImB2U0N3o2lQB9OfNfjgUvrffIceHhe+sv4KkhvIbrFh1hsEIZ7T7mC/NSNcoeYjzGK4ReWyiCg==
`;

const read = (text: string | Buffer) => parseSignature(Buffer.from(text));
const verify = (text: string, key = publicLine, bytes: Parameters<typeof verifySignature>[2] = data) => verifySignature(read(text), parsePublicKey(key), bytes);
const change = (text: string, from: string | RegExp, to: string): string => {
  if (text.replace(from, to) === text) throw new Error('nothing changed');
  return text.replace(from, to);
};
async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}
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
    ['megabytes', 'R'.repeat(5000), 'at most 4096'],
    ['a code for terminals', '\x1B[2J', '\\u{1b}'],
    ['a key for which anyone can sign (order 1)', printPublicKey({ id: '0'.repeat(16), ed25519: Buffer.from([1, ...Buffer.alloc(31)]) }), 'anyone can make signatures'],
    ['a key for which anyone can sign (order 4, with sign)', printPublicKey({ id: '0'.repeat(16), ed25519: Buffer.from([...Buffer.alloc(31), 0x80]) }), 'anyone can make signatures'],
    ['a second spelling of a key', printPublicKey({ id: '0'.repeat(16), ed25519: Buffer.from([0xf0, ...Buffer.alloc(30, 0xff), 0x7f]) }), 'anyone can make signatures'],
  ])('refuses %s', (_, text, message) => {
    expect(() => parsePublicKey(text)).toThrow(KeyError);
    expect(() => parsePublicKey(text)).toThrow(message);
  });

  it.each([['a line', publicLine], ['a line with its end', `${publicLine}\n`], ['a file', publicFile], ['a file of Windows', publicFile.replaceAll('\n', '\r\n')]])('reads %s', (_, text) => {
    const key = parsePublicKey(text);
    expect(key.id).toBe('8FA7825387E6B3CD');
    expect(printPublicKey(key)).toBe(publicLine);
    expect(printPublicKeyFile(key)).toBe(publicFile);
    expect(isSameKey(key, parsePublicKey(publicLine))).toBe(true);
    expect(isSameKey(key, parsePublicKey(protectedPublic))).toBe(false);
  });
});

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
    ['a long trusted comment', change(signatureFile, 'garden', 'g'.repeat(8200)), 'expected at most 8173'],
    ['a comment that steers a terminal', change(signatureFile, 'secret', '\x1B[2J'), 'line 1 has invisible characters'],
    ['a comment that returns to the beginning', change(signatureFile, 'garden', 'garden\rAuthentic'), 'line 3 has invisible characters'],
    ['a comment that turns its direction', change(signatureFile, 'garden', '\u202Enedrag'), 'line 3 has invisible characters'],
    ['a public key for a signature', change(signatureFile, /RU.*/, publicLine), 'line 2'],
    ['a cut signature', change(signatureFile, 'jQg=', 'jQg'), 'line 2'],
    ['a signature in a second spelling', change(signatureFile, 'jQg=', 'jQh='), 'line 2'],
    ['an unknown algorithm', change(signatureFile, 'RU', 'RV'), 'the unknown algorithm'],
    ['no trusted comment', change(signatureFile, 'trusted comment: c', 'comment: c'), 'line 3'],
    ['no global signature', change(signatureFile, /pv1.*/, ''), 'line 4'],
    ['a global signature in a second spelling', change(signatureFile, 'DQ==', 'DR=='), 'line 4'],
    ['a web page', '<!doctype html>\n<p>\nNot\nfound', 'line 1 is "<!doctype html>"'],
  ])('refuses %s', (_, text, message) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ name: 'SignatureError', fault: 'malformed', message: expect.stringContaining(message) }));
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(() => read(Buffer.from(change(signatureFile, 'garden', 'jardín'), 'latin1'))).toThrow('UTF-8');
  });

  it('reads all parts and prints the same text', () => {
    expect(read(signatureFile)).toMatchObject({ keyId: '8FA7825387E6B3CD', algorithm: 'ED', trustedComment: 'campaign garden, edition 3', untrustedComment: 'signature from minisign secret key' });
    expect(read(legacyFile)).toMatchObject({ algorithm: 'Ed', trustedComment: 'timestamp:1795311483\tfile:data' });
    for (const text of [signatureFile, legacyFile, protectedSignature]) expect(printSignature(read(text))).toBe(text);
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
  const anyonesSignature = printSignature({ ...read(signatureFile), keyId: anyonesKey.id, signature: Buffer.from([1, ...Buffer.alloc(63)]), globalSignature: Buffer.from([1, ...Buffer.alloc(63)]) });

  it.each<[what: string, check: () => Promise<string>, fault: SignatureFault]>([
    ['a changed byte', () => verify(signatureFile, publicLine, Buffer.from('hello mirrOr\n')), 'other data'],
    ['a byte more', () => verify(signatureFile, publicLine, Buffer.from('hello mirror\n\n')), 'other data'],
    ['no data', () => verify(signatureFile, publicLine, Buffer.alloc(0)), 'other data'],
    ['a changed byte, older kind', () => verify(legacyFile, publicLine, Buffer.from('hello mirrOr\n')), 'other data'],
    ['the other kind over the same signature', () => verify(change(signatureFile, 'RUT', 'RWT')), 'other data'],
    ['the older kind as the newer', () => verify(change(legacyFile, 'RWT', 'RUT')), 'other data'],
    ['another key', () => verify(signatureFile, protectedPublic), 'other key'],
    ['another key of the same id', () => verifySignature(read(signatureFile), { ...parsePublicKey(protectedPublic), id: '8FA7825387E6B3CD' }, data), 'other data'],
    ['a changed signature', () => verify(flipped(signatureFile, 1)), 'other data'],
    ['a changed trusted comment', () => verify(change(signatureFile, 'edition 3', 'edition 4')), 'other comment'],
    ['the trusted comment of another signature', () => verify(signatureFile.split('\n').slice(0, 2).concat(legacyFile.split('\n').slice(2)).join('\n')), 'other comment'],
    ['a changed global signature', () => verify(flipped(signatureFile, 3)), 'other comment'],
    ['a signature that fits any data', () => verifySignature(read(anyonesSignature), anyonesKey, data), 'other data'],
    ['endless data under the older kind', () => verify(legacyFile, publicLine, endless()), 'too long'],
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
    ['a signature with the line ends of Windows', signatureFile.replaceAll('\n', '\r\n'), publicLine, 'campaign garden, edition 3'],
    ['a signature without the last line end', signatureFile.trimEnd(), publicLine, 'campaign garden, edition 3'],
    ['a signature with another untrusted comment', change(signatureFile, 'secret key', 'friends'), publicLine, 'campaign garden, edition 3'],
  ])('takes %s of minisign and gives the trusted comment', async (_, text, key, comment) => {
    await expect(verify(text, key)).resolves.toBe(comment);
    await expect(verify(text, key, inPieces(data, 3))).resolves.toBe(comment);
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
    await expect(parseSecretKey(`my key\n${secretLine}\n`)).rejects.toThrow(/^After the secret key there is more: expected nothing after the line of base64\.$/);
  });

  it('reads keys of minisign and signs as it does, to the byte', async () => {
    const key = await parseSecretKey(secretFile);
    expect(printPublicKey(key.publicKey)).toBe(publicLine);
    expect(await signData(key, data, { trusted: 'campaign garden, edition 3' })).toBe(signatureFile);
    expect(await signData(key, inPieces(data, 5), { trusted: 'campaign garden, edition 3' })).toBe(signatureFile);
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

describe('signData', () => {
  it.each([['two lines', 'a\nb'], ['a code for terminals', '\x1B[2J'], ['half a character', '\uD800'], ['too many bytes', 'é'.repeat(4087)]])('refuses a trusted comment of %s', async (_, trusted) => {
    await expect(signData(generateSecretKey(), data, { trusted })).rejects.toThrow(SignatureError);
  });

  it('refuses an empty passphrase', async () => {
    await expect(printProtectedSecretKey(generateSecretKey(), '')).rejects.toThrow(KeyError);
  });

  it('makes what can be verified, with the longest comments', async () => {
    const key = generateSecretKey();
    const text = await signData(key, data, { trusted: 'é'.repeat(4086), untrusted: 'x'.repeat(1003) });
    expect(await verify(text, printPublicKey(key.publicKey))).toBe('é'.repeat(4086));
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
  expect(blake2b256(Buffer.from(Array.from({ length }, (_, index) => index % 251))).toString('hex')).toBe(expected);
});

describe.skipIf(spawnSync('minisign', ['-v']).error)('beside the real minisign', () => {
  const minisign = (folder: string, args: readonly string[], input = '') => spawnSync('minisign', args, { cwd: folder, encoding: 'utf8', input, env: { ...process.env, LC_ALL: 'C' } });
  const folderWith = (files: Record<string, string | Buffer>): string => {
    const folder = makeFolder('minisign-');
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return folder;
  };
  const big = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * index) % 256));

  it.each<[what: string, files: Record<string, string | Buffer>]>([
    ['a changed byte', { data: Buffer.from('hello mirrOr\n') }],
    ['a changed trusted comment', { sig: change(signatureFile, 'edition 3', 'edition 4') }],
    ['another key', { pub: printPublicKeyFile(parsePublicKey(protectedPublic)) }],
    ['the other kind', { sig: change(signatureFile, 'RUT', 'RWT') }],
  ])('refuses %s where minisign does', async (_, files) => {
    const all = { data, sig: signatureFile, pub: publicFile, ...files };
    expect(minisign(folderWith(all), ['-Vm', 'data', '-x', 'sig', '-p', 'pub']).status).not.toBe(0);
    await expect((async () => verify(String(all.sig), String(all.pub), Buffer.from(all.data)))()).rejects.toThrow(SignatureError);
  });

  it('makes keys and signatures that minisign verifies', () => {
    return Promise.all(
      [data, big, Buffer.alloc(0)].map(async (bytes) => {
        const key = generateSecretKey();
        const folder = folderWith({ data: bytes, pub: printPublicKeyFile(key.publicKey), sig: await signData(key, inPieces(bytes, 70_000), { trusted: 'édition 3\tgarden' }) });
        for (const named of [['-p', 'pub'], ['-P', printPublicKey(key.publicKey)]]) {
          expect(minisign(folder, ['-VHm', 'data', '-x', 'sig', ...named])).toMatchObject({ status: 0, stdout: expect.stringContaining('Trusted comment: édition 3\tgarden') });
        }
      }),
    );
  });

  it.each([['', big], ['-l', big], ['', Buffer.alloc(0)], ['-l', Buffer.alloc(0)]])('verifies what minisign signs with its own new key (%s)', async (legacy, bytes) => {
    const folder = folderWith({ data: bytes });
    expect(minisign(folder, ['-GW', '-p', 'pub', '-s', 'key']).status).toBe(0);
    expect(minisign(folder, ['-Sm', 'data', '-s', 'key', '-x', 'sig', ...(legacy ? [legacy] : [])]).status).toBe(0);
    const [pub, sig] = ['pub', 'sig'].map((name) => readFileSync(join(folder, name), 'utf8')) as [string, string];
    expect(read(sig).algorithm).toBe(legacy ? 'Ed' : 'ED');
    expect(pub.split('\n')[0]).toContain(parsePublicKey(pub).id.replace(/^0+/, '')); // 0.11 leaves out zeros in front, 0.12 does not
    expect(await verify(sig, pub, bytes)).toMatch(/^timestamp:\d+\tfile:data/);
    expect(await signData(await parseSecretKey(readFileSync(join(folder, 'key'), 'utf8')), bytes, { trusted: 'x' })).toContain('\ntrusted comment: x\n');
  });

  it('writes keys that minisign signs with', () => {
    const key = generateSecretKey();
    const folder = folderWith({ data, key: printSecretKey(key) });
    expect(minisign(folder, ['-Sm', 'data', '-s', 'key', '-x', 'sig', '-t', 'x']).status).toBe(0);
    return expect(verify(readFileSync(join(folder, 'sig'), 'utf8'), printPublicKey(key.publicKey))).resolves.toBe('x');
  });

  it('writes protected keys that minisign opens with the passphrase, and with no other', async () => {
    const key = generateSecretKey();
    const folder = folderWith({ data, key: await printProtectedSecretKey(key, 'pâss phrase') });
    expect(minisign(folder, ['-Sm', 'data', '-s', 'key', '-x', 'sig', '-t', 'x'], 'other\n').status).not.toBe(0);
    expect(minisign(folder, ['-Sm', 'data', '-s', 'key', '-x', 'sig', '-t', 'x'], 'pâss phrase\n').status).toBe(0);
    expect(await verify(readFileSync(join(folder, 'sig'), 'utf8'), printPublicKey(key.publicKey))).toBe('x');
  });

  it('opens the protected keys of minisign', async () => {
    const folder = folderWith({});
    expect(minisign(folder, ['-G', '-p', 'pub', '-s', 'key'], 'pâss phrase\npâss phrase\n').status).toBe(0);
    const key = await parseSecretKey(readFileSync(join(folder, 'key'), 'utf8'), 'pâss phrase');
    expect(printPublicKey(key.publicKey)).toBe(readFileSync(join(folder, 'pub'), 'utf8').split('\n')[1]);
  });
});

describe('damaged files are refused in words', () => {
  const settings = fuzzSettings(20_000);
  const toBuffers = (...texts: string[]) => texts.map((text) => Buffer.from(text));

  it('signatures', () => {
    const figures = fuzz('signature', toBuffers(signatureFile, legacyFile, protectedSignature.replaceAll('\n', '\r\n')), (bytes) => {
      const signature = parseSignature(bytes);
      if (JSON.stringify(parseSignature(Buffer.from(printSignature(signature)))) !== JSON.stringify(signature)) throw new Error('another signature');
    }, [SignatureError], settings);
    expect(figures.accepted).toBeGreaterThan(0);
    expect(figures.refused).toBeGreaterThan(figures.accepted);
  }, fuzzTimeout);

  it('public keys', () => {
    const figures = fuzz('public key', toBuffers(publicLine, publicFile, printPublicKeyFile(parsePublicKey(protectedPublic))), (bytes) => {
      const key = parsePublicKey(bytes.toString());
      if (!isSameKey(parsePublicKey(printPublicKey(key)), key)) throw new Error('another key');
    }, [KeyError], settings);
    expect(figures.accepted).toBeGreaterThan(0);
    expect(figures.refused).toBeGreaterThan(figures.accepted);
  }, fuzzTimeout);

  it('secret keys', () => {
    const figures = fuzz('secret key', toBuffers(secretFile, protectedFile), (bytes) => void isProtected(bytes.toString()), [KeyError], settings);
    expect(figures.refused).toBeGreaterThan(figures.accepted);
  }, fuzzTimeout);

  it('signatures that still verify say the same', async () => {
    const kept: Buffer[] = [];
    fuzz('signature', toBuffers(signatureFile), (bytes) => {
      parseSignature(bytes);
      kept.push(bytes);
    }, [SignatureError], { ...settings, cases: 2_000 });
    expect(kept.length).toBeGreaterThan(50);
    for (const bytes of kept) {
      const comment = await verifySignature(parseSignature(bytes), parsePublicKey(publicLine), data).catch((error: unknown) => {
        if (!(error instanceof SignatureError)) throw error;
      });
      expect([undefined, 'campaign garden, edition 3']).toContain(comment);
    }
  }, fuzzTimeout);
});
