import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveOnLoopback } from '../../scripts/lab/hosts/loopback.ts';
import { openWebCopy } from '../../src/kit/node/source/web-copy.ts';
import { localhostCertificate, mirrorCertificate } from '../helpers/certificates.ts';
import { reply, startRawHost, type RawHost } from '../helpers/raw-host.ts';
import { startSocksServer, startSocksStub, type SocksServer } from '../helpers/socks-server.ts';
import { describeRefusal, quick } from '../helpers/visit-host.ts';

const page = '<p>The garden is open.</p>';
const patient = { ...quick, answerSeconds: 3, fileSeconds: 10, runSeconds: 30 };
let trusted: RawHost;
let selfSigned: RawHost;
let plain: RawHost;
let proxy: SocksServer;
const before = getCACertificates();

beforeAll(async () => {
  setDefaultCACertificates([...before, mirrorCertificate.cert]);
  const isAsked = (host: RawHost, pattern: RegExp) => pattern.test(host.heads.at(-1) ?? '');
  trusted = await startRawHost(
    (socket) =>
      socket.write(
        isAsked(trusted, /^GET \/down/)
          ? reply('', 'Location: http://mirror.example/down.html\r\n', '302 Found')
          : reply(page),
      ),
    mirrorCertificate,
  );
  selfSigned = await startRawHost((socket) => socket.write(reply(page)), localhostCertificate);
  plain = await startRawHost((socket) =>
    socket.write(
      isAsked(plain, /^Host: mirror/m)
        ? reply('', 'Location: https://mirror.example/en/a.html\r\n', '301 Moved')
        : reply(page),
    ),
  );
  proxy = await startSocksServer({
    'mirror.example:80': plain.port,
    'mirror.example:443': trusted.port,
    'other.example:443': trusted.port,
    '198.51.100.7:80': plain.port,
    '2001:0db8:0000:0000:0000:0000:0000:0001:80': plain.port,
    'abc.onion:80': plain.port,
  });
});

afterAll(async () => {
  setDefaultCACertificates(before);
  await Promise.all([trusted, selfSigned, plain, proxy].map((each) => each.stop()));
});

describe('an encrypted address', () => {
  test.each(['', '0'])(
    'with a certificate of its own making is refused, with NODE_TLS_REJECT_UNAUTHORIZED=%j',
    async (setting) => {
      process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = setting;
      const copy = openWebCopy(selfSigned.origin, patient);
      expect(await describeRefusal(copy.hash('a.html'), selfSigned)).toBe(
        'unreachable: "a.html" of "HOST": the host’s certificate does not hold (DEPTH_ZERO_SELF_SIGNED_CERT): it is not the host that was named, its certificate has run out, or the clock here is wrong.',
      );
      expect([selfSigned.heads, copy.spent.requests]).toEqual([[], 1]);
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      await copy.close();
    },
  );

  test('with the certificate of another name is refused, through a proxy, too', async () => {
    const copy = openWebCopy('https://other.example', { ...patient, proxy: proxy.address });
    expect(await describeRefusal(copy.hash('a.html'), { origin: 'https://other.example' })).toMatch(
      /^unreachable: "a\.html" of "HOST": the host’s certificate does not hold \(ERR_TLS_CERT_ALTNAME_INVALID\)/,
    );
    expect(trusted.heads).toEqual([]);
    await copy.close();
  });

  test('that is not encrypted at all is refused', async () => {
    const { origin, stop } = await serveOnLoopback((_, response) => void response.end(page));
    const copy = openWebCopy(origin.replace('http:', 'https:'), patient);
    expect(await describeRefusal(copy.hash('a.html'), { origin })).toContain(
      'the host does not speak TLS there, or none that is safe (',
    );
    await copy.close();
    await stop();
  });

  test('is where http leads, from then on; it does not lead back', async () => {
    const copy = openWebCopy('http://mirror.example/', { ...patient, proxy: proxy.address });
    expect(String(await copy.read('en/a.html', 100))).toBe(page);
    const asked = plain.heads.length;
    expect(
      await describeRefusal(copy.hash('down.html'), { origin: 'http://mirror.example/' }),
    ).toBe(
      'elsewhere: "down.html" of "HOST": the host leads on to "HOSTdown.html", which is not encrypted; to check that place, name it.',
    );
    expect(String(await copy.read('b.html', 100))).toBe(page);
    expect(plain.heads.length).toBe(asked);
    expect(copy.observations).toEqual([
      { kind: 'upgrade', path: 'en/a.html', value: 'https://mirror.example', times: 1 },
    ]);
    await copy.close();
  });
});

