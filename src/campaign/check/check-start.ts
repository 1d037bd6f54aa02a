import { walk, type MarkdownNode } from '../read/markdown.ts';
import { findNearest, type Fault } from '../read/fault.ts';
import type { Entry } from '../schema/entries.ts';
import { listBodyTexts } from '../text/texts.ts';

/** Checks that a guide has the heading to which its first button is to lead. */
export function checkStart(entry: Entry<'guides' | 'updates'>, tree: MarkdownNode): Fault[] {
  const { file, data, lineOf } = entry;
  if (!('start' in data) || !data.start) return [];
  const { heading } = data.start;
  const headings = [...walk(tree)]
    .filter(({ type }) => type === 'heading')
    .flatMap((node) => listBodyTexts(node, entry).map(({ text }) => text));
  if (headings.includes(heading)) return [];
  const near = findNearest(heading, headings);
  return [
    {
      file,
      line: lineOf(['start', 'heading']),
      where: 'field "start.heading"',
      found: `"${heading}"`,
      expected: `a heading of this text: ${headings.join(', ') || 'it has none'}`,
      fix: near ? `did you mean "${near}"?` : 'copy the heading as it is in the text, without #',
    },
  ];
}
