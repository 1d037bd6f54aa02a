import { z } from 'astro/zod';

/**
 * `languages/<tag>.yaml`: what a language asks of texts, and how its words are found. No field holds
 * a pattern that would be run: a campaign comes from strangers, and a pattern can take for ever.
 */

const mark = z.string().min(1).max(2);
const marks = z.tuple([mark, mark]);
const letters = z.string().regex(/^\p{Ll}+$|^\p{Lo}+$/u, 'letters, in lower case');
const letter = z.string().regex(/^[\p{Ll}\p{Lo}]$/u, 'one letter, in lower case');
const gap = z.enum(['', '\u00A0', '\u202F']);

const typography = z.strictObject({
  quotes: marks.describe('Opening and closing quotation marks.'),
  nested: marks.describe('The same within a quotation.'),
  padding: gap
    .default('')
    .describe('What is inside the outer quotation marks: nothing, or a space that does not break.'),
  before: z
    .record(z.string().regex(/^[.,;:!?]$/, 'one of . , ; : ! ?'), gap)
    .default({})
    .describe('The space before a mark. Those that are not named have none.'),
  dashes: z
    .array(z.enum(['–', '—']))
    .min(1)
    .describe('Dashes between words; the first is the one to write.'),
  thousands: z
    .array(z.enum([',', '.', '’', '٬', '\u00A0', '\u202F']))
    .min(1)
    .describe('What separates thousands; the first is the one to write.'),
  percent: z
    .array(gap)
    .min(1)
    .describe('What is between a number and "%"; the first is the one to write.'),
  bound: letters.optional().describe('Words of one letter: no line of a title ends with them.'),
});
/** What a language asks of its punctuation. */
export type TypeTable = z.output<typeof typography>;

const search = z.strictObject({
  endings: z
    .string()
    .regex(
      /^[\p{Ll}\p{Lo}]+(?:\s+[\p{Ll}\p{Lo}]+)*$/u,
      'endings in lower case, with spaces between',
    )
    .optional()
    .describe('Endings, with spaces between: the longest is cut that leaves three letters.'),
  silent: letters.optional().describe('Letters that come and go between the forms of a word.'),
  fleeting: z
    .strictObject({ letters, vowels: letters })
    .optional()
    .describe('Vowels that are left out before the last consonant, and all vowels.'),
  exchanged: z
    .record(letter, letter)
    .default({})
    .describe('Letters that change between the forms of a word, each with what is compared.'),
  finals: z
    .array(
      z.strictObject({ letter, after: z.int().min(1).max(9), write: letter.or(z.literal('')) }),
    )
    .default([])
    .describe('What becomes of a last letter, after so many others at least.'),
  single: letters.optional().describe('Last letters that are kept when they are doubled.'),
  before: z
    .strictObject({ letters: z.int().min(1).max(5), words: z.array(letters).default([]) })
    .optional()
    .describe('What is attached to a word by an apostrophe: at most so many letters, or a word.'),
  after: z
    .array(letters.or(z.literal('')))
    .default([])
    .describe('What a word may have behind an apostrophe at its end.'),
});
/** How the forms of a word are known to be one, where no dictionary says so. */
export type SearchTable = z.output<typeof search>;

export const languageRules = z.strictObject({
  typography: typography
    .optional()
    .describe('How texts are set. Without it the typography of the language is not checked.'),
  dictionary: z
    .string()
    .regex(/^dictionary-[a-z]+(?:-[a-z]+)*$/, 'a package such as dictionary-de')
    .optional()
    .describe('The npm package with the Hunspell dictionary of the language.'),
  search: search.optional().describe('How a search knows the forms of a word.'),
  letters: z
    .record(letter, z.string().regex(/^[a-z]{0,4}$/, 'at most four letters a-z'))
    .optional()
    .describe('Letters that names of files spell otherwise than other languages of the script do.'),
});
export type LanguageRules = z.output<typeof languageRules>;
