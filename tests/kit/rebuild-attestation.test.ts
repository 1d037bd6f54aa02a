import { describe, expect, it } from 'vitest';
import {
  parseAttestation,
  printAttestation,
} from '../../src/kit/core/edition/rebuild-attestation.ts';
import { parsePublicKey } from '../../src/kit/core/minisign/public-key.ts';

const line = 'RWTNs+aHU4Knj6rR2uOnhoFV1vGdEXjL2op47LPb3PnPSFRLL/SiYQRd';
const text = `rebuild-attestation: 1
campaign: garden
edition: 3
manifest: ${'a'.repeat(64)}
key: ${line}
`;
const change = (from: string | RegExp, to: string): string => {
  if (text.replace(from, to) === text) throw new Error('nothing changed');
  return text.replace(from, to);
};

describe('a rebuild attestation', () => {
  it.each<[what: string, text: string, line: number, message: string]>([
    ['nothing', '', 1, 'nothing, expected “rebuild-attestation: ”'],
    [
      'a later format',
      change('attestation: 1', 'attestation: 2'),
      1,
      '“rebuild-attestation” is 2, and this program knows 1 only: get a newer checker',
    ],
    [
      'an EDITION.txt, which a key holder signs',
      change('rebuild-attestation', 'format'),
      1,
      'expected “rebuild-attestation: ”',
    ],
    ['a campaign that is a path', change('garden', '../garden'), 2, 'single hyphens'],
    ['edition 0', change('edition: 3', 'edition: 0'), 3, 'without zeros in front'],
    [
      'an edition beyond all',
      change('edition: 3', 'edition: 1000000'),
      3,
      'without zeros in front',
    ],
    ['a hash in capitals', change('a'.repeat(64), 'A'.repeat(64)), 4, 'small letters'],
    ['a key that is none', change(line, 'RWT'), 5, 'expected a public key of minisign'],
    ['a second key', `${text}key: ${line}\n`, 6, 'expected the end of the file'],
    ['no line end', text.trimEnd(), 5, 'without a line end'],
    ['CR LF', text.replaceAll('\n', '\r\n'), 1, 'CR LF'],
  ])('is refused with %s', (_, changed, at, message) => {
    expect(() => parseAttestation(Buffer.from(changed))).toThrow(
      expect.objectContaining({
        name: 'EditionError',
        line: at,
        message: expect.stringContaining(message),
      }),
    );
    expect(() => parseAttestation(Buffer.from(changed))).toThrow(
      `rebuild attestation, line ${at}: `,
    );
  });

  it('prints to the bytes that it was read from', () => {
    const attestation = parseAttestation(Buffer.from(text));
    expect(attestation).toEqual({
      campaign: 'garden',
      number: 3,
      manifest: 'a'.repeat(64),
      key: parsePublicKey(line),
    });
    expect(printAttestation(attestation)).toBe(text);
  });
});
