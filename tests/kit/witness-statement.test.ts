import { describe, expect, it } from 'vitest';
import { parseStatement, printStatement } from '../../src/kit/edition/witness-statement.ts';
import { parsePublicKey } from '../../src/kit/minisign/public-key.ts';

const line = 'RWTNs+aHU4Knj6rR2uOnhoFV1vGdEXjL2op47LPb3PnPSFRLL/SiYQRd';
const text = `format: 1
statement: rebuilt
campaign: garden
edition: 3
list: ${'a'.repeat(64)}
key: ${line}
`;
const change = (from: string | RegExp, to: string): string => {
  if (text.replace(from, to) === text) throw new Error('nothing changed');
  return text.replace(from, to);
};

describe('a statement of a witness', () => {
  it.each<[what: string, text: string, line: number, message: string]>([
    ['nothing', '', 1, 'nothing, expected “format: ”'],
    ['a later format', change('format: 1', 'format: 2'), 1, '“format” is "2"'],
    ['another statement', change('rebuilt', 'looked at'), 2, 'expected rebuilt'],
    [
      'an EDITION.txt, which a key holder signs',
      change('statement: rebuilt\n', ''),
      2,
      'expected “statement: ”',
    ],
    ['a campaign that is a path', change('garden', '../garden'), 3, 'single hyphens'],
    ['edition 0', change('edition: 3', 'edition: 0'), 4, 'without zeros in front'],
    [
      'an edition beyond all',
      change('edition: 3', 'edition: 1000000'),
      4,
      'without zeros in front',
    ],
    ['a hash in capitals', change('a'.repeat(64), 'A'.repeat(64)), 5, 'small letters'],
    ['a key that is none', change(line, 'RWT'), 6, 'expected a public key of minisign'],
    ['a second key', `${text}key: ${line}\n`, 7, 'expected the end of the file'],
    ['no line end', text.trimEnd(), 6, 'without a line end'],
    ['CR LF', text.replaceAll('\n', '\r\n'), 1, 'CR LF'],
  ])('is refused with %s', (_, changed, at, message) => {
    expect(() => parseStatement(Buffer.from(changed))).toThrow(
      expect.objectContaining({
        name: 'EditionError',
        line: at,
        message: expect.stringContaining(message),
      }),
    );
    expect(() => parseStatement(Buffer.from(changed))).toThrow(`statement, line ${at}: `);
  });

  it('prints to the bytes that it was read from', () => {
    const statement = parseStatement(Buffer.from(text));
    expect(statement).toEqual({
      campaign: 'garden',
      number: 3,
      list: 'a'.repeat(64),
      key: parsePublicKey(line),
    });
    expect(printStatement(statement)).toBe(text);
  });
});
