import { describe, expect, it, test } from 'vitest';
import { EditionError } from '../../src/kit/core/edition/edition-lines.ts';
import {
  editionLimits,
  parseDraft,
  parseEdition,
  printDraft,
  printEdition,
  type Edition,
} from '../../src/kit/core/edition/edition.ts';
import {
  KeyError,
  parsePublicKey,
  printPublicKey,
} from '../../src/kit/core/minisign/public-key.ts';
import { generateSecretKey } from '../../src/kit/node/minisign/secret-key.ts';
import { fuzz, fuzzSettings, fuzzTimeout } from '../helpers/fuzz.ts';

const keys = [
  'RWTNs+aHU4Knj6rR2uOnhoFV1vGdEXjL2op47LPb3PnPSFRLL/SiYQRd',
  'RWRFaTeb4GACrtTaxrZFghJw+m7luQ0jRj9Q2e/uoh8vl+1P4YX9zCwr',
  'RWTUm+ZilMgIKazEusmk6qX+HVLA4BzfNyquv7HemfCrDY5SabK495hP',
] as const;
const [first, second, third] = keys;

const third3 = `format: 1
campaign: garden
edition: 3
date: 2024-05-01
look-for-newer-after: 2024-08-01
previous-list: ${'a'.repeat(64)}
history: ${'b'.repeat(64)}
threshold: 2
key: ${first}
key: ${second}
next-threshold: 1
next-key: ${second}
signed-by: ${parsePublicKey(first).id}
signed-by: ${parsePublicKey(second).id}
notice: The key CD is lost; read on.
`;
const edition1 = third3
  .replace('edition: 3', 'edition: 1')
  .replace(/previous-list: .*\nhistory: .*\n/, '')
  .replace(/notice: .*\n/, '');
const lastEdition = third3.replace(/next-threshold: 1\nnext-key: .*\n/, 'next-threshold: 0\n');
const change = (from: string | RegExp, to: string): string => {
  if (third3.replace(from, to) === third3) throw new Error('nothing changed');
  return third3.replace(from, to);
};
const parse = (text: string | Buffer): Edition => parseEdition(Buffer.from(text));

/** The key `from` with the id of another. */
const withIdOf = (from: string, id: string): string =>
  printPublicKey({ ...parsePublicKey(from), id: parsePublicKey(id).id });

