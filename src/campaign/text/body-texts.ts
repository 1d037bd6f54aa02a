import { placeholder } from './typography/find-type-faults.ts';
import type { Entry } from '../schema/collections.ts';
import { walk, type MarkdownNode } from '../read/markdown-node.ts';
import type { WrittenText } from './written-text.ts';

/** Nodes whose children are one run of words. */
const runs = new Set(['paragraph', 'heading', 'tableCell']);

/** The texts of a guide or update: each paragraph, heading, cell and description of an image; a phrase in another language is a text of its own. */
export function listBodyTexts(
  tree: MarkdownNode,
  { file, bodyLine, language = '' }: Pick<Entry, 'file' | 'bodyLine' | 'language'>,
): WrittenText[] {
  const texts: WrittenText[] = [];

  const add = (node: MarkdownNode, locale: string, words = node.children ?? []) => {
    let text = '';
    const lines: { start: number; line: number }[] = [];
    const collect = (child: MarkdownNode) => {
      const line = bodyLine + (child.position?.start.line ?? node.position?.start.line ?? 1) - 1;
      const phrase = languageOfPhrase(child);
      if (child.type === 'image')
        texts.push({
          file,
          lineAt: () => line,
          where: 'the description of an image',
          language: locale,
          text: child.alt ?? '',
        });
      if (child.type === 'text') {
        for (const [index, part] of (child.value ?? '').split('\n').entries()) {
          lines.push({ start: text.length, line: line + index });
          text += index === 0 ? part : ` ${part}`;
        }
      } else if (child.type === 'break') text += ' ';
      else if (phrase !== undefined) {
        add(child, phrase);
        text += placeholder;
      } else if (child.name === 'Source')
        text = text.trimEnd(); // a number above the line: no word of the sentence
      else if (child.children && child.children.length > 0) child.children.forEach(collect);
      else text += placeholder;
    };
    words.forEach(collect);
    texts.push({
      file,
      language: locale,
      text,
      lineAt: (place) =>
        lines.findLast(({ start }) => start <= place)?.line ??
        bodyLine + (node.position?.start.line ?? 1) - 1,
    });
  };

  for (const node of walk(tree)) if (runs.has(node.type)) add(node, language);
  return texts;
}

/** The language of `<Phrase lang="…">`. */
const languageOfPhrase = ({ name, attributes }: MarkdownNode): string | undefined => {
  const value =
    name === 'Phrase'
      ? attributes?.find((attribute) => attribute.name === 'lang')?.value
      : undefined;
  return typeof value === 'string' ? value : undefined;
};
