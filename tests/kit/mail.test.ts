import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeMail } from '../../scripts/mail/compose-mail.ts';
import type { Report, Verdict } from '../../src/kit/core/verify/verdict.ts';
import { trustGiven, type Trust } from '../../src/kit/core/trust/trust.ts';
import { trustClone } from '../../src/kit/node/edition/edition-folder.ts';
import type { SecretKey } from '../../src/kit/node/minisign/sign.ts';
import { nodePlatform } from '../../src/kit/node/platform.ts';
import { checkTarget } from '../../src/kit/node/verify/check-target.ts';
import { makeFolder } from '../helpers/build.ts';
import {
  digestText,
  draftMail,
  encodeWindows1251,
  flow,
  quote,
  rewrap,
  sendMail,
  type MailDraft,
  type SendOptions,
} from '../helpers/make-mail.ts';
import { keepEdition, makeEdition, makeKeys } from '../helpers/signed-sites.ts';

let keys: SecretKey[];
let site: string;
let draft: MailDraft;
let trust: Trust;
let clone: Trust;
const scratch = mkdtempSync(join(tmpdir(), 'vyrai-mail-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const siteOf = (text: string, number: number, more: object = {}): Promise<string> =>
  makeEdition(
    {
      'ru/mail.txt': `\uFEFF${text}`,
      'ru/leaflet.html': '<p>Leaflet</p>',
      'be/mail.txt': '\uFEFFA\n===\n',
    },
    { number, keys, archives: false, ...more },
  );

beforeAll(async () => {
  keys = makeKeys(2);
  site = await siteOf(digestText, 1);
  draft = await draftMail(site);
  trust = trustGiven(
    keys.map(({ publicKey }) => publicKey),
    undefined,
  );
  const campaign = makeFolder('clone-');
  keepEdition(campaign, 1, site, keys);
  clone = await trustClone(campaign, 'this clone');
});

let count = 0;
async function check(
  mail: Uint8Array | string,
  {
    by = trust,
    against,
    today = '2026-06-01',
  }: { by?: Trust; against?: string; today?: string } = {},
): Promise<Report> {
  const place = join(scratch, `${(count += 1)}.eml`);
  writeFileSync(place, mail);
  const { report } = await checkTarget(
    { place, against, proxy: undefined, call: 'npm run verify --' },
    by,
    { today, seen: () => [], progress: () => {}, platform: nodePlatform },
  );
  return report;
}

const say = ({ evidence, notes, meaning }: Report): string =>
  [meaning ?? '', ...evidence.map(({ verdict, text }) => `${verdict}: ${text}`), ...notes].join(
    '\n',
  );

type Change = (draft: MailDraft) => MailDraft;
const inText =
  (change: (text: string) => string): Change =>
  (each) => ({ ...each, text: each.text === undefined ? undefined : change(each.text) });
const inPage =
  (change: (html: string) => string): Change =>
  (each) => ({ ...each, html: each.html === undefined ? undefined : change(each.html) });
const inBoth =
  (change: (text: string) => string): Change =>
  (each) =>
    inPage(change)(inText(change)(each));
const withoutPage: Change = (each) => ({ ...each, html: undefined });
const withoutFiles: Change = (each) => ({ ...each, files: [] });
const swap =
  (from: string, to: string) =>
  (text: string): string => {
    expect(text).toContain(from);
    return text.replaceAll(from, to);
  };

/** What somebody changes in a mail, and what is said of it whichever way it comes. */
const contents: readonly [
  name: string,
  change: Change,
  verdict: Verdict | undefined,
  said: RegExp,
][] = [
  ['as it was', (each) => each, undefined, /^/],
  ['a changed account', inBoth(swap('0417 1643', '0417 1644')), 'tampered', /^/],
  ['another word', inBoth(swap('1 200', '1 300')), 'tampered', /^/],
  ['another link', inBoth(swap('mint.example/garden', 'rnint.example/garden')), 'tampered', /^/],
  ['a paragraph less', inBoth(swap('From here on nothing is new.', '')), 'tampered', /^/],
  [
    'its end cut off',
    inBoth((text) => text.slice(0, text.lastIndexOf('signature:'))),
    'incomplete',
    /breaks off/,
  ],
];

/** Ways on which a mail comes, each with what an honest one is said to be. */
interface Transport {
  readonly name: string;
  readonly send: (draft: MailDraft) => Promise<Buffer>;
  readonly verdict?: Verdict;
  readonly said?: RegExp;
  readonly by?: () => Trust;
}
const send =
  (options: SendOptions = {}, change: Change = (each) => each) =>
  (each: MailDraft): Promise<Buffer> =>
    sendMail(change(each), options);
const edit =
  (change: (mail: string) => string, options: SendOptions = {}) =>
  async (each: MailDraft): Promise<Buffer> =>
    Buffer.from(change((await sendMail(each, options)).toString('latin1')), 'latin1');

const footer =
  '\n_______________________________________________\nGarden mailing list\ngarden@mint.example\nhttps://mint.example/list\n';
const forwarded =
  '---------- Forwarded message ---------\nFrom: Анна <anna@mint.example>\nDate: Mon, 1 Jun 2026 at 10:00\nSubject: Сад: что нового в выпуске 3\nTo: list <list@mint.example>\n\n';
const attach = async (each: MailDraft, encoding = ''): Promise<Buffer> => {
  const inner = (await sendMail(each)).toString('latin1');
  const body =
    encoding === 'base64'
      ? Buffer.from(inner, 'latin1').toString('base64').replace(/.{76}/g, '$&\r\n')
      : inner;
  return Buffer.from(
    `From: b@mint.example\r\nSubject: Fwd: =?utf-8?B?${Buffer.from(each.subject).toString('base64')}?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=out\r\n\r\n--out\r\nContent-Type: message/rfc822\r\n${encoding === '' ? '' : `Content-Transfer-Encoding: ${encoding}\r\n`}Content-Disposition: attachment; filename="digest.eml"\r\n\r\n${body}\r\n--out--\r\n`,
    'latin1',
  );
};

const transports: readonly Transport[] = [
  { name: 'base64', send: send({ encoding: 'base64' }) },
  { name: 'quoted-printable', send: send() },
  { name: '8bit', send: send({ encoding: '8bit' }) },
  { name: 'line ends of Unix', send: send({ encoding: '8bit', newline: 'linux' }) },
  {
    name: 'a mailbox file',
    send: edit(
      (mail) =>
        `From anna@mint.example Mon Jun  1 00:00:00 2026\n${mail.replace(/^From /gm, '>From ')}`,
      { encoding: '8bit' },
    ),
  },
  { name: 'a byte order mark', send: edit((mail) => `\xEF\xBB\xBF${mail}`) },
  {
    name: 'spaces at the ends of lines',
    send: send(
      { encoding: 'base64' },
      inText((text) => text.replace(/\n/g, ' \t\n')),
    ),
  },
  {
    name: 'no indents',
    send: send(
      {},
      inText((text) => text.replace(/^ +/gm, '')),
    ),
  },
  {
    name: 'empty lines doubled',
    send: send(
      {},
      inText((text) => text.replace(/\n\n/g, '\n\n\n')),
    ),
  },
  {
    name: 'letters taken apart',
    send: send(
      {},
      inText((text) => text.normalize('NFD')),
    ),
  },
  { name: 'format=flowed', send: send({ textType: 'charset=utf-8; format=flowed' }, inText(flow)) },
  {
    name: 'format=flowed, delsp',
    send: send(
      { textType: 'charset=utf-8; format=flowed; delsp=yes' },
      inText((text) => flow(text, 60, ' ')),
    ),
  },
  {
    name: 'lines broken at 68',
    send: send(
      {},
      inText((text) => rewrap(text, 68)),
    ),
  },
  {
    name: 'Windows-1251',
    send: edit((mail) => mail.replace('charset=utf-8', 'charset=windows-1251'), {
      encoding: 'base64',
      encodeText: encodeWindows1251,
    }),
  },
  { name: 'no HTML', send: send({}, withoutPage) },
  {
    name: 'no text',
    send: send({}, (each) => ({ ...each, text: undefined, html: each.html })),
    said: /No plain text/,
  },
  { name: 'forwarded as a file', send: (each) => attach(each) },
  { name: 'forwarded as a file in base64', send: (each) => attach(each, 'base64') },
  {
    name: 'forwarded inline with its files',
    send: send({}, (each) =>
      withoutPage({ ...inText((text) => forwarded + text)(each), subject: `Fwd: ${each.subject}` }),
    ),
    said: /was forwarded, under/,
  },
  {
    name: 'quoted in an answer',
    by: () => clone,
    send: send({}, (each) =>
      withoutFiles(
        withoutPage({
          ...inText(
            (text) => `On Mon, 1 Jun 2026, Anna <anna@mint.example> wrote:\n\n${quote(text)}`,
          )(each),
          subject: `Re: [garden] ${each.subject}`,
        }),
      ),
    ),
  },
  {
    name: 'quoted twice and broken',
    by: () => clone,
    send: send({}, (each) =>
      withoutFiles(withoutPage(inText((text) => rewrap(quote(quote(text)), 70))(each))),
    ),
  },
  {
    name: 'without its files, a clone knows the edition',
    by: () => clone,
    send: send({}, withoutFiles),
  },
  {
    name: 'without its files, only keys are known',
    verdict: 'unsigned',
    said: /neither in the mail nor known here/,
    send: send({}, withoutFiles),
  },
  {
    name: 'a footer of a list in the text',
    said: /Added below, as lists do.*Garden mailing list/,
    send: send({}, (each) => withoutPage(inText((text) => text + footer)(each))),
  },
  {
    name: 'a footer of a list in text and HTML',
    said: /lines below it are not/,
    send: send({}, (each) =>
      inPage((html) =>
        html.replace(
          '</body>',
          `<hr>${footer
            .replace(/_+\n/, '')
            .trim()
            .split('\n')
            .map((line) => `<p>${line}</p>`)
            .join('')}</body>`,
        ),
      )(inText((text) => text + footer)(each)),
    ),
  },
  {
    name: 'a footer of a list as a part',
    said: /Added below/,
    send: edit((mail) =>
      mail.replace(
        /(--+[^\n]*Part_1)--/,
        `$1\r\nContent-Type: text/plain\r\nContent-Disposition: inline\r\n${footer.replace(/\n/g, '\r\n')}\r\n$1--`,
      ),
    ),
  },
  {
    name: 'the name of a list in the subject',
    send: send({}, (each) => ({ ...each, subject: `[garden] ${each.subject}` })),
  },
  { name: 'a clone that knows the edition', by: () => clone, send: send() },
  {
    name: 'HTML written anew by a program',
    verdict: 'unsigned',
    said: /plain text is what the key holders have signed/,
    send: send(
      {},
      inPage((html) =>
        html
          .replace('<body>', '<body><div style="font-family:serif">')
          .replace('</body>', '</div></body>'),
      ),
    ),
  },
  {
    name: 'a style sheet',
    verdict: 'unsigned',
    said: /can hide words/,
    send: send(
      {},
      inPage((html) => html.replace('</head>', '<style>p { font-size: 1.1em }</style></head>')),
    ),
  },
];

describe.each(transports)(
  '$name',
  ({ send: by, verdict: honest = 'authentic', said, by: knows }) => {
    it.each(contents)('%s', async (_, change, verdict, words) => {
      const changed = change(draft);
      // Without its manifest nobody can say more of it; a page that comes alone is whole.
      const expected = verdict === undefined || honest === 'unsigned' ? honest : verdict;
      const report = await check(await by(changed), { ...(knows && { by: knows() }) });
      if (honest === 'unsigned' && verdict !== undefined) {
        expect(report.verdict, say(report)).not.toBe('authentic');
        return;
      }
      expect(report.verdict, say(report)).toBe(expected);
      expect(say(report)).toMatch(verdict === undefined ? (said ?? /^/) : words);
    });
  },
);

const part = (type: string, body: string, more = ''): string =>
  `\r\nContent-Type: ${type}\r\n${more}\r\n${body}\r\n`;
/** Puts a part behind the others of the mail, or of its alternatives. */
const addPart = (added: string, among: 'Part_1' | 'Part_2' = 'Part_1') =>
  edit((mail) => mail.replace(new RegExp(`(--[^\\s]*${among})--`), `$1${added}$1--`));
const toHeader = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

/** What strangers do to a mail that is otherwise true: who wants what, and what is said. */
const attacks: readonly [
  name: string,
  send: (draft: MailDraft) => Promise<Buffer>,
  verdict: Verdict,
  said: RegExp,
][] = [
  [
    'another account in the text that no program shows',
    send({}, inText(swap('0417 1643', '0417 1644'))),
    'tampered',
    /not the ru\/mail\.txt/,
  ],
  [
    'another account in the HTML that all show',
    send({}, inPage(swap('0417 1643', '0417 1644'))),
    'tampered',
    /In its HTML.*1643.*1644/,
  ],
  [
    'a link behind true words',
    send(
      {},
      inPage((html) => html.replace('<p>Счёт', '<p><a href="https://rnint.example/">Счёт</a>')),
    ),
    'tampered',
    /rnint/,
  ],
  [
    'a link of the digest that leads elsewhere',
    send({}, inPage(swap('href="https://thyme.example/"', 'href="https://thyrne.example/"'))),
    'tampered',
    /thyrne/,
  ],
  [
    'a link that leads elsewhere, in HTML written anew',
    send(
      {},
      inPage((html) =>
        swap(
          'href="https://thyme.example/"',
          'href="https://thyrne.example/"',
        )(html)
          .replace('<body>', '<body><div>')
          .replace('</body>', '</div></body>'),
      ),
    ),
    'tampered',
    /thyrne/,
  ],
  [
    'a picture that tells who reads',
    send(
      {},
      inPage((html) =>
        html.replace('</body>', '<img src="https://rnint.example/1.gif" alt=""></body>'),
      ),
    ),
    'injected',
    /<img>/,
  ],
  [
    'a script',
    send(
      {},
      inPage((html) => html.replace('</body>', '<script>a()</script></body>')),
    ),
    'injected',
    /<script>/,
  ],
  [
    'a form',
    send(
      {},
      inPage((html) =>
        html.replace('</body>', '<form action="https://rnint.example/"><input></form></body>'),
      ),
    ),
    'injected',
    /<form>/,
  ],
  [
    'another base of links',
    send(
      {},
      inPage((html) => html.replace('</head>', '<base href="https://rnint.example/"></head>')),
    ),
    'injected',
    /<base>/,
  ],
  [
    'words that a style hides, others in their place',
    send(
      {},
      inPage((html) =>
        html.replace('</body>', '<p style="position:absolute">0417 1644</p></body>'),
      ),
    ),
    'injected',
    /0417 1644/,
  ],
  [
    'words turned around',
    send(
      {},
      inPage((html) =>
        html.replace('Счёт сада: 0417 1643', '<bdo dir="rtl">Счёт сада: 0417 1643</bdo>'),
      ),
    ),
    'injected',
    /bdo/,
  ],
  [
    'words above it',
    send({}, (each) =>
      inPage((html) => html.replace('<body>', '<body><p>The account is now another one.</p>'))(
        inText((text) => `The account is now another one.\n\n${text}`)(each),
      ),
    ),
    'injected',
    /added above.*now another one/,
  ],
  [
    'words above it, in the form of a field',
    send(
      {},
      inText((text) => `Important: write to rnint.example\n\n${text}`),
    ),
    'injected',
    /added above/,
  ],
  [
    'an account in the line of a forward',
    send(
      {},
      inText(
        (text) =>
          `On Mon, 1 Jun, IBAN DE89 3704 0044 0532 0130 00 <a@mint.example> wrote:\n\n${text}`,
      ),
    ),
    'injected',
    /added above/,
  ],
  [
    'another subject in the lines of a forward',
    send(
      {},
      inText((text) => `${forwarded.replace('выпуске 3', 'выпуске 4')}${text}`),
    ),
    'injected',
    /added above/,
  ],
  [
    'an account below it',
    send(
      {},
      inText((text) => `${text}\nOur new account: IBAN DE89 3704 0044 0532 0130 00\n`),
    ),
    'injected',
    /added below/,
  ],
  [
    'a long text below it',
    send(
      {},
      inText((text) => `${text}\n${'More of it. '.repeat(200)}\n`),
    ),
    'injected',
    /added below/,
  ],
  [
    'another subject',
    send({}, (each) => ({ ...each, subject: 'The garden has a new account' })),
    'injected',
    /Its subject is/,
  ],
  [
    'a subject with more words',
    send({}, (each) => ({ ...each, subject: `${each.subject} — IBAN DE89` })),
    'injected',
    /Its subject is/,
  ],
  [
    'two subjects',
    edit((mail) => `Subject: ${toHeader('The garden has a new account')}\r\n${mail}`),
    'tampered',
    /twice/,
  ],
  [
    'two types of content',
    edit((mail) => `Content-Type: text/html\r\n${mail}`),
    'tampered',
    /twice/,
  ],
  [
    'a program',
    send({}, (each) => ({
      ...each,
      files: [
        ...each.files,
        { name: 'read-me.exe', bytes: Buffer.from('MZ'), type: 'application/octet-stream' },
      ],
    })),
    'injected',
    /read-me\.exe/,
  ],
  [
    'a text as a file',
    send({}, (each) => ({
      ...each,
      files: [...each.files, { name: 'account.txt', bytes: Buffer.from('0417 1644') }],
    })),
    'injected',
    /account\.txt/,
  ],
  [
    'a second manifest',
    send({}, (each) => ({
      ...each,
      files: [...each.files, { name: 'SHA256SUMS', bytes: Buffer.from('0') }],
    })),
    'injected',
    /SHA256SUMS/,
  ],
  [
    'a part that some programs show in its place (AMP)',
    addPart(part('text/x-amp-html', '<p>0417 1644</p>'), 'Part_2'),
    'injected',
    /x-amp-html/,
  ],
  [
    'another text among its alternatives',
    addPart(part('text/plain', 'IBAN DE89 3704 0044 0532 0130 00'), 'Part_2'),
    'injected',
    /added below/,
  ],
  [
    'another page among its alternatives',
    addPart(part('text/html', '<p>Another account</p>'), 'Part_2'),
    'tampered',
    /In its HTML/,
  ],
  [
    'an invitation',
    addPart(part('text/calendar; method=REQUEST', 'BEGIN:VCALENDAR')),
    'injected',
    /text\/calendar/,
  ],
  [
    'another mail with it',
    addPart(part('message/rfc822', 'Subject: Pay\r\n\r\nIBAN DE89 3704 0044 0532 0130 00')),
    'injected',
    /Its subject is "Pay"/,
  ],
  [
    'an encoding in which it reads differently',
    edit((mail) => mail.replace('charset=utf-8', 'charset=windows-1251')),
    'tampered',
    /says that its text is in/,
  ],
  [
    'a changed manifest',
    send({}, (each) => ({
      ...each,
      files: each.files.map((file) =>
        file.name === 'SHA256SUMS'
          ? { ...file, bytes: Buffer.from(file.bytes.toString().replace(/^0?./, '0')) }
          : file,
      ),
    })),
    'tampered',
    /does not fit|another edition/,
  ],
  [
    'a changed EDITION.txt',
    send({}, (each) => ({
      ...each,
      files: each.files.map((file) =>
        file.name === 'EDITION.txt'
          ? { ...file, bytes: Buffer.from(file.bytes.toString().replace('2999', '2998')) }
          : file,
      ),
    })),
    'tampered',
    /EDITION\.txt/,
  ],
  [
    'a signature of another list',
    send(
      {},
      inBoth((text) =>
        text.replace(/(?<=signature:\n.{20})./, (sign) => (sign === 'A' ? 'B' : 'A')),
      ),
    ),
    'tampered',
    /signature/,
  ],
  [
    'a block that is damaged',
    send(
      {},
      inBoth((text) => text.replace('mail-proof: 1', 'mail-proof: one')),
    ),
    'tampered',
    /The block at its end/,
  ],
  [
    'a block of a later format',
    send(
      {},
      inBoth((text) => text.replace('mail-proof: 1', 'mail-proof: 2')),
    ),
    'too new',
    /newer format/,
  ],
  [
    'the digest of another language',
    send(
      {},
      inBoth((text) => text.replace('path: ru/mail.txt', 'path: be/mail.txt')),
    ),
    'tampered',
    /be\/mail\.txt/,
  ],
  [
    'a file that no edition has',
    send(
      {},
      inBoth((text) => text.replace('path: ru/mail.txt', 'path: fr/mail.txt')),
    ),
    'tampered',
    /no file "fr\/mail\.txt"/,
  ],
  [
    'no block',
    send(
      {},
      inBoth((text) => text.replace(/-----BEGIN[^]*END PROOF-----/, '')),
    ),
    'incomplete',
    /no block at its end/,
  ],
  [
    'a mail that is no digest',
    () => Promise.resolve(Buffer.from('Subject: Hello\r\n\r\nHello')),
    'incomplete',
    /no digest/,
  ],
  [
    'parts without a boundary',
    () => Promise.resolve(Buffer.from('Subject: A\r\nContent-Type: multipart/mixed\r\n\r\nHello')),
    'incomplete',
    /no digest/,
  ],
];

describe('a mail with', () => {
  it.each(attacks)('%s is not authentic', async (_, by, verdict, said) => {
    const report = await check(await by(draft));
    expect(report.verdict, say(report)).toBe(verdict);
    expect(say(report)).toMatch(said);
  });
});

describe('an edition in a mail', () => {
  it('is rolled back where a newer one is known, and stale past its date', async () => {
    const old = await siteOf(digestText, 1, { lookForNewerAfter: '2026-07-01' });
    const next = await siteOf(digestText, 2, { after: old });
    const campaign = makeFolder('clone-');
    keepEdition(campaign, 1, old, keys);
    keepEdition(campaign, 2, next, keys);
    const by = await trustClone(campaign, 'this clone');
    const mail = await sendMail(await draftMail(old));
    const short = await sendMail(withoutFiles(await draftMail(old)));
    for (const each of [mail, short])
      expect((await check(each, { by })).verdict).toBe('rolled back');
    expect((await check(mail, { today: '2026-08-01' })).verdict).toBe('stale');
    expect((await check(await sendMail(await draftMail(next)), { by })).verdict).toBe('authentic');
  });

  it('is proven by its chain to who knows the keys of an edition before', async () => {
    const [own] = [keys];
    const others = makeKeys(1);
    const first = await siteOf(digestText, 1, { next: { keys: others } });
    const second = await makeEdition(
      { 'ru/mail.txt': `\uFEFF${digestText}` },
      { number: 2, keys: others, after: first, archives: false },
    );
    const report = await check(await sendMail(await draftMail(second)));
    expect(own).toHaveLength(2);
    expect(report.verdict, say(report)).toBe('authentic');
    expect(say(report)).toMatch(/Keys were replaced/);
  });

  it('is not proven by keys that its reader does not know, nor by too few', async () => {
    const mail = await sendMail(draft);
    const strangers = trustGiven(
      makeKeys(1).map(({ publicKey }) => publicKey),
      undefined,
    );
    expect((await check(mail, { by: strangers })).verdict).toBe('tampered');
    const [first] = keys;
    const few = trustGiven([first!.publicKey], undefined);
    expect((await check(mail, { by: few })).verdict).toBe('unsigned');
  });

  it('is told apart in words where a copy is at hand', async () => {
    const changed = withoutPage(inText(swap('0417 1643', '0417 1644'))(draft));
    const report = await check(await sendMail(changed), { against: site });
    expect(report.verdict).toBe('tampered');
    expect(say(report)).toMatch(/known .*1643.*, here .*1644/);
    const short = await check(await sendMail(withoutFiles(draft)), { against: site });
    expect(short.verdict, say(short)).toBe('authentic');
  });

  it('is named with its keys and date', async () => {
    const report = await check(await sendMail(draft));
    expect(report).toMatchObject({
      isProven: true,
      edition: { number: 1, campaign: 'garden' },
      signedBy: keys.map(({ publicKey }) => publicKey.id),
    });
    expect(report.meaning).toMatch(/Who sent it, nothing proves/);
  });
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
  const block = (): string => /-----BEGIN[^]*END PROOF-----\n/.exec(draft.text ?? '')?.[0] ?? '';
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
    const report = await check(Buffer.from(make(), 'latin1'), { by: clone });
    const { user, system } = process.cpuUsage(start);
    expect(report.verdict).toMatch(/^(?:tampered|incomplete)$/);
    expect(say(report)).toMatch(said);
    expect((user + system) / 1e6).toBeLessThan(8);
  });

  it('gets one wherever it breaks off, and whatever byte is another one', async () => {
    const mail = await sendMail(draft);
    for (let at = 0; at < mail.length; at += 997) {
      const cut = await check(mail.subarray(0, at));
      expect(cut.verdict, `${at}: ${say(cut)}`).not.toBe('authentic');
      const other = Buffer.from(mail);
      other[at] = (other[at] ?? 0) ^ 1;
      await check(other);
    }
  }, 60_000);
});

