import type { z } from 'astro/zod';
import { states } from '../../src/campaign/schema/fields.ts';
import type { guide } from '../../src/campaign/schema/pages.ts';
import { quoteYaml, type ExplainedField } from './front-matter.ts';

/** Every field of a schema: one that it gets is missing in a template until it is explained. */
export type FieldsOf<Schema extends (...locales: never[]) => z.ZodType> = Record<
  keyof z.output<ReturnType<Schema>> & string,
  ExplainedField
>;

/** What a new file is begun with, and what it can name. */
export interface NewFile {
  readonly title: string;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Of the campaign, the main one first. */
  readonly languages: readonly string[];
  /** Names of the records of a collection that the campaign has. */
  readonly namesIn: (collection: string) => readonly string[];
}

/** A text in each language, those that are still to be written as comments. */
export const inLanguages = (languages: readonly string[], text = ''): string =>
  languages
    .map(
      (tag, index) =>
        `\n  ${index === 0 ? '' : '# '}${tag}: ${index === 0 ? quoteYaml(text) : '""'}`,
    )
    .join('');

/** A list of names, and which there are. */
export const explainNames = (what: string, collection: string, file: NewFile): string => {
  const names = file.namesIn(collection);
  return names.length === 0
    ? `${what}: names of files in ${collection}/.`
    : `${what}: any of ${names.join(', ')}, which are files in ${collection}/.`;
};

const state: ExplainedField = {
  comment: `What a reader may rely on: one of ${states.join(', ')}.`,
  value: 'live',
};
const version: ExplainedField = {
  comment: 'Raised with each change of meaning, so that translations are known to lag.',
  value: '1',
};
const checkedOn = (today: string): ExplainedField => ({
  comment: 'The day on which somebody last compared it with its sources.',
  value: today,
});

/** The fields that guides and updates have in common. */
export const explainText = ({ title, today }: Pick<NewFile, 'title' | 'today'>) =>
  ({
    title: { comment: 'At most 80 characters.', value: quoteYaml(title) },
    description: {
      comment:
        'One sentence that says what it is about: 40 to 200 characters. Lists, feeds and search ' +
        'results show it.',
      value: '""',
    },
    state,
    touches: {
      comment:
        'What a mistake of a translator could cost a reader; in the original alone, and only where ' +
        'it is so.',
      value: '[law, safety, money]',
      isOptional: true,
    },
    version,
    translation: {
      comment:
        'In a translation alone: the version of the original that it follows, and whether a native ' +
        'reader has read it.',
      value: '{ of: 1, checked: false }',
      isOptional: true,
    },
    published: { comment: 'The day on which it came onto this site.', value: today },
    checked: checkedOn(today),
    sources: {
      comment:
        'What it rests on: a name, never an address, and the date of the source. With an "id", ' +
        '<Source id="…" /> in the text (as .mdx) cites it.',
      value: '\n  - name: ""\n    # date: "2026-05-12"\n    # id: short-name',
    },
  }) satisfies Partial<FieldsOf<typeof guide>>;

/** The fields that records have in common. */
export const explainRecord = ({ languages, today }: NewFile) =>
  ({
    version,
    translations: {
      comment:
        'Which version each translation follows, and whether a native reader has read it. What is ' +
        'not named here follows version 1, unchecked.',
      value: `{ ${languages[1] ?? 'fr'}: { of: 1, checked: false } }`,
      isOptional: true,
    },
    state,
    order: {
      comment: 'Its place in lists: what has a smaller number comes first (100, if not said).',
      value: '100',
      isOptional: true,
    },
    checked: checkedOn(today),
    sources: {
      comment: 'What it rests on: a name, never an address, and the date of the source.',
      value: '\n  - name: ""\n    # date: "2026-05-12"',
    },
    risk: {
      comment:
        'What money can cost who pays and who receives it: names of files in notices/. Needed where ' +
        'money is paid.',
      value: '{ payer: name-of-a-notice, recipient: name-of-a-notice }',
      isOptional: true,
    },
  }) satisfies Record<string, ExplainedField>;
