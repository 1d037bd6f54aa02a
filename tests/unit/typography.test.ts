import { describe, expect, test } from 'vitest';
import { findTypeFaults } from '../../src/campaign/text/typography/find-type-faults.ts';
import { findTypeTable, readLanguages } from '../../src/campaign/read/read-languages.ts';

/**
 * What a text has and what should stand there, by language. Spaces that do not break are written ~
 * (narrow: ^) here.
 */
const faults: Record<string, [name: string, text: string, found: string, wanted: string][]> = {
  en: [
    ['a straight quotation mark', 'He said "no more.', '"', '“'],
    ['a straight quotation mark at the end', 'He said no more".', '"', '”'],
    ['French marks', 'a word in « marks', '«', '“'],
    ['single marks outside', 'They said ‘no’ then.', '‘', '“…”'],
    ['double marks within', '“They said “no” then.”', '“', '‘…’'],
    ['an open quotation', 'They said “no then.', '“', '…”'],
    ['a closing mark alone', 'They said no” then.', '”', '“… before it'],
    ['a space inside the marks', 'They said “ no” then.', '“ ', '“'],
    ['a typewriter’s apostrophe', "The shop isn't open.", "'", '’'],
    ['a typewriter’s apostrophe at the end', "the prisoners' letters", "'", '’'],
    ['three dots', 'and so on...', '...', '…'],
    ['two spaces', 'one.  Two', '  ', ' '],
    ['a space before a sign', 'Why ?', ' ?', '?'],
    ['a space before a comma', 'one , two', ' ,', ','],
    ['no space after a comma', 'one,two', ',', ', '],
    ['a space inside brackets', 'one ( two', '( ', '('],
    ['a hyphen for a dash', 'one - two', ' -', '~–'],
    ['a dash at which the line may break', 'one – two', ' –', '~–'],
    ['a hyphen between years', 'in 2010-2011', '2010-2011', '2010–2011'],
    ['a space between thousands', 'more than 1 020 people', '1 020', '1,020'],
    ['a number without groups', 'the 12500 letters', '12500', '12,500'],
    ['a space before the per cent sign', '5 % of them', ' %', '%'],
  ],
  fr: [
    ['an ordinary space before a semicolon', 'oui ; non', ' ;', '^;'],
    ['a wide space before a question mark', 'Quoi~?', '~?', '^?'],
    ['no space before an exclamation mark', 'Non!', '!', '^!'],
    ['a narrow space before a colon', 'voir^: ici', '^:', '~:'],
    ['no space before a colon', 'voir: ici', ':', '~:'],
    ['an ordinary space in quotation marks', 'le mot « liberté~»', '« ', '«~'],
    ['no space in quotation marks', 'le mot «~liberté»', '»', '~»'],
    ['English marks', 'le mot “liberté', '“', '«…»'],
    ['a space before a comma', 'un , deux', ' ,', ','],
    ['an English number', 'plus de 1,020 personnes', '1,020', '1^020'],
    ['an ordinary space in a number', 'plus de 1 020 personnes', '1 020', '1^020'],
    ['no space before the per cent sign', '5% des lettres', '%', '^%'],
    ['a typewriter’s apostrophe', "l'adresse", "'", '’'],
  ],
  ru: [
    ['English marks', 'слово “свобода', '“', '„… before it'],
    ['outer marks within', '«он сказал «нет» и ушёл»', '«', '„…“'],
    ['a short dash', 'Минск – столица', ' –', '~—'],
    ['a hyphen for a dash', 'Минск - столица', ' -', '~—'],
    ['a dash at which the line may break', 'Минск — столица', ' —', '~—'],
    ['an English number', 'больше 1,020 человек', '1,020', '1~020'],
    ['a number with a point', 'больше 1.020 человек', '1.020', '1~020'],
    ['a space in quotation marks', 'слово « свобода»', '« ', '«'],
  ],
  be: [
    ['a typewriter’s apostrophe', "сям'я", "'", '’'],
    ['a letter for an apostrophe', 'сямʼя', 'ʼ', '’'],
    ['a dash at which the line may break', 'Мінск — сталіца', ' —', '~—'],
    ['straight marks', 'слова "свабода', '"', '«'],
    ['a space before a sign', 'Чаму ?', ' ?', '?'],
  ],
};

const good: Record<string, string[]> = {
  en: [
    '“He said ‘it’s over’ and left.”',
    'the prisoners’ letters',
    '22 August–5 September, 1–14 November',
    'one~– two',
    'word—word',
    'articles 361-1, 361-2 and 290-1',
    'more than 1,020 (and 0.5)',
    '2021-12-03',
    'Id of the key:',
    'Edition {number}, {date}.',
    '￼, ￼ and ￼: three',
    'at 10:30',
    'one (two)…',
  ],
  fr: [
    'le mot «~liberté~»^; et «~il a dit “non” hier~»~: voilà^!',
    'l’eau, 1^020 lettres, 5~%',
    'à 10:30, ￼^?',
    'Oui^?!',
    '«~Quoi^?~»',
  ],
  ru: [
    '«он сказал „нет“ и ушёл»',
    'Минск~— столица',
    '2010–2011, 2010—2011',
    '10-й день',
    'больше 1~020 человек, 5% и 5~%',
    '— Да',
    'кто? Кто?..',
  ],
  de: ['„Er sagte ‚nein‘ und ging.“', '12.500 Briefe, 5~%', 'eins~– zwei'],
  es: ['«Dijo “no” y se fue»', '¿Quién? ¡Nadie!', '12^500, 5~%'],
  fa: ['«او گفت ‹نه› و رفت»', 'چرا؟'],
  pl: ['„Powiedział «nie» i wyszedł”', '12~500, 5%', 'raz~– dwa'],
  uk: ['«він сказав „ні“ і пішов»', 'Київ~— столиця', 'сім’я, 12~500'],
  be: ['сям’я «словы „тут“»', 'Мінск~— сталіца', '12~500'],
};

const mark = (text: string) => text.replaceAll('~', '\u00A0').replaceAll('^', '\u202F');
const { languages } = readLanguages();
const tableOf = (tag: string) =>
  findTypeTable(languages, tag) ?? expect.fail(`no table for ${tag}`);

describe.each(Object.entries(faults))('in %s', (tag, rows) => {
  test.each(rows)(
    '%s is found, and what should stand there is said',
    (_name, text, found, wanted) => {
      const [fault, ...others] = findTypeFaults(mark(text), tableOf(tag)).filter(
        (each) =>
          each.rule !== 'a closing quotation mark in the same paragraph' || each.wanted === wanted,
      );
      expect(fault).toMatchObject({ found: mark(found), wanted: mark(wanted) });
      expect(mark(text).startsWith(mark(found), fault?.start)).toBe(true);
      expect(others).toEqual([]);
    },
  );
});

test.each(
  Object.entries(good).flatMap(([tag, texts]) => texts.map((text) => [tag, text] as const)),
)('in %s nothing is wrong with: %s', (tag, text) => {
  expect(findTypeFaults(mark(text), tableOf(tag))).toEqual([]);
});

test('a variant of a language has its rules, another script and an unknown language have none', () => {
  expect(findTypeTable(languages, 'be-tarask')).toBe(tableOf('be'));
  expect(findTypeTable(languages, 'en-GB')).toBe(tableOf('en'));
  expect(findTypeTable(languages, 'be-Latn')).toBeUndefined();
  expect(findTypeTable(languages, 'ar')).toBeUndefined();
});
