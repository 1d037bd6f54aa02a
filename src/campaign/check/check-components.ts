import { isOfferedState, languageTag } from '../schema/fields.ts';
import { contentComponents, isContentComponent } from '../text/content-components.ts';
import type { MarkdownNode } from '../read/markdown-node.ts';
import type { Entries } from '../schema/collections.ts';
import { findNearest, type Fault } from '../read/fault.ts';

const names = Object.keys(contentComponents);

/** An import, export or expression in a text: code that a translator's change would run on the machine that builds. */
export const describeCode = (file: string, line: number, code: string): Fault => ({
  file,
  line,
  found: `code: ${code.split('\n')[0]?.slice(0, 60) ?? ''}`,
  expected:
    'a text without import, export or { … }: content is data and does not run, since code could put files of this machine into the page, or make it tell another host who reads',
  fix: 'take it out; a plain brace is written &#123; and &#125;',
});

/** Checks that an element of MDX is a component of the list, with the attributes of the list, as plain texts. */
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
        expected: `one of the components ${names.join(', ')}: HTML could make the page ask another host, which would tell it who reads`,
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
  const shape: Record<string, string | readonly string[]> = contentComponents[name];
  const given = new Map<string, string>();
  const faults: Fault[] = [];
  for (const attribute of node.attributes ?? []) {
    if (attribute.type !== 'mdxJsxAttribute' || typeof attribute.value !== 'string') {
      faults.push(describeCode(file, line, `<${name} ${attribute.name ?? '{…}'}=…>`));
    } else if (attribute.name !== undefined && Object.hasOwn(shape, attribute.name)) {
      given.set(attribute.name, attribute.value);
    } else {
      faults.push({
        file,
        line,
        found: `<${name} ${attribute.name ?? ''}=…>`,
        expected: `only ${Object.keys(shape).join(', ')}`,
        fix: 'take the attribute out',
      });
    }
  }
  for (const [attribute, allowed] of Object.entries(shape)) {
    const value = given.get(attribute);
    if (allowed === 'language') {
      if (languageTag.safeParse(value).success) continue;
      faults.push({
        file,
        line,
        found: value === undefined ? '<Phrase> without lang="…"' : `<Phrase lang="${value}">`,
        expected: 'the tag of a language, such as en, be or be-Latn',
        fix: 'name the language of the words',
      });
      continue;
    }
    if (allowed === 'cited') {
      // whether they are there is for `check-citations.ts`
      if (typeof value === 'string' && value.trim() !== '') continue;
      faults.push({
        file,
        line,
        found: '<Source> without id="…"',
        expected: 'the id of a source of this file',
        fix: 'write <Source id="…" />, with ids from the sources at the head of the file',
      });
      continue;
    }
    const options =
      typeof allowed === 'string'
        ? entries[allowed as 'initiatives' | 'actions' | 'figures'].map(({ id }) => id)
        : allowed;
    if (
      typeof value === 'string' &&
      (options.includes(value) || broken.has(`${String(allowed)}/${value}`))
    ) {
      if (name === 'Action') faults.push(...refusePast(value, file, line, entries));
      continue;
    }
    const near = typeof value === 'string' ? findNearest(value, options) : undefined;
    faults.push({
      file,
      line,
      found:
        value === undefined
          ? `<${name}> without ${attribute}="…"`
          : `<${name} ${attribute}="${value}">`,
      expected:
        typeof allowed === 'string'
          ? `the name of a file in ${allowed}/, without its ending`
          : `one of ${allowed.join(', ')}`,
      fix: near
        ? `did you mean "${near}"?`
        : value === undefined
          ? 'write the attribute'
          : 'write one that is there, or add it',
    });
  }
  return faults;
}

/** What is over or dangerous stands in the archive alone: beside the words of a guide it would read as an offer. */
function refusePast(id: string, file: string, line: number, { actions }: Entries): Fault[] {
  const state = actions.find((action) => action.id === id)?.data.state;
  if (state === undefined || isOfferedState(state)) return [];
  return [
    {
      file,
      line,
      found: `<Action id="${id}">, which is ${state}`,
      expected:
        'an action that is live or unverified: the others stand in the archive only, with their reason',
      fix: 'take it out, or link to /actions-archive.html',
    },
  ];
}
