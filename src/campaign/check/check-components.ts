import { isOfferedState, languageTag } from '../schema/fields.ts';
import {
  contentComponents,
  isContentComponent,
  type AttributeRule,
} from '../schema/content-components.ts';
import type { MarkdownNode } from '../read/markdown.ts';
import type { Entries, Entry } from '../schema/entries.ts';
import { stateOf } from './check-references.ts';
import { findNearest, type Fault } from '../read/fault.ts';

const names = Object.keys(contentComponents);

/**
 * An import, export or expression in a text: code that a translator's change would run on the
 * machine that builds.
 */
export const describeCode = (file: string, line: number, code: string): Fault => ({
  file,
  line,
  found: `code: ${code.split('\n')[0]?.slice(0, 60) ?? ''}`,
  expected:
    'a text without import, export or { … }: content is data and does not run, since code ' +
    'could put files of this machine into the page, or make it tell another host who reads',
  fix: 'take it out; a plain brace is written &#123; and &#125;',
});

/**
 * Checks that an element of MDX is a component of the list, with the attributes of the list, as
 * plain texts.
 */
export function checkComponent(
  node: MarkdownNode,
  file: string,
  line: number,
  entries: Entries,
  broken: ReadonlySet<string>,
): Fault[] {
  const name = node.name ?? '';
  if (!isContentComponent(name)) {
    const near =
      name === 'Warning' || name === 'Note'
        ? `Notice kind="${name.toLowerCase()}"`
        : findNearest(name, names);
    return [
      {
        file,
        line,
        found: `<${name}>`,
        expected:
          `one of the components ${names.join(', ')}: HTML could make the page ask another ` +
          'host, which would tell it who reads',
        fix: near ? `did you mean <${near}>?` : 'write it in markdown',
      },
    ];
  }
  if (name === 'Notice' && (node.children ?? []).length === 0)
    return [
      {
        file,
        line,
        found: 'an empty <Notice>',
        expected: 'a text between <Notice …> and </Notice>',
        fix: 'write the text, with an empty line before and after it',
      },
    ];
  if (name === 'Phrase' && node.type === 'mdxJsxFlowElement')
    return [
      {
        file,
        line,
        found: 'a <Phrase> that is a whole paragraph',
        expected: 'words within a sentence',
        fix: 'put quotation marks around it, or some words before it',
      },
    ];
  const holdsLink = name === 'Button' && (node.children ?? []).length > 0;
  if (holdsLink && !isOneLink(node))
    return [
      {
        file,
        line,
        found: 'a <Button> around something else than one link',
        expected: 'one link, and nothing else, between <Button> and </Button>',
        fix: 'write [words](/page.html) alone, with an empty line before and after it',
      },
    ];
  const rules: Readonly<Record<string, AttributeRule>> = holdsLink ? {} : contentComponents[name];
  const given = new Map<string, string>();
  const faults: Fault[] = [];
  for (const attribute of node.attributes ?? []) {
    if (attribute.type !== 'mdxJsxAttribute' || typeof attribute.value !== 'string') {
      faults.push(describeCode(file, line, `<${name} ${attribute.name ?? '{…}'}=…>`));
    } else if (attribute.name !== undefined && Object.hasOwn(rules, attribute.name)) {
      given.set(attribute.name, attribute.value);
    } else {
      faults.push({
        file,
        line,
        found: `<${name} ${attribute.name ?? ''}=…>`,
        expected: holdsLink ? 'none around a link' : `only ${Object.keys(rules).join(', ')}`,
        fix: 'take the attribute out',
      });
    }
  }
  const attributes = Object.entries(rules).map(([attribute, rule]): Attribute => ({
    component: name,
    attribute,
    rule,
    value: given.get(attribute),
  }));
  return [
    ...faults,
    ...attributes.flatMap((attribute) =>
      checkAttribute(attribute, entries, broken).map((fault) => ({ file, line, ...fault })),
    ),
  ];
}

/** Whether an element holds one paragraph, and that nothing but one link. */
function isOneLink({ children = [] }: MarkdownNode): boolean {
  const [paragraph, more] = children;
  const [link, other] = paragraph?.children ?? [];
  return paragraph?.type === 'paragraph' && !more && link?.type === 'link' && !other;
}

/** An attribute that a component takes, with the value that is given. */
interface Attribute {
  readonly component: string;
  readonly attribute: string;
  readonly rule: AttributeRule;
  readonly value: string | undefined;
}

function checkAttribute(
  { component, attribute, rule, value }: Attribute,
  entries: Entries,
  broken: ReadonlySet<string>,
): Omit<Fault, 'file' | 'line'>[] {
  const found =
    value === undefined
      ? `<${component}> without ${attribute}="…"`
      : `<${component} ${attribute}="${value}">`;
  switch (rule.kind) {
    case 'language':
      if (languageTag.safeParse(value).success) return [];
      return [
        {
          found,
          expected: 'the tag of a language, such as en, be or be-Latn',
          fix: 'name the language of the words',
        },
      ];
    case 'cited': // whether they are there is for `check-citations.ts`
      if (value !== undefined && value.trim() !== '') return [];
      return [
        {
          found: `<${component}> without ${attribute}="…"`,
          expected: 'the id of a source of this file',
          fix: 'write <Source id="…" />, with ids from the sources at the head of the file',
        },
      ];
    case 'words':
      if (value !== undefined && rule.words.includes(value)) return [];
      return [
        {
          found,
          expected: `one of ${rule.words.join(', ')}`,
          fix: proposeValue(value, rule.words),
        },
      ];
    case 'record': {
      const records: Entry[] = entries[rule.of];
      const record = records.find(({ id }) => id === value);
      if (record && rule.offered) return refusePast(found, record);
      if (record || broken.has(`${rule.of}/${value}`)) return [];
      return [
        {
          found,
          expected: `the name of a file in ${rule.of}/, without its ending`,
          fix: proposeValue(
            value,
            records.map(({ id }) => id),
          ),
        },
      ];
    }
  }
}

function proposeValue(value: string | undefined, options: readonly string[]): string {
  if (value === undefined) return 'write the attribute';
  const near = findNearest(value, options);
  return near ? `did you mean "${near}"?` : 'write one that is there, or add it';
}

function refusePast(found: string, record: Entry): Omit<Fault, 'file' | 'line'>[] {
  const state = stateOf(record);
  if (state === undefined || isOfferedState(state)) return [];
  return [
    {
      found: `${found}, which is ${state}`,
      expected:
        'an action that is live or unverified: the others are in the archive only, with their reason',
      fix: 'take it out, or link to /actions-archive.html',
    },
  ];
}
