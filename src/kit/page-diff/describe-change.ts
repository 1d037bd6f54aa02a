import { quoteName } from '../core/text/quote-name.ts';
import type { PageChange } from './page-change.ts';

/** Signs of a stranger's words that are shown, and how many of them stand before the first difference. */
const [longest, lead] = [90, 30];

/**
 * A change as one plain sentence, fit for a terminal: what comes from a page is quoted, cut around the first difference, and
 * without signs that are not seen or that steer a terminal.
 */
export const describeChange = (change: PageChange): string => describe(change, showPart);

/** The same with nothing cut, for whoever answers for all of it. */
export const describeWholeChange = (change: PageChange): string => describe(change, showWhole);

function describe(
  { kind, what, before, after, context, notes = [] }: PageChange,
  show: typeof showPart,
): string {
  const end = notes.length > 0 ? ` (${notes.join('; ')})` : '';
  return `${what}${printParts(kind, before, after, context, show)}${end}`;
}

function printParts(
  kind: PageChange['kind'],
  before: string | undefined,
  after: string | undefined,
  context: string | undefined,
  show: typeof showPart,
): string {
  if (kind === 'host') return ` ${show(after ?? '')}`;
  const at =
    before !== undefined && after !== undefined && before !== after
      ? findDifference(before, after)
      : 0;
  if (kind === 'link' && context !== undefined) {
    const words = `: ${show(context)}`;
    if (before === undefined) return `${words} leads to ${show(after ?? '')}`;
    return `${words} led to ${show(before, at)}${after === undefined ? '' : `, here to ${show(after, at)}`}`;
  }
  const within =
    context === undefined || context === before || context === after
      ? ''
      : ` in ${show(context, placeOf(context, before ?? after ?? ''))}`;
  if (before === undefined && after === undefined) return within;
  if (before === undefined || after === undefined || before === after)
    return `: ${show(before ?? after ?? '')}${within}`;
  return `: known ${show(before, at)}, here ${show(after, at)}${within}`;
}

/** The place, in signs, of the first difference of two texts. */
function findDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

const placeOf = (context: string, part: string): number => Math.max(0, context.indexOf(part));

/** A part of a text that holds a place, in quotes. */
function showPart(text: string, place = 0): string {
  const start = place + lead < longest || text.length <= longest ? 0 : place - lead;
  const part = text.slice(isLow(text, start) ? start - 1 : start, start + longest);
  const quoted = quoteName(part);
  return `"${start > 0 ? '…' : ''}${quoted.slice(1, -1)}${start + longest < text.length ? '…' : ''}"`;
}

const showWhole = (text: string): string => quoteName(text, Infinity);

/** Whether a place is in the middle of a sign. */
const isLow = (text: string, at: number): boolean =>
  /[\uDC00-\uDFFF]/.test(text.charAt(at)) && at > 0;
