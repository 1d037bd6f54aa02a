import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { columns, wrap } from '../../../kit/core/text/wrap-lines.ts';
import { attributeOf, type BuiltPage } from '../built-page.ts';
import { copyWords } from '../copy-words.ts';
import type { LanguageContext } from '../feed-source.ts';
import { plainText } from '../../../lib/localized-text.ts';
import type { Chapter } from './chapters.ts';
import { describeOrigin } from './describe-origin.ts';
import type { Selection } from './fit-chapters.ts';
import { printHeading, printLines } from './print-lines.ts';

/**
 * The current texts of a language as plain text for mail and old phones (72 columns). Warnings are
 * with the texts that they are of, above all the one for those who must keep no file.
 * @param path of the file, by which the manifest knows it
 */
export function printTexts(
  context: LanguageContext,
  path: string,
  { parts, isWhole }: Selection,
): string {
  const { records, say, strings } = context;
  const { site } = records;
  const chapters = parts.flatMap((part) => part.chapters);
  const lines = [
    ...printHeading(say(site.name), '='),
    ...['', ...wrap(say(site.description))],
    ...describeOrigin(context, path, isWhole).flatMap(({ text, kind }) => {
      const sign = kind === 'warning' ? '! ' : '';
      return ['', ...wrap(plainText(text), { first: sign, rest: sign })];
    }),
    ...['', ...wrap(strings.carry.current)],
    ...['', ...printHeading(strings.carry.contents, '-'), ''],
    ...chapters.flatMap(({ title }, index) => {
      const number = `${index + 1}. `;
      return wrap(title, { first: number, rest: ' '.repeat(number.length) });
    }),
    ...chapters.flatMap((chapter) => printChapter(chapter, context)),
  ];
  return `${lines.join('\n')}\n`;
}

function printChapter({ page, title }: Chapter, context: LanguageContext): string[] {
  return [
    '',
    '',
    '='.repeat(columns),
    ...wrap(title),
    '='.repeat(columns),
    '',
    ...printLines(copyForText(page, context)),
  ];
}

/** The words of a page for a file of plain text, with the addresses of its links behind them. */
export const copyForText = (page: BuiltPage, { strings }: LanguageContext): Tree.DocumentFragment =>
  copyWords(page, {
    struckOut: strings.feeds.struckOut,
    leadTo: () => undefined,
    behind: (link, element) => {
      if (link.kind !== 'outside') return undefined;
      const address = link.address.replace(/^https?:\/\/|\/$/g, '');
      const shown = element.childNodes.map((node) => ('value' in node ? node.value : '')).join('');
      // What leads to a banned address is a link on its own page alone, and says it there.
      return shown.includes(address) || attributeOf(element, 'href') === undefined
        ? undefined
        : ` (${address})`;
    },
    notices: true,
  });
