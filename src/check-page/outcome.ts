import { printPublicKey } from '../kit/core/minisign/public-key.ts';
import {
  describeVerdict,
  verdicts,
  type Report,
  type Verdict,
} from '../kit/core/verify/verdict.ts';
import { make } from './dom.ts';
import { fill } from './words/languages.ts';
import type { Words } from './words/words.ts';

/** What a verdict asks for at a glance; never by its colour alone. */
type Tone = 'sound' | 'caution' | 'danger';

const tones: Record<Verdict, Tone> = {
  unreachable: 'caution',
  mixed: 'danger',
  tampered: 'danger',
  injected: 'danger',
  incomplete: 'caution',
  'too new': 'caution',
  forked: 'danger',
  'rolled back': 'caution',
  stale: 'caution',
  unsigned: 'caution',
  authentic: 'sound',
};

/** The mark before the verdict, drawn on 24 by 24. */
const marks: Record<Tone, string> = {
  sound: 'M4 13l5 5L20 6',
  caution: 'M12 4v10M12 18v2',
  danger: 'M5 5l14 14M19 5L5 19',
};

/** More of a kind nobody reads; the command prints all. */
const mostShown = 25;

/** A report as elements, in the language of the words. */
export function showReport(report: Report, words: Words, language: string): readonly Node[] {
  const { verdict, evidence, notes } = report;
  const { name, now } = words.verdicts[verdict];
  const details = verdicts.flatMap((kind) => {
    const texts = evidence.filter((item) => item.verdict === kind).map(({ text }) => text);
    return texts.length === 0
      ? []
      : [make('h4', {}, nameOf(kind, words, language)), listOf(texts, words)];
  });
  const { inEnglish, findings } = words.report;
  return [
    make(
      'div',
      { class: `verdict ${tones[verdict]}` },
      drawMark(tones[verdict]),
      make('h3', {}, name, ...(language === 'en' ? [] : [' ', inEnglishOf(verdict)])),
      make('p', {}, make('strong', {}, sayMeaning(report, words))),
      make('p', {}, now),
    ),
    ...showFacts(report, words),
    ...(details.length > 0 ? [make('h3', {}, findings)] : []),
    ...(inEnglish !== '' && details.length + notes.length > 0 ? [make('p', {}, inEnglish)] : []),
    ...details,
    ...(notes.length > 0 ? [make('h3', {}, words.report.notes), listOf(notes, words)] : []),
  ];
}

/** Why there is no verdict. @param detail what the kit says, in English */
export const showNoVerdict = (
  reason: string,
  detail: string | undefined,
  words: Words,
): readonly Node[] => [
  make(
    'div',
    { class: 'verdict caution' },
    drawMark('caution'),
    make('h3', {}, words.noVerdict),
    make('p', {}, reason),
    ...(detail === undefined ? [] : [make('p', { lang: 'en' }, detail)]),
  ),
];

const inEnglishOf = (verdict: Verdict): Node => make('small', { lang: 'en' }, `(${verdict})`);

const nameOf = (verdict: Verdict, { verdicts }: Words, language: string): string =>
  language === 'en' ? verdict : `${verdicts[verdict].name} (${verdict})`;

/** A page that a browser has written anew is judged by what it says and where it leads. */
const sayMeaning = ({ verdict, meaning }: Report, { verdicts, page }: Words): string =>
  meaning === undefined
    ? verdicts[verdict].meaning
    : verdict === 'authentic'
      ? page.same
      : page.links;

function drawMark(tone: Tone): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', marks[tone]);
  svg.append(path);
  return svg;
}

function showFacts(report: Report, { report: words }: Words): readonly Node[] {
  const { verdict, edition, signedBy, files, list } = report;
  const lines: (Node | string)[] = [];
  if (edition) {
    const { number, campaign, date, lookForNewerAfter } = edition;
    const isProven = describeVerdict(verdict).isProven;
    lines.push(
      fill(words.edition, { number, campaign, date }) + (isProven ? '' : ` (${words.unproven})`),
      fill(words.newer, { date: lookForNewerAfter }),
    );
    const signers = edition.keys.keys.filter(({ id }) => signedBy.includes(id));
    if (signers.length > 0)
      lines.push(
        make(
          'span',
          {},
          words.signers,
          ...signers.flatMap((key) => [' ', make('code', {}, printPublicKey(key))]),
        ),
      );
  }
  if (list !== undefined)
    lines.push(
      fill(words.files, { count: files }),
      make('span', {}, words.list, ' ', make('code', {}, list)),
    );
  return lines.length === 0
    ? []
    : [make('ul', { class: 'facts' }, ...lines.map((line) => make('li', {}, line)))];
}

/** Sentences of the kit, which are English and hold names that strangers chose. */
const listOf = (texts: readonly string[], { report }: Words): Node =>
  make(
    'ul',
    { class: 'findings' },
    ...texts.slice(0, mostShown).map((text) => make('li', { lang: 'en', dir: 'auto' }, text)),
    ...(texts.length > mostShown
      ? [make('li', {}, fill(report.more, { count: texts.length - mostShown }))]
      : []),
  );
