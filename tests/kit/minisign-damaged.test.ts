import { nodePlatform } from '../../src/kit/node/platform.ts';
import { describe, expect, it } from 'vitest';
import {
  KeyError,
  isSameKey,
  parsePublicKey,
  printPublicKey,
  printPublicKeyFile,
} from '../../src/kit/core/minisign/public-key.ts';
import {
  SignatureError,
  parseSignature,
  printSignature,
  verifySignature,
} from '../../src/kit/core/minisign/signature.ts';
import { isProtected } from '../../src/kit/node/minisign/secret-key.ts';
import { fuzz, fuzzSettings, fuzzTimeout } from '../helpers/fuzz.ts';
import {
  data,
  publicLine,
  publicFile,
  secretFile,
  signatureFile,
  legacyFile,
  protectedPublic,
  protectedFile,
  protectedSignature,
} from '../helpers/minisign-files.ts';

describe('damaged files are refused in words', () => {
  const settings = fuzzSettings(20_000);
  const toBuffers = (...texts: string[]) => texts.map((text) => Buffer.from(text));

  it(
    'signatures',
    () => {
      const figures = fuzz(
        'signature',
        toBuffers(signatureFile, legacyFile, protectedSignature.replaceAll('\n', '\r\n')),
        (bytes) => {
          const signature = parseSignature(bytes);
          if (
            JSON.stringify(parseSignature(Buffer.from(printSignature(signature)))) !==
            JSON.stringify(signature)
          )
            throw new Error('another signature');
        },
        [SignatureError],
        settings,
      );
      expect(figures.accepted).toBeGreaterThan(0);
      expect(figures.refused).toBeGreaterThan(figures.accepted);
    },
    fuzzTimeout,
  );

  it(
    'public keys',
    () => {
      const figures = fuzz(
        'public key',
        toBuffers(publicLine, publicFile, printPublicKeyFile(parsePublicKey(protectedPublic))),
        (bytes) => {
          const key = parsePublicKey(bytes.toString());
          if (!isSameKey(parsePublicKey(printPublicKey(key)), key)) throw new Error('another key');
        },
        [KeyError],
        settings,
      );
      expect(figures.accepted).toBeGreaterThan(0);
      expect(figures.refused).toBeGreaterThan(figures.accepted);
    },
    fuzzTimeout,
  );

  it(
    'secret keys',
    () => {
      const figures = fuzz(
        'secret key',
        toBuffers(secretFile, protectedFile),
        (bytes) => void isProtected(bytes.toString()),
        [KeyError],
        settings,
      );
      expect(figures.refused).toBeGreaterThan(figures.accepted);
    },
    fuzzTimeout,
  );

  it(
    'signatures that still verify say the same',
    async () => {
      const kept: Buffer[] = [];
      fuzz(
        'signature',
        toBuffers(signatureFile),
        (bytes) => {
          parseSignature(bytes);
          kept.push(bytes);
        },
        [SignatureError],
        { ...settings, cases: 2_000 },
      );
      expect(kept.length).toBeGreaterThan(50);
      for (const bytes of kept) {
        const comment = await verifySignature(
          parseSignature(bytes),
          parsePublicKey(publicLine),
          data,
          nodePlatform,
        ).catch((error: unknown) => {
          if (!(error instanceof SignatureError)) throw error;
        });
        expect([undefined, 'campaign garden, edition 3']).toContain(comment);
      }
    },
    fuzzTimeout,
  );
});
