import type {
  action,
  initiative,
  mirror,
  notice,
  outsideSite,
} from '../../src/campaign/schema/directory.ts';
import { kinds, times } from '../../src/campaign/schema/directory.ts';
import type { subject } from '../../src/campaign/schema/pages.ts';
import { addDays } from '../../src/kit/core/text/dates.ts';
import { quoteYaml, type ExplainedField } from './front-matter.ts';
import {
  explainNames,
  explainRecord,
  inLanguages,
  type FieldsOf,
  type NewFile,
} from './shared-fields.ts';

const alive: ExplainedField = {
  comment: 'The newest sign that somebody still runs it; needed where state is live.',
  value: '{ date: "", source: "" }',
};
const designation: ExplainedField = {
  comment:
    'Decisions by which the authorities have banned it, as docs/editors.md shows. None found is ' +
    'an empty list, which counts as unknown.',
  value: '{ decisions: [] }',
};

/** The fields of an organisation or platform. */
export function explainInitiative(file: NewFile): FieldsOf<typeof initiative> {
  const { title, languages } = file;
  const { version, translations, state, risk, order, checked } = explainRecord(file);
  return {
    version,
    translations,
    name: {
      comment: 'Its name: one for all languages, or a map such as summary.',
      value: quoteYaml(title),
    },
    aliases: { comment: 'Other names by which readers look for it.', value: '[]' },
    summary: {
      comment: 'What it is, in at most 200 characters.',
      value: inLanguages(languages),
    },
    tasks: {
      comment: 'What readers can do there, in the imperative.',
      value: `\n  ${languages[0]}:\n    - ""`,
      isOptional: true,
    },
    languages: { comment: 'Tags of the languages in which it answers.', value: '[]' },
    cost: { comment: 'One of free, donations, money, unknown.', value: 'unknown' },
    since: { comment: 'When it was founded.', value: '"2020"', isOptional: true },
    cites: {
      comment: 'The ids of the sources of summary, tasks, languages, cost and since.',
      value: '[short-name]',
    },
    state,
    alive,
    today: {
      comment: 'What is known of it today: each statement with its sources.',
      value: `\n  - text: { ${languages[0]}: "" }\n    cites: [short-name]`,
    },
    safer: {
      comment: 'Advice alone, in at most 500 characters.',
      value: inLanguages(languages),
      isOptional: true,
    },
    designation,
    risk,
    notices: { comment: explainNames('Warnings', 'notices', file), value: '[]' },
    order,
    checked,
    sources: {
      comment: 'What it rests on: a name, never an address, and its date. "cites" names the ids.',
      value: '\n  - id: short-name\n    name: ""\n    # date: "2026-05-12"',
    },
  };
}

/** The fields of one thing that one can do. */
export function explainAction(file: NewFile): FieldsOf<typeof action> {
  const { title, languages } = file;
  const { version, translations, state, risk, order, checked, sources } = explainRecord(file);
  return {
    version,
    translations,
    title: {
      comment: 'What to do, in the imperative: at most 80 characters.',
      value: inLanguages(languages, title),
    },
    text: { comment: 'How, in at most 700 characters.', value: inLanguages(languages) },
    short: {
      comment: 'What lists show instead of the text: at most 160 characters.',
      value: inLanguages(languages),
      isOptional: true,
    },
    onPaper: {
      comment: 'Where and how to do it, for leaflets: paper has no links.',
      value: inLanguages(languages),
      isOptional: true,
    },
    button: {
      comment: 'What its button says; it leads to the guide, or to the first initiative.',
      value: inLanguages(languages),
      isOptional: true,
    },
    where: { comment: 'One of abroad, inside, both.', value: 'abroad' },
    time: { comment: `How long it takes: one of ${times.join(', ')}.`, value: 'minutes' },
    kind: { comment: `One of ${kinds.join(', ')}.`, value: 'write' },
    state,
    reason: {
      comment: 'Why it is not live; needed where state is another one.',
      value: inLanguages(languages),
      isOptional: true,
    },
    initiatives: {
      comment: explainNames('Through whom it is done', 'initiatives', file),
      value: '[]',
    },
    pays: {
      comment: 'Whether one pays for it; to be said where an initiative of it takes money.',
      value: 'false',
      isOptional: true,
    },
    risk,
    notices: { comment: explainNames('Warnings', 'notices', file), value: '[]' },
    update: {
      comment: 'The update that asked for it: folder and name of its file.',
      value: '2026/name-of-an-update',
      isOptional: true,
    },
    guide: {
      comment: 'The guide that says how it is done: the name of its file.',
      value: 'name-of-a-guide',
      isOptional: true,
    },
    order,
    checked,
    sources,
  };
}

/** The fields of a warning that records share. */
export function explainNotice(file: NewFile): FieldsOf<typeof notice> {
  const { title, languages } = file;
  const { version, translations, checked, sources } = explainRecord(file);
  return {
    version,
    translations,
    short: {
      comment: 'What it warns of, in at most 120 characters: lists show this.',
      value: inLanguages(languages, title),
    },
    text: { comment: 'All of it, in at most 400 characters.', value: inLanguages(languages) },
    checked,
    sources,
  };
}

/** The fields of what updates can be about. */
export function explainSubject(file: NewFile): FieldsOf<typeof subject> {
  const { title, languages } = file;
  return {
    name: { comment: 'At most 60 characters.', value: inLanguages(languages, title) },
    description: {
      comment: 'What belongs to it, in at most 200 characters.',
      value: inLanguages(languages),
    },
    order: explainRecord(file).order,
  };
}

/** The fields of an outside address that pages may lead to. */
export function explainOutsideSite(file: NewFile): FieldsOf<typeof outsideSite> {
  const { state, checked } = explainRecord(file);
  return {
    prefixes: {
      comment: 'Addresses: a link has to be one of them, or lie below one.',
      value: `\n  - ${quoteYaml(file.title)}`,
    },
    name: { comment: 'Whose it is, in at most 80 characters.', value: '""' },
    initiative: {
      comment: explainNames('The page that alone may hold the link', 'initiatives', file),
      value: 'name-of-an-initiative',
      isOptional: true,
    },
    state,
    alive,
    designation,
    checked,
  };
}

/** For how long the address of a copy is shown, if nobody says so. */
const shownDays = 180;

/** The fields of a copy at an address. */
export function explainMirror(file: NewFile): FieldsOf<typeof mirror> {
  const { title: address, today, languages } = file;
  const kind = address.startsWith('ipfs:') ? 'ipfs' : /\.onion\//.test(address) ? 'onion' : 'web';
  return {
    address: {
      comment: 'Where it is: https://, http:// or ipfs://, without "?" and "#".',
      value: quoteYaml(address),
    },
    kind: { comment: 'One of web, onion, ipfs.', value: kind },
    note: {
      comment: 'What its reader should know, in at most 200 characters.',
      value: inLanguages(languages),
      isOptional: true,
    },
    since: { comment: 'The day from which it is shown.', value: today },
    until: {
      comment: 'The day after which it is no longer shown, unless somebody looks and moves it.',
      value: addDays(today, shownDays),
    },
  };
}
