import { beforeAll, describe, expect, it } from 'vitest';
import { trustGiven } from '../../src/kit/core/trust/trust.ts';
import { trustClone } from '../../src/kit/node/edition/edition-folder.ts';
import { makeFolder } from '../helpers/build.ts';
import {
  checkMail,
  inBoth,
  inText,
  makeDigestSite,
  makeMailWorld,
  sayReport,
  swap,
  withoutFiles,
  withoutPage,
  type MailWorld,
} from '../helpers/check-mails.ts';
import { digestText, draftMail, sendMail } from '../helpers/make-mail.ts';
import { keepEdition, makeKeys } from '../helpers/signed-sites.ts';

let world: MailWorld;
beforeAll(async () => {
  world = await makeMailWorld();
});

describe('an edition in a mail', () => {
  it('is rolled back where a newer one is known, and stale past its date', async () => {
    const { keys, trust } = world;
    const old = await makeDigestSite(digestText, {
      number: 1,
      keys,
      lookForNewerAfter: '2026-07-01',
    });
    const next = await makeDigestSite(digestText, { number: 2, keys, after: old });
    const campaign = makeFolder('clone-');
    keepEdition(campaign, 1, old, keys);
    keepEdition(campaign, 2, next, keys);
    const by = await trustClone(campaign, 'this clone');
    const mail = await sendMail(await draftMail(old));
    const short = await sendMail(withoutFiles(await draftMail(old)));
    for (const each of [mail, short])
      expect((await checkMail(each, by)).verdict).toBe('rolled back');
    expect((await checkMail(mail, trust, { today: '2026-08-01' })).verdict).toBe('stale');
    expect((await checkMail(await sendMail(await draftMail(next)), by)).verdict).toBe('authentic');
  });

  it('is proven by its chain to who knows the keys of an edition before', async () => {
    const { keys, trust } = world;
    const others = makeKeys(1);
    const first = await makeDigestSite(digestText, { number: 1, keys, next: { keys: others } });
    const second = await makeDigestSite(digestText, { number: 2, keys: others, after: first });
    const report = await checkMail(await sendMail(await draftMail(second)), trust);
    expect(report.verdict, sayReport(report)).toBe('authentic');
    expect(sayReport(report)).toMatch(/Keys were replaced/);
  });

  it('is not proven by keys that its reader does not know, nor by too few', async () => {
    const { draft, keys } = world;
    const mail = await sendMail(draft);
    const strangers = trustGiven(
      makeKeys(1).map(({ publicKey }) => publicKey),
      undefined,
    );
    expect((await checkMail(mail, strangers)).verdict).toBe('tampered');
    const [first] = keys;
    const few = trustGiven([first!.publicKey], undefined);
    expect((await checkMail(mail, few)).verdict).toBe('unsigned');
  });

  it('is not proven by a block without signatures, and none that names another edition', async () => {
    const { draft, trust } = world;
    const bare = inBoth((text) => text.replace(/signature:[^-]*/g, ''))(draft);
    const report = await checkMail(await sendMail(bare), trust);
    expect(report.verdict, sayReport(report)).toBe('unsigned');
    expect(sayReport(report)).toMatch(/0 of 2 keys/);
    for (const [from, to] of [
      ['edition: 1', 'edition: 2'],
      ['campaign: garden', 'campaign: orchard'],
      ['edition: 1', 'draft-of: 1'],
    ] as const) {
      const other = await checkMail(await sendMail(inBoth(swap(from, to))(bare)), trust);
      expect(other.verdict).toBe('tampered');
      expect(sayReport(other)).toMatch(/names another edition/);
    }
  });

  it('is told apart in words where a copy is at hand', async () => {
    const { draft, site, trust } = world;
    const changed = withoutPage(inText(swap('0417 1643', '0417 1644'))(draft));
    const report = await checkMail(await sendMail(changed), trust, { against: site });
    expect(report.verdict).toBe('tampered');
    expect(sayReport(report)).toMatch(/known .*1643.*, here .*1644/);
    const short = await checkMail(await sendMail(withoutFiles(draft)), trust, { against: site });
    expect(short.verdict, sayReport(short)).toBe('authentic');
  });

  it('is named with its keys and date', async () => {
    const { draft, keys, trust } = world;
    const report = await checkMail(await sendMail(draft), trust);
    expect(report).toMatchObject({
      isProven: true,
      edition: { number: 1, campaign: 'garden' },
      signedBy: keys.map(({ publicKey }) => publicKey.id),
    });
    expect(report.meaning).toMatch(/Who sent it, nothing proves/);
  });
});
