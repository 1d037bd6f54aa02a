import { beforeAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/kit/core/verify/verdict.ts';
import {
  checkMail,
  edit,
  inBoth,
  makeMailWorld,
  sayReport,
  send,
  type MailWorld,
} from '../helpers/check-mails.ts';
import type { MailDraft } from '../helpers/make-mail.ts';

let world: MailWorld;
beforeAll(async () => {
  world = await makeMailWorld();
});

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
    const report = await checkMail(await by(world.draft), world.trust);
    expect(report.verdict, sayReport(report)).toBe(verdict);
    expect(sayReport(report)).toMatch(said);
  });
});
