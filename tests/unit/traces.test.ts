import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { findTraces } from '../../scripts/lab/rebuild/traces.ts';

const marks = {
  folder: '/tmp/vyrai-éléphant',
  host: 'zebra-host-7',
  'time zone': 'Pacific/Kiritimati',
};
const scan = (content: string | Buffer, path = 'en/index.html') =>
  findTraces(new Map([[path, Buffer.from(content as string)]]), marks);

describe('a trace of the machine', () => {
  test.each([
    ['as it is', 'built on zebra-host-7.', 'host', 'its bytes'],
    ['in capitals', 'ZEBRA-HOST-7', 'host', 'its bytes'],
    ['in capitals with accents', '/TMP/VYRAI-ÉLÉPHANT', 'folder', 'its bytes'],
    [
      'percent-encoded',
      'href="file:///tmp/vyrai-%C3%A9l%c3%a9phant/x"',
      'folder',
      'its bytes, percent-encoded',
    ],
    [
      'percent-encoded with its slash',
      'tz=Pacific%2FKiritimati',
      'time zone',
      'its bytes, percent-encoded',
    ],
    ['percent-encoded more than needed', 'zebra%2dhost%2D7', 'host', 'its bytes, percent-encoded'],
    [
      'with slashes escaped in JSON',
      String.raw`{"zone":"Pacific\/Kiritimati"}`,
      'time zone',
      'its bytes, escaped as in JSON',
    ],
    [
      'with letters escaped in JSON',
      String.raw`"\/tmp\/vyrai-\u00e9l\u00E9phant"`,
      'folder',
      'its bytes, escaped as in JSON',
    ],
    [
      'with letters escaped in HTML',
      'Pacific&#47;Kiritimati',
      'time zone',
      'its bytes, escaped as in HTML',
    ],
    [
      'among bytes that are no text',
      Buffer.concat([Buffer.of(0, 255, 0xc3), Buffer.from('zebra-host-7'), Buffer.of(254)]),
      'host',
      'its bytes',
    ],
    ['packed with gzip', gzipSync('{"title":"zebra-host-7"}'), 'host', 'what its gzip holds'],
    [
      'percent-encoded and packed',
      gzipSync('Pacific%2FKiritimati'),
      'time zone',
      'what its gzip holds, percent-encoded',
    ],
  ])('is found %s', (_, content, what, place) => {
    const traces = scan(content);
    expect(traces).toHaveLength(1);
    expect(traces[0]).toContain(`en/index.html holds the ${what} "`);
    expect(traces[0]).toContain(` of the machine that built it, in ${place}: …`);
  });

  test('is found in the name of a file', () => {
    expect(scan('', 'en/Zebra-host-7.html')[0]).toContain('in its path: …en/zebra-host-7.html…');
  });

  test('is shown with the words around it', () => {
    expect(scan('one\ntwo zebra-host-7 three')).toEqual([
      'en/index.html holds the host "zebra-host-7" of the machine that built it, in its bytes: …one\\ntwo zebra-host-7 three…',
    ]);
  });

  test('is told for each mark and file', () => {
    expect(
      findTraces(
        new Map([
          ['a', Buffer.from('zebra-host-7 Pacific/Kiritimati')],
          ['b', Buffer.from('zebra-host-7')],
        ]),
        marks,
      ),
    ).toHaveLength(3);
  });

  test('is not seen where there is none', () => {
    expect(scan('A zebra is no host. 100% of 7 &#9999999; \\u12 %zz Pacific')).toEqual([]);
    expect(scan(gzipSync('nothing'))).toEqual([]);
  });
});

test('a mark that could stand in a text by chance is refused', () => {
  expect(() => findTraces(new Map(), { user: 'root' })).toThrow(
    '"root" is too short for a mark of the user',
  );
});
