import { checkImage, checkImageFile, describeImage } from './check-body-images.ts';
import { checkCitations, compareCitations } from './check-citations.ts';
import { checkComponent, describeCode } from './check-components.ts';
import { parseBody, walk, type MarkdownNode } from '../read/markdown.ts';
import { listBodyTexts } from '../text/texts.ts';
import { checkParity } from './check-parity.ts';
import { checkHidden, checkType } from './check-type.ts';
import { checkStart } from './check-start.ts';
import { textsOf, type Entries, type Entry } from '../schema/entries.ts';
import { isImageFile, listCampaignFiles } from '../read/folder.ts';
import type { Fault } from '../read/fault.ts';
import type { Languages } from '../read/read-languages.ts';
import type { Site } from '../schema/site.ts';

/**
 * All that a text may consist of besides components: what is not here has not been thought about.
 */
const plainNodes = new Set(
  'root paragraph text heading thematicBreak blockquote list listItem code inlineCode emphasis strong delete break link image linkReference definition table tableRow tableCell'.split(
    ' ',
  ),
);

/**
 * Checks the markdown of all texts: its syntax, that it holds no code and no HTML, and that its
 * images are images.
 */
export async function checkBodies(
  folder: string,
  entries: Entries,
  broken: ReadonlySet<string>,
  site: Pick<Site, 'languages'>,
  languages: Languages,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  // names as they are written, also on disks that fold case
  const files = new Set(listCampaignFiles(folder));
  const trees = new Map<Entry, MarkdownNode>();
  const images = new Map<string, { entry: Entry; line: number; url: string }>();
  for (const entry of textsOf(entries)) {
    const lineOf = (node: MarkdownNode) => entry.bodyLine + (node.position?.start.line ?? 1) - 1;
    const tree = parseBody(entry);
    if ('found' in tree) {
      faults.push(tree);
      continue;
    }
    trees.set(entry, tree);
    const texts = listBodyTexts(tree, entry);
    faults.push(...checkType(texts, languages), ...checkHidden(texts));
    faults.push(...checkCitations(entry, tree), ...checkStart(entry, tree));
    for (const node of walk(tree)) {
      faults.push(...checkNode(node, entry, lineOf(node), entries, broken));
      if (node.type === 'image' && node.url)
        images.set(`${entry.file} ${node.url}`, { entry, line: lineOf(node), url: node.url });
    }
  }
  faults.push(...compareCitations(trees), ...checkParity(folder, site, trees));
  const checked = [...images.values()].flatMap(({ entry, line, url }) =>
    checkImage(files, entry, line, url),
  );
  const ofFiles = await Promise.all(
    [...files].filter((file) => isImageFile(file)).map((file) => checkImageFile(folder, file)),
  );
  return [...faults, ...checked, ...ofFiles.flat()];
}

function checkNode(
  node: MarkdownNode,
  entry: Entry,
  line: number,
  entries: Entries,
  broken: ReadonlySet<string>,
): Fault[] {
  const { file } = entry;
  switch (node.type) {
    case 'mdxjsEsm':
    case 'mdxFlowExpression':
    case 'mdxTextExpression':
      return [describeCode(file, line, node.value ?? '')];
    case 'mdxJsxFlowElement':
    case 'mdxJsxTextElement':
      return checkComponent(node, file, line, entries, broken);
    case 'html':
      // Raw HTML is the way in for trackers, frames and fonts: each asks a stranger for something
      // and tells who reads.
      return [
        {
          file,
          line,
          found: (node.value ?? '').slice(0, 60),
          expected:
            'markdown, without HTML: HTML could run something or make the page ask another ' +
            'host, which would tell it who reads',
          fix: 'write it in markdown, or with a component in an .mdx file',
        },
      ];
    case 'listItem':
      if (typeof node.checked !== 'boolean') return [];
      return [
        {
          file,
          line,
          found: 'a box to tick: [ ] or [x]',
          expected: 'a list without boxes: a page has no form',
          fix: 'take the brackets out, or write "done:" or "open:"',
        },
      ];
    case 'heading':
      if (node.depth === 1)
        return [
          {
            file,
            line,
            found: 'a heading of the first level (#)',
            expected: 'headings from ## down: the title is the heading of the page',
            fix: 'add a #',
          },
        ];
      // Its address is made of them: without one, two headings have no address, or the same.
      if (/[\p{L}\p{N}]/u.test(readWords(node))) return [];
      return [
        {
          file,
          line,
          found: `the heading "${readWords(node)}"`,
          expected: 'a heading with letters or digits: links to it and screen readers use them',
          fix: 'write in words what the part is about',
        },
      ];
    case 'table':
      return checkTable(node, entry);
    case 'image':
      return describeImage(node, file, line);
    case 'footnoteDefinition':
    case 'footnoteReference':
      return [
        {
          file,
          line,
          found: 'a footnote',
          expected:
            'text without footnotes: their marks have no words in the languages of a campaign',
          fix: 'put it into the sentence, or into the sources',
        },
      ];
    default:
      if (plainNodes.has(node.type)) return [];
      return [
        {
          file,
          line,
          found: `something that is called "${node.type}"`,
          expected: `plain markdown: ${[...plainNodes].join(', ')}`,
          fix: 'write it in another way',
        },
      ];
  }
}

/** The words of a node, without what is not text. */
const readWords = (node: MarkdownNode): string =>
  [...walk(node)].map(({ value = '' }) => value).join('');

/**
 * Cells behind the last column of the header are left out of the page without a word (GFM 4.10).
 */
function checkTable({ children: rows = [] }: MarkdownNode, { file, bodyLine }: Entry): Fault[] {
  const [columns = 0, ...counts] = rows.map(({ children = [] }) => children.length);
  return rows.slice(1).flatMap((row, index): Fault[] => {
    const count = counts[index] ?? 0;
    if (count <= columns) return [];
    const lost = (row.children ?? []).slice(columns).map(readWords).join(' | ');
    return [
      {
        file,
        line: bodyLine + (row.position?.start.line ?? 1) - 1,
        found: `a row of ${count} cells in a table of ${columns} columns: "${lost}" would be lost`,
        expected: `at most ${columns} cells, as in the first row of the table`,
        fix: 'add a column to the first two rows, or write a plain "|" as \\|',
      },
    ];
  });
}