describe('parseEdition', () => {
  it.each<[what: string, text: string | Buffer, line: number | undefined, message: string]>([
    ['nothing', '', 1, 'nothing, expected “format: ”'],
    ['an empty line alone', '\n', 1, 'expected “format: ”'],
    ['a missing line end', third3.trimEnd(), 15, 'without a line end'],
    ['CR LF', third3.replaceAll('\n', '\r\n'), 1, 'CR LF'],
    ['CR LF in one line', change('garden\n', 'garden\r\n'), 2, 'CR LF'],
    ['a byte order mark', `\uFEFF${third3}`, 1, 'expected “format: ”'],
    ['bytes that are no UTF-8', Buffer.from(change('The', 'Thé'), 'latin1'), 15, 'no UTF-8'],
    [
      'too many bytes',
      third3 + 'a'.repeat(editionLimits.maxBytes),
      undefined,
      'expected at most 16384',
    ],
    ['a later format', change('format: 1', 'format: 2'), 1, 'get a newer checker'],
    ['no format', change('format: 1\n', ''), 1, 'expected “format: ”'],
    ['an unknown key', change('date:', 'colour: green\ndate:'), 4, 'expected “date: ”'],
    ['a key in capitals', change('date:', 'Date:'), 4, 'expected “date: ”'],
    ['two fields in another order', change(/(date.*\n)(look.*\n)/, '$2$1'), 4, 'expected “date: ”'],
    ['a field twice', change(/(date: .*\n)/, '$1$1'), 5, 'expected “look-for-newer-after: ”'],
    ['an empty line', change('date:', '\ndate:'), 4, 'expected “date: ”'],
    ['a line after the end', `${third3}notice: more\n`, 16, 'expected the end of the file'],
    ['an empty line after the end', `${third3}\n`, 16, 'expected the end of the file'],
    ['a file that ends early', change(/next-key[^]*/, ''), 12, 'nothing, expected “next-key: ”'],
    ['no space', change('date: ', 'date:'), 4, 'expected “date: ”'],
    ['two spaces', change('date: ', 'date:  '), 4, 'without spaces around'],
    ['a space at the end', change('garden', 'garden '), 2, 'without spaces around'],
    ['an empty value', change('garden', ''), 2, '“campaign” is ""'],
    ['a campaign that is a path', change('garden', '../garden'), 2, 'single hyphens'],
    ['a campaign in capitals', change('garden', 'Garden'), 2, 'single hyphens'],
    ['a long campaign', change('garden', 'g'.repeat(61)), 2, 'at most 60'],
    ['edition 0', change('edition: 3', 'edition: 0'), 3, 'a number from 1'],
    ['a negative edition', change('edition: 3', 'edition: -3'), 3, 'a number from 1'],
    ['a number with a zero in front', change('edition: 3', 'edition: 03'), 3, 'without zeros'],
    ['half an edition', change('edition: 3', 'edition: 3.5'), 3, 'a number from 1'],
    ['a number in letters', change('edition: 3', 'edition: 1e3'), 3, 'a number from 1'],
    ['a number of another script', change('edition: 3', 'edition: ٣'), 3, 'a number from 1'],
    ['an edition beyond all', change('edition: 3', 'edition: 1000000'), 3, 'to 999999'],
    [
      'an edition beyond exact numbers',
      change('edition: 3', `edition: ${'9'.repeat(400)}`),
      3,
      'to 999999',
    ],
    ['a date that does not exist', change('2024-05-01', '2024-02-30'), 4, 'a day as YYYY-MM-DD'],
    ['a month for a date', change('2024-05-01', '2024-05'), 4, 'a day as YYYY-MM-DD'],
    ['a time', change('2024-05-01', '2024-05-01T00:00'), 4, 'a day as YYYY-MM-DD'],
    ['an end on the first day', change('2024-08-01', '2024-05-01'), 5, 'after 2024-05-01'],
    ['an end before the beginning', change('2024-08-01', '2023-08-01'), 5, 'after 2024-05-01'],
    ['an end that does not exist', change('2024-08-01', '2024-08-32'), 5, 'a day as YYYY-MM-DD'],
    ['no previous list', change(/previous-list: .*\n/, ''), 6, 'expected “previous-list: ”'],
    [
      'a previous list of edition 1',
      change('edition: 3', 'edition: 1'),
      6,
      'expected “threshold: ”',
    ],
    ['a short hash', change('a'.repeat(64), 'a'.repeat(63)), 6, '64 hexadecimal digits'],
    ['a hash in capitals', change('a'.repeat(64), 'A'.repeat(64)), 6, 'small letters'],
    ['no history', change(/history: .*\n/, ''), 7, 'expected “history: ”'],
    ['a short history', change('b'.repeat(64), 'b'.repeat(63)), 7, '64 hexadecimal digits'],
    ['threshold 0', change('threshold: 2', 'threshold: 0'), 8, 'a number from 1'],
    [
      'a threshold that no signatures reach',
      change('threshold: 2', 'threshold: 3'),
      8,
      '3 signatures of 2 keys, expected a number from 1 to 2',
    ],
    [
      'a next threshold that no signatures reach',
      change('next-threshold: 1', 'next-threshold: 2'),
      11,
      '2 signatures of 1 keys',
    ],
    ['no key', change(/key: RWT.*\nkey: .*\n/, ''), 9, 'expected “key: ”'],
    ['no next key', change(/next-key: .*\n/, ''), 12, 'expected “next-key: ”'],
    [
      'a key after the next ones',
      change(/(next-key: .*\n)/, `$1key: ${third}\n`),
      13,
      'expected “signed-by: ”',
    ],
    ['a key that is none', change(first, 'RWT'), 9, 'expected a public key of minisign'],
    [
      'a key with a space',
      change(first, `${first.slice(0, 10)} ${first.slice(10)}`),
      9,
      'expected a public key of minisign',
    ],
    [
      'a key for which anyone can sign',
      change(first, printPublicKey({ id: '0'.repeat(16), ed25519: Buffer.alloc(32) })),
      9,
      'expected a public key of minisign',
    ],
    ['a key twice', change(second, first), 10, 'no line before has'],
    [
      'a key twice, under another id',
      change(second, withIdOf(first, second)),
      10,
      'no line before has',
    ],
    ['two keys of one id', change(second, withIdOf(second, first)), 10, 'no line before has'],
    [
      'too many keys',
      change(
        `key: ${first}\n`,
        Array.from(
          { length: 17 },
          () => `key: ${printPublicKey(generateSecretKey().publicKey)}\n`,
        ).join(''),
      ),
      25,
      'at most 16',
    ],
    [
      'keys in a last edition',
      change('next-threshold: 1', 'next-threshold: 0'),
      12,
      'expected “signed-by: ”',
    ],
    ['no key that signs', change(/signed-by: .*\n/g, ''), 13, 'expected “signed-by: ”'],
    [
      'fewer keys that sign than it needs',
      change(/(signed-by: .*\n).*\n/, '$1'),
      13,
      '1 keys that sign, expected at least 2',
    ],
    [
      'a key that signs twice',
      change(/(signed-by: .*\n).*\n/, '$1$1'),
      14,
      'in the same order and each once',
    ],
    [
      'keys that sign in another order',
      change(/(signed-by: .*\n)(.*\n)/, '$2$1'),
      14,
      'in the same order and each once',
    ],
    [
      'a key that signs and is none of its own',
      change(/signed-by: .*/, `signed-by: ${parsePublicKey(third).id}`),
      13,
      'the id of a key above',
    ],
    ['an extension without a name', `${third3}x-: what\n`, 16, 'a name of a-z, 0-9 and hyphens'],
    ['an extension in capitals', `${third3}x-Log: what\n`, 16, 'a name of a-z'],
    ['an extension without a value', `${third3}x-log: \n`, 16, '“x-log” is ""'],
    ['an extension twice', `${third3}x-log: a\nx-log: b\n`, 17, 'each once in the order'],
    ['extensions in another order', `${third3}x-b: a\nx-a: b\n`, 17, 'each once in the order'],
    ['an extension before the notice', change('notice: ', 'x-log: a\nnotice: '), 16, 'the end'],
    ['a long extension', `${third3}x-log: ${'é'.repeat(501)}\n`, 16, 'at most 1000 bytes'],
    [
      'too many extensions',
      third3 + Array.from({ length: 17 }, (_, n) => `x-${n + 10}: a\n`).join(''),
      32,
      'at most 16',
    ],
    ['a draft', 'format: 1\ncampaign: garden\ndraft-of: 3\n', 3, 'expected “edition: ”'],
    ['an empty notice', change(/notice: .*/, 'notice: '), 15, '“notice” is ""'],
    ['a long notice', change(/notice: .*/, `notice: ${'é'.repeat(501)}`), 15, 'at most 1000 bytes'],
    ['a notice that steers a terminal', change('The', 'The\x1B[2J'), 15, 'visible characters'],
    ['a notice with a tab', change('The', 'The\t'), 15, 'visible characters'],
    ['a notice that turns its direction', change('The', 'The\u202E'), 15, 'visible characters'],
    [
      'a notice with a second line of Unicode',
      change('The', 'The\u2028'),
      15,
      'visible characters',
    ],
    ['a notice with invisible letters', change('The', 'The\u{E0041}'), 15, 'visible characters'],
    ['a notice that is not in NFC', change('The', 'The\u0301'), 15, 'NFC'],
  ])('refuses %s', (_, text, line, message) => {
    let error: unknown;
    try {
      parse(text);
    } catch (thrown) {
      error = thrown;
    }
    if (!(error instanceof EditionError)) throw new Error(`no EditionError but ${String(error)}`);
    expect(error.message).toContain(message);
    expect(error.line).toBe(line);
    if (line !== undefined) expect(error.message).toContain(`EDITION.txt, line ${line}: `);
    // nothing of it steers a terminal
    expect(error.message).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
    expect(error.message.length).toBeLessThan(1000);
  });

  it('says why a key is refused as the cause', () => {
    expect(() => parse(change(first, 'RWT'))).toThrow(
      expect.objectContaining({ cause: expect.any(KeyError) }),
    );
  });

  it('reads every field', () => {
    expect(parse(third3)).toEqual({
      campaign: 'garden',
      number: 3,
      date: '2024-05-01',
      lookForNewerAfter: '2024-08-01',
      previousList: 'a'.repeat(64),
      history: 'b'.repeat(64),
      keys: { threshold: 2, keys: [parsePublicKey(first), parsePublicKey(second)] },
      nextKeys: { threshold: 1, keys: [parsePublicKey(second)] },
      signers: [parsePublicKey(first).id, parsePublicKey(second).id],
      notice: 'The key CD is lost; read on.',
      extensions: [],
    });
  });

  it('keeps lines for later programs, and gives them no meaning', () => {
    const text = `${third3}x-checkpoint: 3 abc\nx-log: log.example\n`;
    expect(parse(text)).toEqual({
      ...parse(third3),
      extensions: [
        { name: 'checkpoint', value: '3 abc' },
        { name: 'log', value: 'log.example' },
      ],
    });
  });

  it.each(['format: 2', 'format: 10'])(
    'says of “%s” that it is newer than this program',
    (line) => {
      expect(() => parse(change('format: 1', line))).toThrow(
        expect.objectContaining({ isNewer: true, message: expect.stringMatching(/newer checker/) }),
      );
    },
  );

  it.each(['format: 0', 'format: 01', 'format: x', 'format: 1 ', 'format: 9999999'])(
    'says of “%s” that it is none of its formats',
    (line) => {
      expect(() => parse(change('format: 1', line))).toThrow(
        expect.objectContaining({ isNewer: false }),
      );
    },
  );

  it('reads a first edition without a notice', () => {
    expect(parse(edition1)).toMatchObject({
      number: 1,
      previousList: undefined,
      notice: undefined,
    });
  });

  it('reads a last edition', () => {
    expect(parse(lastEdition).nextKeys).toBeUndefined();
  });

  it('takes a notice with the joiners of Persian', () => {
    expect(parse(change(/notice: .*/, 'notice: می\u200Cخواهم')).notice).toBe('می\u200Cخواهم');
  });

  it('takes as many keys as it may', () => {
    const many = Array.from({ length: 16 }, () => generateSecretKey().publicKey);
    const lines = many.map((key) => `key: ${printPublicKey(key)}\n`).join('');
    const signers = many.map(({ id }) => `signed-by: ${id}\n`).join('');
    const text = change(/key: RWT[^]*next-threshold/, `${lines}next-threshold`).replace(
      /(?:signed-by: .*\n)+/,
      signers,
    );
    expect(parse(text)).toMatchObject({ keys: { keys: { length: 16 } }, signers: { length: 16 } });
  });
});