describe('a proxy', () => {
  test.each([
    ['http://mirror.example/', 'name mirror.example:80'],
    ['http://198.51.100.7/', 'ipv4 198.51.100.7:80'],
    ['http://[2001:db8::1]/', 'ipv6 2001:0db8:0000:0000:0000:0000:0000:0001:80'],
    ['https://mirror.example/', 'name mirror.example:443'],
    ['http://abc.onion/', 'name abc.onion:80'],
  ])('is asked for %s as it is: nobody here looks it up', async (address, asked) => {
    const copy = openWebCopy(address, { ...patient, proxy: proxy.address });
    const before = proxy.asked.length;
    expect(String(await copy.read('a.html', 100))).toBe(page);
    expect(proxy.asked[before]).toBe(asked);
    await copy.close();
  });

  test('that cannot find the host says so, after all tries', async () => {
    const copy = openWebCopy('http://nobody.onion/', { ...patient, proxy: proxy.address });
    const sentence = `unreachable: "a.html" of "HOST": the proxy "${proxy.address.slice(10)}" could not connect: the host cannot be reached: it may be off, or its name may be wrong, also after 3 further tries.`;
    expect(await describeRefusal(copy.hash('a.html'), { origin: 'http://nobody.onion/' })).toBe(
      sentence,
    );
    await copy.close();
  });

  test.each<[string, Buffer[], string]>([
    ['is no proxy', [Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')], 'is no SOCKS5 proxy.'],
    ['wants a login', [Buffer.from([5, 0xff])], 'wants a login, expected one without.'],
    [
      'forbids the host',
      [Buffer.from([5, 0]), Buffer.from([5, 2, 0, 1])],
      'could not connect: its rules forbid this host, also after 3 further tries.',
    ],
    [
      'replies in a way of its own',
      [Buffer.from([5, 0]), Buffer.from([5, 0xf6, 0, 1])],
      'could not connect: unknown reply 246, also after 3 further tries.',
    ],
    [
      'is of another version',
      [Buffer.from([5, 0]), Buffer.from([4, 0, 0, 1])],
      'is no SOCKS5 proxy.',
    ],
    [
      'has an address of an unknown kind',
      [Buffer.from([5, 0]), Buffer.from([5, 0, 0, 9])],
      'is no SOCKS5 proxy.',
    ],
    ['hangs up', [Buffer.from([5])], 'hung up, also after 3 further tries.'],
  ])('that %s is no way to the host', async (_, answers, what) => {
    const stub = await startSocksStub(answers);
    const copy = openWebCopy('http://mirror.example/', { ...patient, proxy: stub.address });
    expect(await describeRefusal(copy.hash('a.html'), { origin: 'http://mirror.example/' })).toBe(
      `unreachable: "a.html" of "HOST": the proxy "${stub.address.slice(10)}" ${what}`,
    );
    await copy.close();
    await stub.stop();
  });

  test('that does not answer is given up in time', async () => {
    const stub = await startSocksStub([Buffer.alloc(0)], true);
    const copy = openWebCopy('http://mirror.example/', { ...quick, proxy: stub.address });
    expect(await describeRefusal(copy.hash('a.html'), { origin: 'http://mirror.example/' })).toBe(
      'unreachable: "a.html" of "HOST": no answer for 0.25 seconds, also after 3 further tries.',
    );
    await copy.close();
    await stub.stop();
  });

  test('that is not there is said to be missing, at once', async () => {
    const stub = await startSocksStub([]);
    await stub.stop();
    const copy = openWebCopy('http://abc.onion/', {
      ...patient,
      pauseSeconds: 100,
      proxy: stub.address,
    });
    expect(await describeRefusal(copy.hash('a.html'), { origin: 'http://abc.onion/' })).toBe(
      `unreachable: "a.html" of "HOST": the proxy "${stub.address.slice(10)}" does not answer (ECONNREFUSED): start it, or name another port.`,
    );
    await copy.close();
  });
});
