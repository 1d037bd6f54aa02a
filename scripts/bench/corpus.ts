import {
  corpusLanguages,
  drawWord,
  makeRandom,
  readVocabulary,
  type CorpusLanguage,
} from './words.ts';

/** A piece of a paragraph: words, which may lead to another text or out of the site. */
export interface Piece {
  readonly words: string;
  /** Number of another text in the corpus. */
  readonly text?: number;
  /** Number of the initiative whose site it leads to. */
  readonly outbound?: number;
}

export type Block =
  | { readonly kind: 'heading'; readonly words: string }
  | { readonly kind: 'paragraph'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'photo'; readonly name: string; readonly words: string };

/** What a text says in one language. */
export interface Version {
  readonly title: string;
  readonly description: string;
  readonly blocks: readonly Block[];
}

interface Common {
  /** Place of the text's page below its language, without an ending: `update/2019/text-12`. */
  readonly path: string;
  readonly versions: Readonly<Record<CorpusLanguage, Version>>;
}

export type CorpusText =
  | (Common & { readonly kind: 'guide' })
  | (Common & { readonly kind: 'update'; readonly date: string; readonly subject: number });

/** An organisation of the directory: a page of a few sentences in each language. */
export interface CorpusInitiative {
  readonly path: string;
  readonly host: string;
  readonly versions: Readonly<Record<CorpusLanguage, Version>>;
}

export interface Corpus {
  readonly texts: readonly CorpusText[];
  readonly initiatives: readonly CorpusInitiative[];
}

/** Words of a text's body, on average; those of the default campaign have as many. */
export const wordsOfAText = 415;

/** Pictures that guides share, since a site has room for few. */
export const photos = ['photo-0.jpg', 'photo-1.jpg', 'photo-2.jpg', 'photo-3.jpg'] as const;

/** What updates of the corpus are about. */
export const subjectCount = 8;

/**
 * Lists that a campaign keeps short stay short however many pages there are: what grows with a
 * campaign are its updates.
 */
const mostOfAKind = 60;
const [firstYear, years] = [2016, 10];

/**
 * How many of each kind make up a corpus.
 * @param pages how many pages they come to in all languages
 */
export function countTexts(
  pages: number,
): Readonly<Record<'texts' | 'guides' | 'initiatives', number>> {
  const count = Math.max(4, Math.round(pages / corpusLanguages.length));
  const initiatives = Math.min(mostOfAKind, Math.ceil(count / 25));
  const texts = count - initiatives;
  return { texts, guides: Math.min(mostOfAKind, Math.ceil(texts / 12)), initiatives };
}

/**
 * Texts and records in three languages, the same ones for the same number on every machine.
 * @param pages how many pages they come to in all languages, without lists and indexes
 */
export function makeCorpus(pages: number): Corpus {
  const { texts, guides, initiatives } = countTexts(pages);
  const writers = Object.fromEntries(
    corpusLanguages.map((language) => [language, readVocabulary(language)]),
  ) as Record<CorpusLanguage, readonly string[]>;
  const inAll = (seed: number, write: (sentences: Sentences) => Version) =>
    Object.fromEntries(
      corpusLanguages.map((language, at) => [
        language,
        write(makeSentences(writers[language], seed * corpusLanguages.length + at)),
      ]),
    ) as Record<CorpusLanguage, Version>;
  return {
    texts: Array.from({ length: texts }, (_, number): CorpusText => {
      const isGuide = number < guides;
      const form = planText(number, { texts, initiatives, isGuide });
      const versions = inAll(number, (sentences) => writeVersion(form, number, sentences));
      if (isGuide) return { kind: 'guide', path: `guide/text-${number}`, versions };
      const date = dateOf(number);
      return {
        ...{ kind: 'update', path: `update/${date.slice(0, 4)}/text-${number}`, date, versions },
        subject: number % subjectCount,
      };
    }),
    initiatives: Array.from({ length: initiatives }, (_, number) => ({
      path: `initiative/group-${number}`,
      host: `group-${number}.example`,
      versions: inAll(1_000_000 + number, (sentences) => ({
        title: `${sentences.title()} ${number}`,
        description: sentences.sentence(14),
        blocks: [1, 2, 3].map(() => ({
          kind: 'paragraph',
          pieces: [{ words: sentences.sentence(20) }],
        })),
      })),
    })),
  };
}

