import { describe, expect, test } from 'vitest';
import { openWebCopy } from '../../src/kit/node/source/web-copy.ts';
import {
  AddressError,
  addressBelow,
  parseAddress,
} from '../../src/kit/node/source/http/address.ts';
import { checkRedirect } from '../../src/kit/node/source/http/visit.ts';
import { parseProxy } from '../../src/kit/node/source/http/connections.ts';

const said = (work: () => unknown): string => {
  try {
    return `nothing, but gives ${String(work())}`;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('an address that is refused', () => {
  test.each([
    ['', '"" is no address of a site, expected one as in “https://mirror.example/site/”.'],
    [
      'mirror.example',
      '"mirror.example" is no address of a site, expected one as in “https://mirror.example/site/”.',
    ],
    [
      'http:mirror.example',
      '"http:mirror.example" is no address of a site, expected one as in “https://mirror.example/site/”.',
    ],
    [
      'http://',
      '"http://" is no address of a site, expected one as in “https://mirror.example/site/”.',
    ],
    [
      'file:///etc/passwd',
      '"file:///etc/passwd" is no address of a site, expected one as in “https://mirror.example/site/”.',
    ],
    [
      'ftp://mirror.example/',
      '"ftp://mirror.example/" is no address of a site, expected one as in “https://mirror.example/site/”.',
    ],
    [
      'https://me:secret@mirror.example/',
      '"https://me:secret@mirror.example/" has a user name or a password in it, expected an address that all can open.',
    ],
    [
      'https://mirror.example/?site=1',
      '"https://mirror.example/?site=1" has “?” or “#” in it, expected the address of a folder: leave out that sign and what follows.',
    ],
    [
      'https://mirror.example/en/#top',
      '"https://mirror.example/en/#top" has “?” or “#” in it, expected the address of a folder: leave out that sign and what follows.',
    ],
    [
      'http://abc.onion/',
      '"http://abc.onion/" is an onion service, which only Tor can reach: start Tor, and name its port as “--proxy socks5h://127.0.0.1:9050”.',
    ],
    [
      'http://ABC.ONION./',
      '"http://ABC.ONION./" is an onion service, which only Tor can reach: start Tor, and name its port as “--proxy socks5h://127.0.0.1:9050”.',
    ],
  ])('%s', (address, sentence) => {
    expect(said(() => openWebCopy(address))).toBe(sentence);
    expect(() => openWebCopy(address)).toThrow(AddressError);
  });

  test('for its length', () =>
    expect(said(() => openWebCopy(`https://mirror.example/${'x'.repeat(2000)}`))).toMatch(
      /" has 2023 characters, expected at most 2000\.$/,
    ));
});

describe('an address', () => {
  test.each([
    ['https://mirror.example', 'https://mirror.example/'],
    ['HTTPS://Mirror.Example:443/Site', 'https://mirror.example/Site/'],
    ['https://mirror.example/index.html', 'https://mirror.example/'],
    ['https://mirror.example/site/index.html', 'https://mirror.example/site/'],
    ['https://mirror.example/myindex.html', 'https://mirror.example/myindex.html/'],
    ['https://mirror.example/en/home.html', 'https://mirror.example/en/home.html/'],
    ['http://127.0.0.1:8080/ipfs/bafy', 'http://127.0.0.1:8080/ipfs/bafy/'],
    ['http://абв.example/г/', 'http://xn--80acd.example/%D0%B3/'],
  ])('%s means the folder %s', (address, folder) =>
    expect(parseAddress(address, false).href).toBe(folder),
  );

  test('of an onion service passes with a proxy', () =>
    expect(parseAddress('http://abc.onion', true).href).toBe('http://abc.onion/'));

  test('of a file is its folder’s with its path', () => {
    const folder = new URL('https://mirror.example/site/');
    expect([
      addressBelow(folder, '').href,
      addressBelow(folder, 'en/').href,
      addressBelow(folder, 'en/a b.html').href,
    ]).toEqual([folder.href, `${folder.href}en/`, `${folder.href}en/a%20b.html`]);
  });
});

describe('a redirect', () => {
  const judge = (from: string, location: string): string => {
    const { to, isUpgrade } = checkRedirect(new URL(from), location);
    return `${isUpgrade ? 'upgrade ' : ''}${to.href}`;
  };

  test.each([
    ['https://a.example/x.html', 'http://a.example/x.html', 'which is not encrypted'],
    ['https://a.example/x.html', 'http://a.example:443/x.html', 'which is not encrypted'],
    ['https://a.example/x.html', 'https://www.a.example/x.html', 'which is another host'],
    ['https://a.example/x.html', 'https://a.example.evil.example/x.html', 'which is another host'],
    ['https://a.example/x.html', '//b.example/x.html', 'which is another host'],
    ['https://a.example/x.html', '\\\\b.example/x.html', 'which is another host'],
    ['https://a.example/x.html', 'https://a.example:8443/x.html', 'which is another port'],
    ['http://a.example:8080/x.html', 'https://a.example/x.html', 'which is another port'],
    ['http://a.example/x.html', 'https://a.example:8443/x.html', 'which is another port'],
    ['http://a.example/x.html', 'http://169.254.169.254/', 'which is another host'],
    ['http://a.example/x.html', 'http://me@a.example/x.html', 'which has a user name in it'],
    ['http://a.example/x.html', 'javascript:alert(1)', 'which is no address on the web'],
    ['http://a.example/x.html', 'data:text/html,x', 'which is no address on the web'],
    ['http://a.example/x.html', 'file:///x.html', 'which is no address on the web'],
  ])('from %s to %s is not followed', (from, location, why) => {
    expect(said(() => judge(from, location))).toBe(
      `the host leads on to "${new URL(location, from).href.replaceAll('\\', '/')}", ${why}; to check that place, name it`,
    );
    expect(() => judge(from, location)).toThrow(expect.objectContaining({ fault: 'elsewhere' }));
  });

  test.each([
    ['https://a.example/x.html', 'x', 'https://a.example/x'],
    ['https://a.example/site/x.html', '/y?z#top', 'https://a.example/y?z'],
    ['https://a.example/x.html', 'https://a.example:443/x', 'https://a.example/x'],
    ['http://a.example/x.html', 'https://a.example/x', 'upgrade https://a.example/x'],
    ['http://a.example:8080/x.html', 'http://a.example:8080/x', 'http://a.example:8080/x'],
  ])('from %s to %s is followed', (from, location, to) => expect(judge(from, location)).toBe(to));
});

describe('a proxy', () => {
  test.each([
    '',
    '127.0.0.1:9050',
    'socks5://127.0.0.1:9050',
    'socks4a://127.0.0.1:9050',
    'http://127.0.0.1:8118',
    'socks5h://127.0.0.1',
    'socks5h://me:secret@127.0.0.1:9050',
    'socks5h://127.0.0.1:0',
    'socks5h://127.0.0.1:65536',
    'socks5h://127.0.0.1:9050/x',
  ])('%j is refused', (address) => {
    expect(said(() => openWebCopy('https://mirror.example/', { proxy: address }))).toBe(
      `The proxy "${address}" is not in the form “socks5h://HOST:PORT”; the one of Tor is “socks5h://127.0.0.1:9050”.`,
    );
  });

  test('has a host and a port', () => {
    expect(parseProxy('socks5h://127.0.0.1:9050')).toEqual({ host: '127.0.0.1', port: 9050 });
    expect(parseProxy('SOCKS5H://[::1]:9150/')).toEqual({ host: '::1', port: 9150 });
  });
});
