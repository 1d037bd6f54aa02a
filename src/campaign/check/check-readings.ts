import { hashBytes } from '../../kit/node/platform.ts';
import { encodeUtf8 } from '../../kit/core/text/bytes.ts';
import { textsOf, versionedOf, type Entries, type Entry } from '../schema/entries.ts';
import type { TextName } from '../schema/collections.ts';
import type { Fault } from '../read/fault.ts';
import { listMaps } from '../text/texts.ts';

/**
 * Checks that words which a native reader is said to have read are still those. The mark is made of
 * the words: whoever changes one of them has to take the mark away, or to say anew that somebody
 * has read them, which reviewers see. Attack: a contributor changes a warning in a language that no
 * reviewer knows, and the page goes on saying that a native reader has checked it.
 */
export function checkReadings(entries: Entries): Fault[] {
  return [
    ...textsOf(entries).flatMap((entry) =>
      compareMark(entry, ['translation', 'checked'], entry.data.translation?.read, wordsOf(entry)),
    ),
    ...versionedOf(entries).flatMap((entry) =>
      Object.entries(entry.data.translations).flatMap(([tag, { read }]) =>
        compareMark(
          entry,
          ['translations', tag, 'checked'],
          read,
          listMaps(entry, entry.data, [])
            .filter(({ language }) => language === tag)
            .map(({ where = '', text }) => `${where} ${text}`),
        ),
      ),
    ),
  ];
}

const wordsOf = ({ data, body }: Entry<TextName>): string[] => [
  data.title,
  data.description,
  body.replaceAll('\r\n', '\n').trim(),
];

/** 64 bits: to find other words of the same mark takes more than a campaign is worth. */
const markOf = (words: readonly string[]): string =>
  `read-${hashBytes(encodeUtf8(JSON.stringify(words))).slice(0, 16)}`;

function compareMark(
  { file, lineOf }: Pick<Entry, 'file' | 'lineOf'>,
  path: readonly string[],
  mark: string | undefined,
  words: readonly string[],
): Fault[] {
  const current = markOf(words);
  if (mark === undefined || mark === current) return [];
  return [
    {
      file,
      line: lineOf(path),
      where: `field "${path.join('.')}"`,
      found: mark === '' ? 'true' : `${mark}, the mark of other words than these`,
      expected: `false, or the mark of the words that a native reader has read: ${current}`,
      fix: `write false; or, once a native reader has read these words, ${current}`,
    },
  ];
}
