import type { guide } from '../../src/campaign/schema/pages.ts';
import { explainText, type FieldsOf, type NewFile } from './shared-fields.ts';

/** The fields of a new guide, in the order of the file. */
export const explainGuide = (file: Pick<NewFile, 'title' | 'today'>): FieldsOf<typeof guide> => ({
  ...explainText(file),
  order: {
    comment: 'Its place in the list of guides: what has a smaller number comes first.',
    value: '100',
    isOptional: true,
  },
  contents: {
    comment: 'Whether a list of contents comes before the text; the original decides.',
    value: 'false',
    isOptional: true,
  },
  manual: {
    comment:
      'Whether it is about copies of the site: then the page of copies has it, not the list of ' +
      'guides.',
    value: 'true',
    isOptional: true,
  },
  drawing: {
    comment:
      'Whether the drawing of the campaign is next to the title, in all languages or in none.',
    value: 'true',
    isOptional: true,
  },
  start: {
    comment:
      'In the guide of the day alone: its first button, and the heading of the text to which it ' +
      'leads.',
    value: '{ label: "Begin here", heading: "How to begin" }',
    isOptional: true,
  },
});
