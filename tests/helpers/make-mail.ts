import MailComposer from 'nodemailer/lib/mail-composer';
import { composeMail } from '../../scripts/mail/compose-mail.ts';
import { readMail } from '../../src/kit/node/mail/read-mail.ts';
import { layOutMail } from '../../src/kit/core/mail/mail-text.ts';

/** The parts of a mail, for a program that would send or change it. */
export interface MailDraft {
  readonly subject: string;
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly files: readonly {
    readonly name: string;
    readonly bytes: Buffer;
    readonly type?: string;
  }[];
}

/** A digest with a block of each kind, letters of two scripts, an account and an address. */
export const digestText = layOutMail(`Сад: что нового в выпуске 3
===========================

О садах — и о том, кто за ними смотрит. Новости приходят четыре раза в год, и каждая
из них стоит здесь целиком, чтобы читать её без сайта.

! Не храните этот файл на устройстве, которым вы делитесь с кем-то, кто едет туда, где за него наказывают.

Copies of this site: https://mint.example/garden/ https://thyme.example/

Мята и чабрец
=============

| Этот перевод никто не читал.

Счёт сада: 0417 1643 (Mint). Мята растёт у забора, а чабрец
- в горшке; «укроп» стоит 1 200 рублей.

Что сделать
-----------

- Полить мяту утром, пока солнце низко, и ещё раз вечером, если день был жарким и сухим
- Собрать чабрец
1. Написать письмо
2. Послать его

From here on nothing is new.
`);

/** What a mail of a site's digest holds. */
export async function draftMail(site: string, language = 'ru'): Promise<MailDraft> {
  const { bytes } = await composeMail(site, language);
  return takeApart(bytes);
}

export async function takeApart(bytes: Uint8Array): Promise<MailDraft> {
  const { messages, parts } = await readMail(bytes);
  const find = (type: string) => parts.find((part) => part.type === type && !part.isAttached)?.text;
  return {
    subject: messages[0]?.subject ?? '',
    text: find('text/plain'),
    html: find('text/html'),
    files: parts.flatMap(({ name, bytes: content }) =>
      name === undefined ? [] : [{ name, bytes: Buffer.from(content) }],
    ),
  };
}

export interface SendOptions {
  readonly encoding?: 'base64' | 'quoted-printable' | '8bit';
  /** Of the text: what follows `text/plain; `. */
  readonly textType?: string;
  /** The bytes of the text in another encoding than UTF-8. */
  readonly encodeText?: (text: string) => Buffer;
  readonly headers?: Record<string, string>;
  readonly newline?: 'win' | 'linux';
}

/** A mail as a program sends it. */
export const sendMail = (
  { subject, text, html, files }: MailDraft,
  {
    encoding = 'quoted-printable',
    textType = 'charset=utf-8',
    encodeText,
    headers,
    newline,
  }: SendOptions = {},
): Promise<Buffer> =>
  new MailComposer({
    from: { name: 'Анна', address: 'anna@mint.example' },
    to: 'list@mint.example',
    subject,
    date: new Date('2026-06-01T00:00:00Z'),
    messageId: '<1@mint.example>',
    baseBoundary: 'test',
    newline: newline ?? 'win',
    ...(headers && { headers }),
    ...(text !== undefined && {
      text: {
        content: encodeText ? encodeText(text) : text,
        contentType: `text/plain; ${textType}`,
        contentTransferEncoding: encoding,
      },
    }),
    ...(html !== undefined && {
      html: {
        content: html,
        contentType: 'text/html; charset=utf-8',
        contentTransferEncoding: encoding,
      },
    }),
    attachments: files.map(({ name, bytes, type = 'text/plain; charset=utf-8' }) => ({
      filename: name,
      content: bytes,
      contentType: type,
      contentTransferEncoding: 'base64',
    })),
  })
    .compile()
    .build();

/** The words of a line in rows of at most so many characters; the spaces it begins with stay. */
const breakLine = (line: string, most: number): string[] => {
  const rows: string[] = [];
  let row = /^ */.exec(line)?.[0] ?? '';
  let isEmpty = true;
  for (const word of line.trimStart().split(' ')) {
    if (!isEmpty && row.length + 1 + word.length > most) {
      rows.push(row);
      [row, isEmpty] = ['', true];
    }
    row += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...rows, row];
};

/** Lines of at most so many characters, as a program breaks longer ones anew. */
export const rewrap = (text: string, most: number): string =>
  text
    .split('\n')
    .flatMap((line) => breakLine(line, most))
    .join('\n');

/** A text as `format=flowed` has it (RFC 3676): rows that go on end with a space. */
export const flow = (text: string, most = 60, deleted = ''): string =>
  text
    .split('\n')
    .flatMap((line) => {
      const rows = breakLine(line, most);
      return rows.map((row, index) => {
        const stuffed = /^(?: |>|From )/.test(row) ? ` ${row}` : row;
        return index < rows.length - 1 ? `${stuffed} ${deleted}` : stuffed;
      });
    })
    .join('\n');

export const quote = (text: string, mark = '> '): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? mark.trimEnd() : mark + line))
    .join('\n');

/** Letters of Windows-1251, as far as the digest of the tests needs them. */
export const encodeWindows1251 = (text: string): Buffer => {
  const decoder = new TextDecoder('windows-1251');
  const codes = new Map(
    Array.from({ length: 256 }, (_, code) => [decoder.decode(Uint8Array.of(code)), code]),
  );
  return Buffer.from(Array.from(text, (sign) => codes.get(sign) ?? 63));
};
