import { fontStacks, homeSections, menuPages } from '../../src/campaign/schema/appearance.ts';
import type { site } from '../../src/campaign/schema/site.ts';
import { quoteYaml } from './front-matter.ts';
import type { FieldsOf } from './shared-fields.ts';

/** A language as `site.yaml` has it. */
export interface NewLanguage {
  readonly tag: string;
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
}

export interface NewSite {
  readonly id: string;
  readonly main: string;
  /** The main one first. */
  readonly languages: readonly NewLanguage[];
  readonly name: string;
  readonly accent: { readonly light: string; readonly dark: string };
  /** By language. */
  readonly motto: Readonly<Record<string, string>>;
  readonly description: Readonly<Record<string, string>>;
}

const printMap = (texts: Readonly<Record<string, string>>): string =>
  Object.entries(texts)
    .map(([tag, text]) => `\n  ${tag}: ${quoteYaml(text)}`)
    .join('');

const printLanguage = ({ tag, name, direction }: NewLanguage): string =>
  `\n  - { tag: ${tag}, name: ${quoteYaml(name)}${direction === 'rtl' ? ', direction: rtl' : ''} }`;

/** The fields of a new campaign, in the order of `site.yaml`. */
export const explainSite = ({
  id,
  main,
  languages,
  name,
  accent,
  motto,
  description,
}: NewSite): FieldsOf<typeof site> => ({
  id: {
    comment: 'By this, checkers know the campaign: it never changes once an edition is signed.',
    value: id,
  },
  main: { comment: 'The language to which all others fall back.', value: main },
  languages: {
    comment:
      'In the order of the menus: the tag (BCP 47), the language’s own name of itself, "direction: ' +
      'rtl" for one from right to left. "locale: en-GB" sets dates more exactly, ' +
      'fa-u-ca-gregory-nu-latn chooses calendar and digits. Each has a file in interface/.',
    value: languages.map(printLanguage).join(''),
  },
  name: {
    comment: 'At most 60 characters; a language that is missing here shows the main one.',
    value: printMap({ [main]: name }),
  },
  description: {
    comment: 'What search engines and link previews show: 20 to 200 characters.',
    value: printMap(description),
  },
  motto: {
    comment: 'The line under the name, where readers choose a language: at most 160 characters.',
    value: printMap(motto),
  },
  accent: {
    comment:
      'The colour of links and warnings on light and on dark paper. The build names one that is ' +
      'hard to read, and the nearest that is not.',
    value: `{ light: "${accent.light}", dark: "${accent.dark}" }`,
  },
  font: {
    comment: `The typeface of running text, from what systems bring: one of ${Object.keys(fontStacks).join(', ')}.`,
    value: 'serif',
    isOptional: true,
  },
  menu: {
    comment:
      'The menu in its order; "way" is the first button of home. What is left out is still found by ' +
      'the search, and what the campaign has nothing of is left out by itself.',
    value: `[${menuPages.join(', ')}]`,
    isOptional: true,
  },
  ornament: {
    comment:
      'An SVG of plain shapes, at most 900 characters: its band is above each text. "currentColor" ' +
      'is the accent.',
    value: 'ornament.svg',
  },
  drawing: {
    comment:
      'A second SVG for home, cover and the day, on a dark ground: at most 1,500 bytes compressed.',
    value: 'drawing.svg',
    isOptional: true,
  },
  postcard: {
    comment:
      'A third SVG, in black and white, for the front of postcards; without it they have the ornament.',
    value: 'postcard.svg',
    isOptional: true,
  },
  home: {
    comment:
      'The first screen of home: "figure" is a file of figures/ whose newest number is shown large, ' +
      'with a headline that goes on after it; "voice" one of voices/; "ways" at most two buttons, ' +
      'the first one in the menu, too; "inside" what the button for readers in the country leads ' +
      'to; "actions" at most three of actions/; "sections" what is below the text, in this order: ' +
      `any of ${homeSections.join(', ')}.`,
    value:
      `\n  figure: { id: name-of-a-figure, headline: { ${main}: "" }, caption: { ${main}: "" } }` +
      '\n  voice: name-of-a-voice' +
      `\n  ways: [{ page: guide/name-of-a-guide.html, label: { ${main}: "" } }]` +
      `\n  inside: { ${main}: "" }` +
      '\n  actions: [name-of-an-action]',
    isOptional: true,
  },
  day: {
    comment: 'The campaign’s day: a file of dates/ of the kind "day".',
    value: 'name-of-a-date',
    isOptional: true,
  },
  canonical: {
    comment: 'Only if the campaign has one permanent address: feeds link to it, leaflets print it.',
    value: 'https://example.org/',
    isOptional: true,
  },
  searched: {
    comment: 'The day on which you last looked for news; pages with news say it.',
    value: '2026-11-28',
    isOptional: true,
  },
  textLicence: {
    comment: 'The licence of the texts, as the foot of each page names it.',
    value: 'CC BY 4.0',
  },
  archives: {
    comment:
      'What a build puts into download/: a zip and, for IPFS, a CAR, which is as large as all pages ' +
      'together.',
    value: '[zip, car]',
    isOptional: true,
  },
  bans: {
    comment:
      'What the country calls the ways in which it bans, by the kind that a decision in initiatives/ ' +
      'and sites/ names.',
    value: `\n  name-of-a-kind: { ${main}: "" }`,
    isOptional: true,
  },
  readersAtRisk: {
    comment:
      'Languages of people who may be in the country: their pages print outside addresses as text, ' +
      'not as links.',
    value: `[${main}]`,
    isOptional: true,
  },
  keys: {
    comment:
      'Whose signatures prove an edition, and how many of them: npm run keygen -- FILE makes a key. ' +
      'Without keys no copy can be proven.',
    value: '{ threshold: 2, keys: [RW…, RW…, RW…] }',
    isOptional: true,
  },
  notice: {
    comment: 'One line above every page: that the campaign has stopped, that a key was lost.',
    value: `{ ${main}: "" }`,
    isOptional: true,
  },
});
