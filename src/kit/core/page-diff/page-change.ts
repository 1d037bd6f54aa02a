import { quoteName } from '../text/plain-characters.ts';
import type { Block } from './page-content.ts';

/**
 * What differs between two pages; those that matter most come first. `host` is where all links
 * lead, on a page that a browser saved.
 */
export const changeKinds = [
  'account',
  'contact',
  'script',
  'link',
  'warning',
  'figure',
  'structure',
  'text',
  'host',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface PageChange {
  readonly kind: ChangeKind;
  /** What happened, in words of ours: "a link leads elsewhere". */
  readonly what: string;
  /** In the known page; undefined where nothing was. As the page has it: not fit for a terminal. */
  readonly before: string | undefined;
  /** In the page under test, likewise. */
  readonly after: string | undefined;
  /** The words that it is in or belongs to, likewise. */
  readonly context?: string | undefined;
  /** What cannot be seen in the words, such as letters of another script; fit for a terminal. */
  readonly notes?: readonly string[];
}

/** What a block is called, with its article. */
export const nounOf = ({ kind }: Block): string =>
  kind === 'words' || kind === 'code'
    ? `a piece of ${kind}`
    : kind === 'title'
      ? 'the title'
      : `a ${kind}`;
export const articleOf = (noun: string): string => (/^[aeio]/.test(noun) ? 'an' : 'a');

/**
 * A change as one plain sentence, fit for a terminal: what comes from a page is quoted, cut around
 * the first difference, and without characters that are not seen or that steer a terminal.
 */
export const describeChange = (change: PageChange): string => describe(change, showPart);

/** The same with nothing cut, for whoever answers for all of it. */
export const describeWholeChange = (change: PageChange): string => describe(change, showWhole);

type Show = (text: string, place?: number) => string;

function describe(change: PageChange, show: Show): string {
  const { what, notes = [] } = change;
  const end = notes.length > 0 ? ` (${notes.join('; ')})` : '';
  return `${what}${describeSides(change, show)}${end}`;
}

function describeSides({ kind, before, after, context }: PageChange, show: Show): string {
  if (kind === 'host') return ` ${show(after ?? '')}`;
  const at =
    before !== undefined && after !== undefined && before !== after
      ? findDifference(before, after)
      : 0;
  if (kind === 'link' && context !== undefined) {
    const words = `: ${show(context)}`;
    if (before === undefined) return `${words} leads to ${show(after ?? '')}`;
    const here = after === undefined ? '' : `, here to ${show(after, at)}`;
    return `${words} led to ${show(before, at)}${here}`;
  }
  const within =
    context === undefined || context === before || context === after
      ? ''
      : ` in ${show(context, Math.max(0, context.indexOf(before ?? after ?? '')))}`;
  if (before === undefined && after === undefined) return within;
  if (before === undefined || after === undefined || before === after)
    return `: ${show(before ?? after ?? '')}${within}`;
  return `: known ${show(before, at)}, here ${show(after, at)}${within}`;
}

/** The place, in code units, of the first difference of two texts. */
function findDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

/** Characters of a stranger's words that are shown, and how many before the first difference. */
const [maxShown, lead] = [90, 30];

/** A part of a text that holds a place, in quotes. */
function showPart(text: string, place = 0): string {
  const start = place + lead < maxShown || text.length <= maxShown ? 0 : place - lead;
  const part = text.slice(isWithinPair(text, start) ? start - 1 : start, start + maxShown);
  const end = start + maxShown < text.length ? '…' : '';
  return `"${start > 0 ? '…' : ''}${quoteName(part).slice(1, -1)}${end}"`;
}

const showWhole = (text: string): string => quoteName(text, Infinity);

/** Whether a place is within a surrogate pair. */
const isWithinPair = (text: string, at: number): boolean =>
  /[\uDC00-\uDFFF]/.test(text.charAt(at)) && at > 0;
