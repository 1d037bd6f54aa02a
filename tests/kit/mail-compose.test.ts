import { readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { composeMail } from '../../scripts/mail/compose-mail.ts';
import { layOutMail } from '../../src/kit/core/mail/mail-text.ts';
import { makeFolder } from '../helpers/build.ts';
import {
  checkMail,
  makeDigestSite,
  makeMailWorld,
  type MailWorld,
} from '../helpers/check-mails.ts';
import { digestText } from '../helpers/make-mail.ts';

let world: MailWorld;
beforeAll(async () => {
  world = await makeMailWorld();
});

describe('npm run mail', () => {
  it('writes the same bytes each time, and nothing of this machine', async () => {
    const { site, trust } = world;
    const [one, two] = [await composeMail(site, 'ru'), await composeMail(site, 'ru')];
    expect(one.bytes.equals(two.bytes)).toBe(true);
    const text = one.bytes.toString('latin1');
    const header = text.slice(0, text.indexOf('\r\n\r\n'));
    expect(header).toMatch(/^Date: Fri, 01 May 2026 00:00:00 \+0000$/m);
    expect(header).toMatch(/^Message-ID: <[0-9a-f]{32}@garden\.invalid>$/m);
    expect(header).not.toMatch(/^(?:From|To|X-Mailer):/m);
    expect(await checkMail(one.bytes, trust)).toMatchObject({ verdict: 'authentic' });
  });

  it('has the whole text of the file, and a page that asks nothing of any host', () => {
    const { draft, site } = world;
    expect(draft.text).toContain(readFileSync(join(site, 'ru/mail.txt'), 'utf8').slice(1));
    expect(draft.html).not.toMatch(/<(?:img|link|style|script|iframe)|src=|url\(/);
    expect(Buffer.byteLength(draft.html ?? '')).toBeLessThan(100_000);
  });

  it.each([
    [
      'a folder that is no site',
      () => makeFolder('empty-'),
      'ru',
      /holds no built site.*npm run build/,
    ],
    ['a language without a digest', () => world.site, 'fr', /fr\/mail\.txt is not there.*be, ru/],
  ])('refuses %s', async (_, place, language, said) => {
    await expect(composeMail(place(), language)).rejects.toThrow(said);
  });

  it('refuses a digest that was changed after the build', async () => {
    const changed = await makeDigestSite(digestText, { number: 1, keys: world.keys });
    writeFileSync(join(changed, 'ru/mail.txt'), `\uFEFF${digestText.replace('1643', '1644')}`);
    await expect(composeMail(changed, 'ru')).rejects.toThrow(/not as it was built.*other bytes/);
  });

  it('refuses a digest whose page programs would cut off', async () => {
    const long = await makeDigestSite(`${digestText}\n${'word '.repeat(30_000)}\n`, {
      number: 1,
      keys: world.keys,
    });
    await expect(composeMail(long, 'ru')).rejects.toThrow(/less than 100000/);
  });
});

describe('the layout of a digest', () => {
  it('gives the bytes that the specification names', () => {
    const spec = readFileSync('docs/spec.md', 'utf8').replace(/\s+/g, ' ');
    const [, from = '', to = '', hash] =
      /`([^`]+)`, laid out, is `([^`]+)`, with the SHA-256 \(behind U\+FEFF\) `([0-9a-f]{64})`/.exec(
        spec,
      ) ?? [];
    const lines = (text: string): string => text.replaceAll('\\n', '\n');
    expect(layOutMail(lines(from))).toBe(lines(to));
    const bytes = `\uFEFF${layOutMail(lines(from))}`;
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash);
  });

  it.each([
    ['a word that would be a mark', `${'word '.repeat(14)}- dash`],
    ['a number that would be a mark', `${'word '.repeat(14)}12. May`],
    ['a word that would be an underline', `${'word '.repeat(14)}--- dash`],
    ['a word that would be a quote', `${'word '.repeat(14)}>80 of them`],
    ['a title with a number', '1. Mint\n=======\n\nMint.'],
    ['a heading of one letter', 'A\n===\n\nB'],
    ['an item of several lines', `- ${'word '.repeat(40)}\n- next`],
    ['a numbered item of several lines', `10. ${'word '.repeat(40)}\n11. next`],
    ['marks without words', '- \n!\n| \n=====\n-----\n'],
    ['spaces that hold words together', 'a\u00A0b\u202Fc '.repeat(20)],
    ['letters that are written to the left', 'سلام دنیا '.repeat(20)],
    ['nothing', ''],
  ])('is the same from the second time on: %s', (_, text) => {
    const once = layOutMail(layOutMail(text));
    expect(layOutMail(once)).toBe(once);
    expect(layOutMail(once.replace(/^/gm, '> '))).toBe(once);
    expect(layOutMail(once.replace(/\n/g, '\r\n'))).toBe(once);
  });
});
