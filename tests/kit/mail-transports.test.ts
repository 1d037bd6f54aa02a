import { beforeAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/kit/core/verify/verdict.ts';
import {
  checkMail,
  edit,
  footer,
  forwarded,
  inBoth,
  inPage,
  inText,
  makeMailWorld,
  sayReport,
  send,
  swap,
  withoutFiles,
  withoutPage,
  type Change,
  type MailWorld,
} from '../helpers/check-mails.ts';
import {
  encodeWindows1251,
  flow,
  quote,
  rewrap,
  sendMail,
  type MailDraft,
} from '../helpers/make-mail.ts';

let world: MailWorld;
beforeAll(async () => {
  world = await makeMailWorld();
});

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
  /** What is known; the keys alone if it is left out. */
  readonly by?: 'trust' | 'clone';
}
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
    by: 'clone',
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
    by: 'clone',
    send: send({}, (each) =>
      withoutFiles(withoutPage(inText((text) => rewrap(quote(quote(text)), 70))(each))),
    ),
  },
  {
    name: 'without its files, a clone knows the edition',
    by: 'clone',
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
  { name: 'a clone that knows the edition', by: 'clone', send: send() },
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
  ({ send: by, verdict: honest = 'authentic', said, by: knows = 'trust' }) => {
    it.each(contents)('%s', async (_, change, verdict, words) => {
      const changed = change(world.draft);
      // Without its manifest nobody can say more of it; a page that comes alone is whole.
      const expected = verdict === undefined || honest === 'unsigned' ? honest : verdict;
      const report = await checkMail(await by(changed), world[knows]);
      if (honest === 'unsigned' && verdict !== undefined) {
        expect(report.verdict, sayReport(report)).not.toBe('authentic');
        return;
      }
      expect(report.verdict, sayReport(report)).toBe(expected);
      expect(sayReport(report)).toMatch(verdict === undefined ? (said ?? /^/) : words);
    });
  },
);
