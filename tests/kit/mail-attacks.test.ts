import { beforeAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/kit/core/verify/verdict.ts';
import {
  checkMail,
  forwarded,
  inPage,
  inText,
  makeMailWorld,
  sayReport,
  send,
  swap,
  type MailWorld,
} from '../helpers/check-mails.ts';
import type { MailDraft } from '../helpers/make-mail.ts';

let world: MailWorld;
beforeAll(async () => {
  world = await makeMailWorld();
});

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
];

describe('a mail with', () => {
  it.each(attacks)('%s is not authentic', async (_, by, verdict, said) => {
    const report = await checkMail(await by(world.draft), world.trust);
    expect(report.verdict, sayReport(report)).toBe(verdict);
    expect(sayReport(report)).toMatch(said);
  });
});
