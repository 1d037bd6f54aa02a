import type { date, figure, voice } from '../../src/campaign/schema/facts.ts';
import { quoteYaml } from './front-matter.ts';
import { explainRecord, inLanguages, type FieldsOf, type NewFile } from './shared-fields.ts';

/** When a day is: a date of the timeline, or a month and day of each year. */
export type When = { readonly date: string } | { readonly annual: string };

/** The fields of a day or event. */
export function explainDate(file: NewFile, when: When): FieldsOf<typeof date> {
  const { title, languages } = file;
  const { version, translations, sources } = explainRecord(file);
  const isAnnual = 'annual' in when;
  return {
    version,
    translations,
    kind: {
      comment:
        'One of event (of the timeline), day (of each year), edition (one occurrence of the ' +
        'campaign’s day).',
      value: isAnnual ? 'day' : 'event',
    },
    date: {
      comment: 'When it was, as exact as it is known; not for a day of each year.',
      value: quoteYaml(isAnnual ? '2026-05-12' : when.date),
      isOptional: isAnnual,
    },
    until: {
      comment: 'The last day, where it lasted.',
      value: '"2026-05-14"',
      isOptional: true,
    },
    annual: {
      comment: 'Month and day, for a day of each year alone.',
      value: quoteYaml(isAnnual ? when.annual : '05-12'),
      isOptional: !isAnnual,
    },
    title: { comment: 'At most 100 characters.', value: inLanguages(languages, title) },
    text: { comment: 'What happened, in at most 700 characters.', value: inLanguages(languages) },
    poster: {
      comment: 'What the poster of the campaign’s day says: 60 characters each.',
      value: `\n  sentence: { ${languages[0]}: "" }\n  where: { ${languages[0]}: "" }`,
      isOptional: true,
    },
    update: {
      comment: 'The update that reports it: folder and name of its file.',
      value: '2026/name-of-an-update',
      isOptional: true,
    },
    sources,
  };
}

/** The fields of numbers by date. */
export function explainFigure(file: NewFile): FieldsOf<typeof figure> {
  const { title, languages } = file;
  const { version, translations, order, sources } = explainRecord(file);
  return {
    version,
    translations,
    title: {
      comment: 'What is counted: the title of the chart, at most 120 characters.',
      value: inLanguages(languages, title),
    },
    note: {
      comment: 'What a number means and what it does not, in at most 600 characters.',
      value: inLanguages(languages),
    },
    points: {
      comment:
        'The numbers, each with its day, as exact as it is known, and who counted. Nothing is known ' +
        'between two of them.',
      value: '\n  - date: ""\n    # approximate: true      # “about”\n    value: 0\n    source: ""',
    },
    marks: {
      comment:
        'What happened meanwhile, in at most 200 characters: a mark under the axis, and a line below ' +
        'the chart. A value is written at its mark.',
      value: `\n  - date: "2026-05-12"\n    value: 12\n    text: { ${languages[0]}: "" }`,
      isOptional: true,
    },
    marksTitle: {
      comment: 'What the marks are together, where “events” does not say it.',
      value: inLanguages(languages),
      isOptional: true,
    },
    timeline: {
      comment: 'Whether its chart is on the timeline, too: it is, if nothing is said.',
      value: 'false',
      isOptional: true,
    },
    order,
    sources,
  };
}

/** The fields of words of one person. */
export function explainVoice(file: NewFile): FieldsOf<typeof voice> {
  const { title, languages } = file;
  const { version, translations, checked, sources } = explainRecord(file);
  return {
    version,
    translations,
    name: {
      comment:
        'Who speaks in public under this name, from where speaking harms nobody: never a person in ' +
        'the country without consent.',
      value: inLanguages(languages, title),
    },
    about: {
      comment: 'Who this is, in at most 120 characters.',
      value: inLanguages(languages),
    },
    quote: {
      comment:
        'The words of one source, in the quotation marks of the language: at most 240 characters.',
      value: inLanguages(languages),
    },
    checked,
    sources,
  };
}
