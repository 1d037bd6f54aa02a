import { updateKinds, type update } from '../../src/campaign/schema/pages.ts';
import { quoteYaml } from './front-matter.ts';
import { explainNames, explainText, type FieldsOf, type NewFile } from './shared-fields.ts';

interface NewText extends NewFile {
  readonly id: string;
  /** Of the event or of the original text: YYYY, YYYY-MM or YYYY-MM-DD. */
  readonly date: string;
}

/** The fields of a new update, in the order of the file. */
export function explainUpdate(file: NewText): FieldsOf<typeof update> {
  const { id, date, today } = file;
  const { title, description, ...shared } = explainText(file);
  return {
    title,
    description: {
      ...description,
      comment:
        'One sentence that says what happened, where and to whom: 40 to 200 characters. Lists, feeds ' +
        'and search results show it.',
    },
    date: {
      comment:
        'Of the event or of the original text, as exact as it is known: "2026", "2026-05" or ' +
        '"2026-05-12". It can be corrected: the address is made of the file’s folder and name.',
      value: quoteYaml(date),
    },
    period: {
      comment: 'The days that a digest is about.',
      value: `{ from: ${today}, to: ${today} }`,
      isOptional: true,
    },
    kind: { comment: `One of ${updateKinds.join(', ')}.`, value: 'news' },
    publisher: { comment: 'Who published it first.', value: '""' },
    subjects: { comment: explainNames('What it is about', 'subjects', file), value: '[]' },
    ...shared,
    id: {
      comment:
        'By this, readers of feeds know the text: drawn at random for this file, never changed, never ' +
        'copied, not even into a translation.',
      value: id,
    },
  };
}
