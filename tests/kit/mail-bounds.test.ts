import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkMail, makeMailWorld, sayReport, type MailWorld } from '../helpers/check-mails.ts';
import { sendMail } from '../helpers/make-mail.ts';
import { bundleMailParser, vendoredMailParser } from '../helpers/vendor-postal-mime.ts';

let world: MailWorld;
beforeAll(async () => {
  world = await makeMailWorld();
});

describe('a mail that costs its checker too much', () => {
  const nest = (depth: number): string =>
    Array.from(
      { length: depth },
      (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
    ).join('') + '\r\nHello';
  const inBase64 = (text: string): string =>
    `Content-Transfer-Encoding: base64\r\n\r\n${Buffer.from(text)
      .toString('base64')
      .replace(/.{76}/g, '$&\r\n')}`;
  const block = (): string =>
    /-----BEGIN[^]*END PROOF-----\n/.exec(world.draft.text ?? '')?.[0] ?? '';
  const bombs: readonly [string, () => string, RegExp][] = [
    ['parts in parts', () => nest(5000), /parts in parts/],
    ['mails in mails', () => 'Content-Type: message/rfc822\r\n\r\n'.repeat(500), /mails in mails/],
    [
      'mails in mails, each in base64',
      () =>
        Array.from({ length: 12 }).reduce<string>(
          (inner) =>
            `Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(inner).toString('base64')}`,
          'Subject: a\r\n\r\nb',
        ),
      /mails in mails/,
    ],
    [
      'headers without end',
      () => `X-A: ${'a'.repeat(1000)}\r\n`.repeat(1000),
      /headers without end/,
    ],
    [
      'many parts',
      () => `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\na\r\n'.repeat(2000)}`,
      /too many parts/,
    ],
    [
      'five megabytes',
      () => `Subject: a\r\n\r\n${'a'.repeat(5 * 2 ** 20)}`,
      /bytes, expected at most/,
    ],
    [
      'three megabytes of empty lines',
      () => `Subject: a\r\n\r\n${'\n'.repeat(3 * 2 ** 20)}`,
      /too many lines/,
    ],
    [
      'a title in each line',
      () => inBase64(`${'A\n===\n\n'.repeat(100_000)}-----BEGIN PROOF-----\n-----END PROOF-----\n`),
      /The block/,
    ],
    [
      'many proofs of long texts',
      () =>
        inBase64(`${`${'A\n===\n\n'.repeat(6)}${'word '.repeat(45_000)}\n\n${block()}`.repeat(4)}`),
      /not the ru\/mail\.txt/,
    ],
    [
      'many parts with proofs of long texts',
      () =>
        `Content-Type: multipart/mixed; boundary=b\r\n\r\n${`--b\r\n\r\n${'A\n===\n\n'.repeat(12)}${'word '.repeat(3500)}\n\n${block()}\r\n`.repeat(190)}`,
      /not the ru\/mail\.txt/,
    ],
    [
      'a proof in each line',
      () => `Subject: a\r\n\r\n${'-----BEGIN PROOF-----\n-----END PROOF-----\n'.repeat(20_000)}`,
      /The block/,
    ],
    [
      'tags in tags',
      () => `Subject: a\r\nContent-Type: text/html\r\n\r\n${'<div>'.repeat(100_000)}`,
      /no digest/,
    ],
    [
      'a header of quotes',
      () => `Content-Type: text/plain; name="${'\\"'.repeat(60_000)}\r\n\r\na`,
      /no digest/,
    ],
    ['encoded words', () => `Subject: ${'=?utf-8?Q?=41?= '.repeat(14_000)}\r\n\r\na`, /no digest/],
    ['nothing', () => '', /no digest/],
    [
      'bytes of no mail',
      () => String.fromCharCode(...Array.from({ length: 4096 }, (_, at) => (at * 7919) % 256)),
      /no digest/,
    ],
  ];
  it.each(bombs)('(%s) gets a verdict in time', async (_, make, said) => {
    const start = process.cpuUsage();
    const report = await checkMail(Buffer.from(make(), 'latin1'), world.clone);
    const { user, system } = process.cpuUsage(start);
    expect(report.verdict).toMatch(/^(?:tampered|incomplete)$/);
    expect(sayReport(report)).toMatch(said);
    expect((user + system) / 1e6).toBeLessThan(8);
  });

  it('gets one wherever it breaks off, and whatever byte is another one', async () => {
    const mail = await sendMail(world.draft);
    for (let at = 0; at < mail.length; at += 997) {
      const cut = await checkMail(mail.subarray(0, at), world.trust);
      expect(cut.verdict, `${at}: ${sayReport(cut)}`).not.toBe('authentic');
      const other = Buffer.from(mail);
      other[at] = (other[at] ?? 0) ^ 1;
      await checkMail(other, world.trust);
    }
  }, 60_000);
});

describe('the vendored parser of mails', () => {
  it('is what the locked package makes', async () => {
    expect(
      (await bundleMailParser()) === readFileSync(vendoredMailParser, 'utf8'),
      'run: node scripts/run.mjs tests/helpers/vendor-postal-mime.ts',
    ).toBe(true);
  });

  it('imports nothing, and asks nobody', () => {
    const code = readFileSync(vendoredMailParser, 'utf8');
    expect(code).not.toMatch(/^import |\bimport\(|\bfetch\(|\beval\(|new Function/m);
  });
});
