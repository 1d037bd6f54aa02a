import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SignatureError } from '../../src/kit/core/minisign/signature.ts';
import {
  parsePublicKey,
  printPublicKey,
  printPublicKeyFile,
} from '../../src/kit/core/minisign/public-key.ts';
import {
  generateSecretKey,
  parseSecretKey,
  printProtectedSecretKey,
  printSecretKey,
} from '../../src/kit/node/minisign/secret-key.ts';
import { signData } from '../../src/kit/node/minisign/sign.ts';
import { makeFolder } from '../helpers/build.ts';
import {
  change,
  data,
  publicFile,
  signatureFile,
  protectedPublic,
  inPieces,
  readSignature,
  verify,
} from '../helpers/minisign-files.ts';

describe.skipIf(spawnSync('minisign', ['-v']).error)('next to the real minisign', () => {
  const minisign = (folder: string, args: readonly string[], input = '') =>
    spawnSync('minisign', args, {
      cwd: folder,
      encoding: 'utf8',
      input,
      env: { ...process.env, LC_ALL: 'C' },
    });
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
    await expect(
      (async () => verify(String(all.sig), String(all.pub), Buffer.from(all.data)))(),
    ).rejects.toThrow(SignatureError);
  });

  it('makes keys and signatures that minisign verifies', () => {
    return Promise.all(
      [data, big, Buffer.alloc(0)].map(async (bytes) => {
        const key = generateSecretKey();
        const folder = folderWith({
          data: bytes,
          pub: printPublicKeyFile(key.publicKey),
          sig: await signData(key, inPieces(bytes, 70_000), { trusted: 'édition 3\tgarden' }),
        });
        for (const named of [
          ['-p', 'pub'],
          ['-P', printPublicKey(key.publicKey)],
        ]) {
          expect(minisign(folder, ['-VHm', 'data', '-x', 'sig', ...named])).toMatchObject({
            status: 0,
            stdout: expect.stringContaining('Trusted comment: édition 3\tgarden'),
          });
        }
      }),
    );
  });

  it.each([
    ['', big],
    ['-l', big],
    ['', Buffer.alloc(0)],
    ['-l', Buffer.alloc(0)],
  ])('verifies what minisign signs with its own new key (%s)', async (legacy, bytes) => {
    const folder = folderWith({ data: bytes });
    expect(minisign(folder, ['-GW', '-p', 'pub', '-s', 'key']).status).toBe(0);
    expect(
      minisign(folder, ['-Sm', 'data', '-s', 'key', '-x', 'sig', ...(legacy ? [legacy] : [])])
        .status,
    ).toBe(0);
    const [pub, sig] = ['pub', 'sig'].map((name) => readFileSync(join(folder, name), 'utf8')) as [
      string,
      string,
    ];
    expect(readSignature(sig).algorithm).toBe(legacy ? 'Ed' : 'ED');
    // 0.11 leaves out zeros in front, 0.12 does not
    expect(pub.split('\n')[0]).toContain(parsePublicKey(pub).id.replace(/^0+/, ''));
    expect(await verify(sig, pub, bytes)).toMatch(/^timestamp:\d+\tfile:data/);
    expect(
      await signData(await parseSecretKey(readFileSync(join(folder, 'key'), 'utf8')), bytes, {
        trusted: 'x',
      }),
    ).toContain('\ntrusted comment: x\n');
  });

  it('writes keys that minisign signs with', () => {
    const key = generateSecretKey();
    const folder = folderWith({ data, key: printSecretKey(key) });
    expect(minisign(folder, ['-Sm', 'data', '-s', 'key', '-x', 'sig', '-t', 'x']).status).toBe(0);
    return expect(
      verify(readFileSync(join(folder, 'sig'), 'utf8'), printPublicKey(key.publicKey)),
    ).resolves.toBe('x');
  });

  it('writes protected keys that minisign opens with the passphrase, and with no other', async () => {
    const key = generateSecretKey();
    const folder = folderWith({ data, key: await printProtectedSecretKey(key, 'pâss phrase') });
    expect(
      minisign(folder, ['-Sm', 'data', '-s', 'key', '-x', 'sig', '-t', 'x'], 'other\n').status,
    ).not.toBe(0);
    expect(
      minisign(folder, ['-Sm', 'data', '-s', 'key', '-x', 'sig', '-t', 'x'], 'pâss phrase\n')
        .status,
    ).toBe(0);
    expect(
      await verify(readFileSync(join(folder, 'sig'), 'utf8'), printPublicKey(key.publicKey)),
    ).toBe('x');
  });

  it('opens the protected keys of minisign', async () => {
    const folder = folderWith({});
    expect(
      minisign(folder, ['-G', '-p', 'pub', '-s', 'key'], 'pâss phrase\npâss phrase\n').status,
    ).toBe(0);
    const key = await parseSecretKey(readFileSync(join(folder, 'key'), 'utf8'), 'pâss phrase');
    expect(printPublicKey(key.publicKey)).toBe(
      readFileSync(join(folder, 'pub'), 'utf8').split('\n')[1],
    );
  });
});
