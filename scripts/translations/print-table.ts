import type { Locales } from '../../src/campaign/schema/fields.ts';
import type { TranslationState } from './list-translations.ts';

/** So many of the oldest checks are named. */
const oldestShown = 10;

/** What can be said of a translation, and of which ones it holds. */
export const columns = [
  ['missing', ({ isMissing }: TranslationState) => isMissing],
  ['behind', ({ isMissing, behind }: TranslationState) => !isMissing && behind > 0],
  ['unread', ({ isMissing, isRead }: TranslationState) => !isMissing && !isRead],
  ['all', () => true],
] as const;

/**
 * The state of all translations: for each language and collection how many are missing, follow an
 * older version of their original, and were read by no native reader; then what was compared with
 * its sources longest ago.
 */
export function printTable(states: readonly TranslationState[], { main, all }: Locales): string[] {
  const collections = [...new Set(states.map(({ collection }) => collection))];
  const width = Math.max(...collections.map(({ length }) => length), 'in all'.length);
  const row = (name: string, of: readonly TranslationState[]): string =>
    `  ${name.padEnd(width)}${columns
      .map(([, holds]) => String(of.filter(holds).length).padStart(9))
      .join('')}`;
  const head = `  ${''.padEnd(width)}${columns.map(([name]) => name.padStart(9)).join('')}`;
  return [
    ...all
      .filter((tag) => tag !== main)
      .flatMap((tag) => {
        const own = states.filter(({ language }) => language === tag);
        return [
          tag,
          head,
          ...collections.map((name) =>
            row(
              name,
              own.filter(({ collection }) => collection === name),
            ),
          ),
          row('in all', own),
          '',
        ];
      }),
    'oldest checks',
    ...listOldest(states).map(({ file, checked }) => `  ${checked}  ${file}`),
  ];
}

/** What was compared with its sources longest ago, the oldest first. */
export function listOldest(
  states: readonly TranslationState[],
): { readonly file: string; readonly checked: string }[] {
  const files = new Map(states.map(({ file, checked }) => [file, checked]));
  return [...files]
    .flatMap(([file, checked]) => (checked === undefined ? [] : [{ file, checked }]))
    .sort((a, b) => compare(a.checked, b.checked) || compare(a.file, b.file))
    .slice(0, oldestShown);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What is to be done in one language of one kind, such as what is missing. */
export interface Work {
  readonly name: string;
  /** A line each. */
  readonly lines: readonly string[];
}

/**
 * What is to be done in one language: what is missing first, then what follows an older version,
 * then what nobody has read; in each what touches law, safety or money first.
 */
export function listWork(states: readonly TranslationState[], language: string): Work[] {
  const own = states.filter((state) => state.language === language);
  return columns.slice(0, -1).flatMap(([name, holds]) => {
    const lines = own
      .filter(holds)
      .sort(
        (a, b) =>
          Number(b.touches.length > 0) - Number(a.touches.length > 0) || compare(a.file, b.file),
      )
      .map(({ file, behind, touches }) =>
        [
          file,
          name === 'behind' ? `; the original is ${behind} ahead` : '',
          touches.length > 0 ? `; touches ${touches.join(', ')}` : '',
        ].join(''),
      );
    return lines.length === 0 ? [] : [{ name, lines }];
  });
}

/** The same as lines of a terminal. */
export const printWork = (states: readonly TranslationState[], language: string): string[] =>
  listWork(states, language).flatMap(({ name, lines }) => [
    `${name}: ${lines.length}`,
    ...lines.map((line) => `  ${line}`),
    '',
  ]);
