import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { trustGiven, type Trust } from '../../src/kit/core/trust/trust.ts';
import type { Report } from '../../src/kit/core/verify/verdict.ts';
import { trustClone } from '../../src/kit/node/edition/edition-folder.ts';
import type { SecretKey } from '../../src/kit/node/minisign/sign.ts';
import { nodePlatform } from '../../src/kit/node/platform.ts';
import { checkTarget } from '../../src/kit/node/verify/check-target.ts';
import { makeFolder } from './build.ts';
import { digestText, draftMail, sendMail, type MailDraft, type SendOptions } from './make-mail.ts';
import { keepEdition, makeEdition, makeKeys, type EditionOptions } from './signed-sites.ts';

/** A signed edition with a digest, its mail, and what its readers know. */
export interface MailWorld {
  readonly keys: readonly SecretKey[];
  readonly site: string;
  readonly draft: MailDraft;
  /** The keys alone, as from a leaflet. */
  readonly trust: Trust;
  /** A clone that has the edition. */
  readonly clone: Trust;
}

/** An edition with digests in two languages. */
export const makeDigestSite = (
  text: string,
  options: Partial<EditionOptions> & Pick<EditionOptions, 'number' | 'keys'>,
): Promise<string> =>
  makeEdition(
    {
      'ru/mail.txt': `\uFEFF${text}`,
      'ru/leaflet.html': '<p>Leaflet</p>',
      'be/mail.txt': '\uFEFFA\n===\n',
    },
    { archives: false, ...options },
  );

export async function makeMailWorld(): Promise<MailWorld> {
  const keys = makeKeys(2);
  const site = await makeDigestSite(digestText, { number: 1, keys });
  const campaign = makeFolder('clone-');
  keepEdition(campaign, 1, site, keys);
  return {
    keys,
    site,
    draft: await draftMail(site),
    trust: trustGiven(
      keys.map(({ publicKey }) => publicKey),
      undefined,
    ),
    clone: await trustClone(campaign, 'this clone'),
  };
}

/** What a checker says of a mail that somebody has saved. */
export async function checkMail(
  mail: Uint8Array | string,
  trust: Trust,
  { against, today = '2026-06-01' }: { against?: string; today?: string } = {},
): Promise<Report> {
  const place = join(makeFolder('mail-'), 'saved.eml');
  writeFileSync(place, mail);
  const { report } = await checkTarget(
    { place, against, proxy: undefined, call: 'npm run verify --' },
    trust,
    { today, seen: () => [], progress: () => {}, platform: nodePlatform },
  );
  return report;
}

/** All that a report says, in lines. */
export const sayReport = ({ evidence, notes, meaning }: Report): string =>
  [meaning ?? '', ...evidence.map(({ verdict, text }) => `${verdict}: ${text}`), ...notes].join(
    '\n',
  );

export type Change = (draft: MailDraft) => MailDraft;
export const inText =
  (change: (text: string) => string): Change =>
  (each) => ({ ...each, text: each.text === undefined ? undefined : change(each.text) });
export const inPage =
  (change: (html: string) => string): Change =>
  (each) => ({ ...each, html: each.html === undefined ? undefined : change(each.html) });
export const inBoth =
  (change: (text: string) => string): Change =>
  (each) =>
    inPage(change)(inText(change)(each));
export const withoutPage: Change = (each) => ({ ...each, html: undefined });
export const withoutFiles: Change = (each) => ({ ...each, files: [] });
export const swap =
  (from: string, to: string) =>
  (text: string): string => {
    expect(text).toContain(from);
    return text.replaceAll(from, to);
  };

export const send =
  (options: SendOptions = {}, change: Change = (each) => each) =>
  (each: MailDraft): Promise<Buffer> =>
    sendMail(change(each), options);
export const edit =
  (change: (mail: string) => string, options: SendOptions = {}) =>
  async (each: MailDraft): Promise<Buffer> =>
    Buffer.from(change((await sendMail(each, options)).toString('latin1')), 'latin1');

export const footer =
  '\n_______________________________________________\nGarden mailing list\ngarden@mint.example\nhttps://mint.example/list\n';
export const forwarded =
  '---------- Forwarded message ---------\nFrom: Анна <anna@mint.example>\nDate: Mon, 1 Jun 2026 at 10:00\nSubject: Сад: что нового в выпуске 3\nTo: list <list@mint.example>\n\n';
