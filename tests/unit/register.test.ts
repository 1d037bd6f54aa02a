import { describe, expect, it } from 'vitest';
import {
  findSite,
  isPlainAddress,
  isRegisteredLine,
  printAddresses,
} from '../../src/campaign/schema/register.ts';

const site = (id: string, ...prefixes: string[]) => ({ id, data: { prefixes } });

const register = [
  site('good', 'https://good.example/'),
  site('channel', 'https://t.example/channel'),
  site('room', 'https://t.example/channel/room/'),
  site('two', 'https://two.example/a/', 'http://two.example/b/'),
  site('file', 'https://files.example/report.pdf'),
];

const idOf = (address: string) => findSite(register, address)?.id;

describe('findSite', () => {
  it.each([
    ['a text that is no address', 'good.example'],
    ['nothing', ''],
    ['a path', '/good.example/'],
    ['an address without a scheme', '//good.example/'],
    ['a script', 'javascript:"https://good.example/"'],
    ['a blob of a registered origin', 'blob:https://good.example/page'],
    ['the data of an address', 'data:text/html,https://good.example/'],
    ['mail to a registered name', 'mailto:someone@good.example'],
    ['an unregistered host', 'https://other.example/'],
    [
      'a host that borrows a registered name as its beginning',
      'https://good.example.evil.example/',
    ],
    ['a host that borrows a registered name as its end', 'https://evilgood.example/'],
    ['a subdomain', 'https://www.good.example/'],
    ['a host that borrows a registered name as a user', 'https://good.example@evil.example/'],
    ['a registered name and slash as a user', 'https://good.example%2F@evil.example/'],
    ['a registered name as user and password', 'https://good.example:x@evil.example/'],
    ['a user at a registered host', 'https://someone@good.example/'],
    ['a password at a registered host', 'https://:secret@good.example/'],
    ['a registered host after a backslash', 'https://evil.example\\@good.example/'],
    ['a registered name in the path', 'https://evil.example/https://good.example/'],
    ['a registered name in the query', 'https://evil.example/?https://good.example/'],
    ['a registered name in the fragment', 'https://evil.example/#https://good.example/'],
    ['a Cyrillic letter in the name', 'https://gооd.example/'],
    ['a Latin letter with a dot below', 'https://goọd.example/'],
    ['a dot after the name', 'https://good.example./'],
    ['another port', 'https://good.example:8443/'],
    ['port 80 of https', 'https://good.example:80/'],
    ['a scheme that is not registered', 'http://good.example/'],
    ['another scheme', 'ftp://good.example/'],
    ['a longer name of a channel', 'https://t.example/channel2'],
    ['a longer name of a channel, with a hyphen', 'https://t.example/channel-news'],
    ['a channel with something encoded after it', 'https://t.example/channel%2Froom'],
    ['a channel in capitals', 'https://t.example/Channel'],
    ['a channel with an encoded letter', 'https://t.example/ch%61nnel'],
    ['the host of a channel', 'https://t.example/'],
    ['a doubled slash before a channel', 'https://t.example//channel'],
    ['dots that lead out of a channel', 'https://t.example/channel/../evil'],
    ['encoded dots that lead out of a channel', 'https://t.example/channel/%2e%2e/evil'],
    ['half encoded dots that lead out of a channel', 'https://t.example/channel/.%2E/evil'],
    ['backslashes that lead out of a channel', 'https://t.example/channel\\..\\evil'],
    [
      'an encoded slash by which a server may leave a channel',
      'https://t.example/channel/..%2Fevil',
    ],
    ['encoded dots and an encoded slash', 'https://t.example/channel/%2e%2e%2fevil'],
    ['an encoded backslash', 'https://t.example/channel/..%5Cevil'],
    ['a channel under the path of another', 'https://t.example/evil/channel'],
    ['a path of the other scheme', 'https://two.example/b/'],
    ['a longer name of a file', 'https://files.example/report.pdf.exe'],
    ['a prefix without its slash', 'https://two.example/a'],
  ])('refuses %s', (_, address) => {
    expect(idOf(address)).toBeUndefined();
  });

  it.each([
    ['the prefix itself', 'https://good.example/', 'good'],
    ['a host without a slash', 'https://good.example', 'good'],
    ['a page below it', 'https://good.example/a/b.html', 'good'],
    ['a query', 'https://good.example/?q=1', 'good'],
    ['a fragment', 'https://good.example/#top', 'good'],
    ['a host in capitals', 'HTTPS://GOOD.Example/', 'good'],
    ['the usual port', 'https://good.example:443/', 'good'],
    ['a full-width host, which browsers narrow', 'https://ｇｏｏｄ.example/', 'good'],
    ['a host with an encoded dot, which browsers decode', 'https://good%2Eexample/', 'good'],
    ['a line break, which browsers leave out', 'https://go\nod.example/', 'good'],
    ['backslashes, which browsers turn', 'https:\\\\good.example\\a', 'good'],
    ['a channel', 'https://t.example/channel', 'channel'],
    ['a channel with a slash', 'https://t.example/channel/', 'channel'],
    ['a message of a channel', 'https://t.example/channel/12', 'channel'],
    ['a channel with a query', 'https://t.example/channel?before=12', 'channel'],
    ['dots that stay in a channel', 'https://t.example/channel/a/../b', 'channel'],
    ['dots that lead into a channel', 'https://t.example/evil/../channel', 'channel'],
    ['the second prefix of a site', 'http://two.example/b/c', 'two'],
    ['a file', 'https://files.example/report.pdf#page=2', 'file'],
  ])('finds the site of %s', (_, address, id) => {
    expect(idOf(address)).toBe(id);
  });

  it('takes the longest prefix in whatever order they stand', () => {
    expect(idOf('https://t.example/channel/room/1')).toBe('room');
    expect(findSite([...register].reverse(), 'https://t.example/channel/room/1')?.id).toBe('room');
  });

  it('takes the shorter prefix where the longer ends inside a name', () => {
    expect(idOf('https://t.example/channel/room')).toBe('channel');
    expect(idOf('https://t.example/channel/roommate')).toBe('channel');
  });

  it('compares the length of prefixes, not of sites', () => {
    const many = [
      site('long', 'https://x.example/a/', 'https://unlike.example/very/long/'),
      site('short', 'https://x.example/a/b/'),
    ];
    expect(findSite(many, 'https://x.example/a/b/c')?.id).toBe('short');
  });

  it('finds nothing in an empty register', () => {
    expect(findSite([], 'https://good.example/')).toBeUndefined();
  });

  it.each([
    'https://good.example/дапамога/1',
    'https://good.example/%D0%B4%D0%B0%D0%BF%D0%B0%D0%BC%D0%BE%D0%B3%D0%B0/1',
  ])('finds a prefix whose path is not in ASCII for %s', (address) => {
    expect(findSite([site('a', 'https://good.example/дапамога/')], address)?.id).toBe('a');
  });

  it('passes over a prefix that is no address', () => {
    expect(
      findSite(
        [site('broken', 'https://1.2.3.999/', 'https://good.example/')],
        'https://good.example/',
      )?.id,
    ).toBe('broken');
  });
});

