import type { TypeTable } from '../../schema/language.ts';
import type { TypeFault } from './type-fault.ts';

const marks = /["“”„‟«»‹›‘’‚‛]/g;

/**
 * Quotation marks that are not those of the language, do not alternate when nested, or lack their
 * other half.
 */
export function findQuoteFaults(text: string, table: TypeTable): TypeFault[] {
  const faults: TypeFault[] = [];
  const open: { start: number; found: string; close: string }[] = [];
  const report = (start: number, found: string, wanted: string, rule: string) =>
    faults.push({ start, found, wanted, rule });
  const [outer, nested] = [table.quotes, table.nested];
  const shown = `${outer[0]}${table.padding}…${table.padding}${outer[1]}, and within a quotation ${nested[0]}…${nested[1]}`;

  for (const { 0: mark, index: start } of text.matchAll(marks)) {
    const last = open.at(-1);
    const due = last?.close === outer[1] ? nested : outer;
    if (mark === last?.close && !isApostrophe(text, start, mark)) {
      open.pop();
      if (mark === outer[1]) checkPadding(text, start, -1);
    } else if (mark === '’')
      continue; // an apostrophe
    else if (mark === outer[0] || mark === nested[0]) {
      const pair = mark === outer[0] ? outer : nested;
      if (pair !== due) report(start, mark, `${due[0]}…${due[1]}`, `quotation marks ${shown}`);
      open.push({ start, found: mark, close: pair[1] });
      if (mark === outer[0]) checkPadding(text, start, 1);
    } else if (mark === outer[1] || mark === nested[1])
      report(
        start,
        mark,
        `${mark === outer[1] ? outer[0] : nested[0]}… before it`,
        'an opening quotation mark for each closing one',
      );
    else
      report(
        start,
        mark,
        isOpening(text, start) ? due[0] : (last?.close ?? outer[1]),
        `quotation marks ${shown}`,
      );
  }
  for (const { start, found, close } of open)
    report(start, found, `…${close}`, 'a closing quotation mark in the same paragraph');
  return faults;

  function checkPadding(text: string, place: number, step: 1 | -1): void {
    const inner = text.slice(place + step, place + step + 1);
    const [found, wanted] =
      step === 1 ? [outer[0], outer[0] + table.padding] : [outer[1], table.padding + outer[1]];
    const gap = /\s/.test(inner) ? inner : '';
    if (gap !== table.padding)
      report(
        place,
        step === 1 ? found + gap : gap + found,
        wanted,
        'the space inside quotation marks',
      );
  }
}

/** ’ between two letters, also within a quotation that ’ would close. */
const isApostrophe = (text: string, place: number, mark: string) =>
  mark === '’' && /^\p{L}’\p{L}/u.test(text.slice(place - 1, place + 2));

const isOpening = (text: string, place: number) =>
  place === 0 || /[\s([]/.test(text.charAt(place - 1));
