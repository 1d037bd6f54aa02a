import type { leaflet, letter } from '../../src/campaign/schema/sheets.ts';
import { explainNames, explainRecord, inLanguages } from './shared-fields.ts';
import type { FieldsOf, NewFile } from './shared-fields.ts';

/** The fields of a leaflet. */
export function explainLeaflet(file: NewFile): FieldsOf<typeof leaflet> {
  const { title, languages } = file;
  const { version, translations, checked, sources } = explainRecord(file);
  return {
    version,
    translations,
    title: {
      comment: 'At most 40 characters.',
      value: inLanguages(languages, title),
    },
    warning: {
      comment: 'Who must not keep or pass on this paper; on each sheet, at most 200 characters.',
      value: inLanguages(languages),
    },
    short: {
      comment:
        'The cause in a sentence of at most 240 characters. With a figure it goes on after the ' +
        'newest number: “people were …”.',
      value: inLanguages(languages),
    },
    figure: {
      comment: explainNames('The number to begin with', 'figures', file),
      value: 'name-of-a-figure',
      isOptional: true,
    },
    text: {
      comment:
        'At most 6 paragraphs, 800 characters in all: a folded sheet has no room for more. With a ' +
        'figure the first one says what the number means.',
      value: inLists(languages),
    },
    actions: {
      comment: explainNames('At most 3 actions, each with its "onPaper"', 'actions', file),
      value: '[]',
    },
    where: {
      comment: 'Where to find how, in one line of at most 60 characters, under the cause.',
      value: inLanguages(languages),
      isOptional: true,
    },
    code: {
      comment:
        'All of it in short, for a square that a phone reads without opening anything: at most 300 ' +
        'characters and 500 bytes.',
      value: inLanguages(languages),
    },
    checked,
    sources,
  };
}

/** The fields of paper to write letters on. */
export function explainLetter(file: NewFile): FieldsOf<typeof letter> {
  const { title, languages } = file;
  const { version, translations, checked, sources } = explainRecord(file);
  return {
    version,
    translations,
    title: { comment: 'At most 60 characters.', value: inLanguages(languages, title) },
    warning: {
      comment: 'Who must not use it, and why, in at most 300 characters.',
      value: inLanguages(languages),
    },
    intro: {
      comment: 'What it is for and where addresses are, in at most 300 characters.',
      value: inLanguages(languages),
    },
    rules: {
      comment: 'What to write and what not: at most 8 rules of 200 characters. None is printed.',
      value: inLists(languages),
    },
    guide: {
      comment: explainNames('What to read first', 'guides', file),
      value: 'name-of-a-guide',
      isOptional: true,
    },
    country: {
      comment:
        'The last line of every address, as posts write it, in the script of the sender and in its ' +
        'own. Without it there is a line to write it on.',
      value: '\n  - { name: FRANCE }',
      isOptional: true,
    },
    checked,
    sources,
  };
}

/** A list of texts in each language, those that are still to be written as comments. */
const inLists = (languages: readonly string[]): string =>
  languages
    .map((tag, index) => {
      const mark = index === 0 ? '' : '# ';
      return `\n  ${mark}${tag}:\n  ${mark}  - ""`;
    })
    .join('');