const two = (number: number): string => String(number).padStart(2, '0');
const dateOf = (number: number): string =>
  `${firstYear + (number % years)}-${two(1 + (number % 12))}-${two(1 + (number % 28))}`;

/**
 * The form of a text, which all its translations share: how many words each block has, and where it
 * leads to.
 */
type Form = readonly (
  | { readonly kind: 'heading' }
  | { readonly kind: 'photo'; readonly photo: string }
  | { readonly kind: 'list'; readonly lengths: readonly number[] }
  | {
      readonly kind: 'paragraph';
      readonly lengths: readonly number[];
      readonly text: number | undefined;
      readonly outbound: number | undefined;
      readonly amount: number | undefined;
    }
)[];

function planText(
  number: number,
  { texts, initiatives, isGuide }: { texts: number; initiatives: number; isGuide: boolean },
): Form {
  const random = makeRandom(number + 1);
  const below = (limit: number) => Math.floor(random() * limit);
  const form: Form[number][] = [];
  const halfAParagraph = 28; // by which the last one goes beyond, on average
  let left = wordsOfAText - halfAParagraph;
  for (let section = 0; left > 0; section++) {
    if (section > 0) form.push({ kind: 'heading' });
    left -= 3;
    if (section === 1 && isGuide && number % 3 === 0)
      form.push({ kind: 'photo', photo: photos[(number / 3) % photos.length] ?? '' });
    for (let paragraph = 0; paragraph < 2 && left > 0; paragraph++) {
      const lengths = [1, 2, 3].map(() => 9 + below(14));
      form.push({
        kind: 'paragraph',
        lengths,
        text: section < 3 && paragraph === 0 ? below(texts) : undefined,
        outbound: section === 1 && paragraph === 1 ? below(initiatives) : undefined,
        amount: paragraph === 1 ? 2 + below(90) : undefined,
      });
      left -= lengths.reduce((sum, length) => sum + length, 4);
    }
    if (section !== 1) continue;
    form.push({ kind: 'list', lengths: [6, 8, 7] });
    left -= 24;
  }
  return form;
}

const writeVersion = (form: Form, number: number, sentences: Sentences): Version => ({
  title: `${sentences.title()} ${number}`,
  description: sentences.sentence(12),
  blocks: form.map((block): Block => {
    if (block.kind === 'heading') return { kind: 'heading', words: sentences.title() };
    if (block.kind === 'photo')
      return { kind: 'photo', name: block.photo, words: sentences.title() };
    if (block.kind === 'list')
      return { kind: 'list', items: block.lengths.map((length) => sentences.sentence(length)) };
    const { lengths, text, outbound, amount } = block;
    return {
      kind: 'paragraph',
      pieces: [
        ...lengths.map((length) => ({ words: sentences.sentence(length) })),
        ...(amount === undefined ? [] : [{ words: sentences.sentence(5, amount) }]),
        ...(text === undefined ? [] : [{ words: sentences.title(), text }]),
        ...(outbound === undefined ? [] : [{ words: sentences.title(), outbound }]),
      ],
    };
  }),
});

interface Sentences {
  /** @param amount a number in it, the same one in all languages */
  sentence(length: number, amount?: number): string;
  title(): string;
}

function makeSentences(vocabulary: readonly string[], seed: number): Sentences {
  const random = makeRandom(seed + 100);
  const words = (length: number) => Array.from({ length }, () => drawWord(vocabulary, random));
  const raise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  return {
    sentence: (length, amount) => {
      const row = words(length);
      if (amount !== undefined) row.splice(2, 0, String(amount));
      else if (length > 10) row[4] = `${row[4] ?? ''},`;
      return `${raise(row.join(' '))}.`;
    },
    title: () => raise(words(3).join(' ')),
  };
}