describe('npm run mail', () => {
  it('writes the same bytes each time, and nothing of this machine', async () => {
    const [one, two] = [await composeMail(site, 'ru'), await composeMail(site, 'ru')];
    expect(one.bytes.equals(two.bytes)).toBe(true);
    const text = one.bytes.toString('latin1');
    const header = text.slice(0, text.indexOf('\r\n\r\n'));
    expect(header).toMatch(/^Date: Fri, 01 May 2026 00:00:00 \+0000$/m);
    expect(header).toMatch(/^Message-ID: <[0-9a-f]{32}@garden\.invalid>$/m);
    expect(header).not.toMatch(/^(?:From|To|X-Mailer):/m);
    expect(await check(one.bytes)).toMatchObject({ verdict: 'authentic' });
  });

  it('has the whole text of the file, and a page that asks nothing of any host', () => {
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
    ['a language without a digest', () => site, 'fr', /fr\/mail\.txt is not there.*be, ru/],
  ])('refuses %s', async (_, place, language, said) => {
    await expect(composeMail(place(), language)).rejects.toThrow(said);
  });

  it('refuses a digest that was changed after the build', async () => {
    const changed = await siteOf(digestText, 1);
    writeFileSync(join(changed, 'ru/mail.txt'), `\uFEFF${digestText.replace('1643', '1644')}`);
    await expect(composeMail(changed, 'ru')).rejects.toThrow(/not as it was built.*other bytes/);
  });

  it('refuses a digest whose page programs would cut off', async () => {
    const long = await siteOf(`${digestText}\n${'word '.repeat(30_000)}\n`, 1);
    await expect(composeMail(long, 'ru')).rejects.toThrow(/less than 100000/);
  });
});