describe('printEdition', () => {
  const edition = parse(third3);
  it.each<[string, Partial<Edition>]>([
    ['a value of two lines', { notice: 'a\nb' }],
    [
      'a value that holds the next field',
      {
        lookForNewerAfter: `2024-08-01\nprevious-list: ${'a'.repeat(64)}`,
        previousList: undefined,
      },
    ],
    ['half a character', { notice: 'a\uD800' }],
    ['a first edition with a previous list', { number: 1 }],
    ['a later edition without one', { previousList: undefined }],
    ['no keys', { keys: { threshold: 1, keys: [] } }],
    ['an empty notice', { notice: '' }],
    ['a later edition without its history', { history: undefined }],
  ])('refuses %s', (_, changes) => {
    expect(() => printEdition({ ...edition, ...changes })).toThrow(EditionError);
  });

  it.each([
    ['with everything', third3],
    ['with words for later programs', `${third3}x-log: a b\nx-log-2: c\n`],
    ['with the least', edition1],
    ['the last', lastEdition],
  ])('gives the same bytes again, %s', (_, text) => {
    expect(printEdition(parse(text))).toBe(text);
  });
});

describe('drafts', () => {
  const draft = 'format: 1\ncampaign: garden\ndraft-of: 3\n';

  it.each([
    ['an edition', third3, 'expected “draft-of: ”'],
    ['number 0', draft.replace('3', '0'), 'a number from 1'],
    ['a key', `${draft}key: ${first}\n`, 'expected the end of the file'],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseDraft(Buffer.from(text))).toThrow(
      expect.objectContaining({ name: 'EditionError', message: expect.stringContaining(message) }),
    );
  });

  it('prints what it reads', () => {
    expect(parseDraft(Buffer.from(draft))).toEqual({ campaign: 'garden', of: 3 });
    expect(printDraft({ campaign: 'garden', of: 3 })).toBe(draft);
    expect(() => printDraft({ campaign: 'a\nb', of: 3 })).toThrow(EditionError);
  });
});

test(
  'damaged editions are refused in words, or print to the same bytes',
  () => {
    const figures = fuzz(
      'EDITION.txt',
      [third3, edition1, lastEdition, change('signed-by', `next-key: ${third}\nsigned-by`)].map(
        (text) => Buffer.from(text),
      ),
      (bytes) => {
        if (printEdition(parseEdition(bytes)) !== bytes.toString()) throw new Error('another text');
      },
      [EditionError],
      fuzzSettings(20_000),
    );
    expect(figures.accepted).toBeGreaterThan(0);
    expect(figures.refused).toBeGreaterThan(figures.accepted);
  },
  fuzzTimeout,
);