it.each([
  'https://t.example/%63hannel',
  'https://t.example/channel%2e',
  'https://t.example/x/..%252fchannel',
  'https://t.example//channel',
])('refuses %s, which hosts read in two ways', (address) => {
  expect(findSite([{ data: { prefixes: ['https://t.example/'] } }], address)).toBeUndefined();
});

it.each([
  ['https://a.example/', true],
  ['https://a.example/week/', true],
  ['https://a.example/?x=1', false],
  ['https://a.example/#x', false],
  ['https://me@a.example/', false],
  ['https://a.example/</link>', false],
  ['https://a.example/./', false],
  ['a.example', false],
])('takes %s for a plain address: %s', (text, expected) => {
  expect(isPlainAddress(text)).toBe(expected);
});

describe('a line of addresses for paper', () => {
  const register = [site('a', 'https://good.example/'), site('b', 'https://t.example/channel')];
  it.each([
    ['good.example · t.example/channel', true],
    ['good.example', true],
    ['good.example, t.example/channel', false],
    ['good.example · t.example/channel2', false], // an account of somebody else
    ['write to good.example', false],
    ['', false],
  ])('is of the register, and nothing else: "%s" %s', (line, expected) => {
    expect(isRegisteredLine(register, line)).toBe(expected);
  });
  it('says what people type', () => {
    expect(printAddresses(['https://good.example/', 'http://b.example/a/b/'])).toBe(
      'good.example · b.example/a/b',
    );
  });
});
