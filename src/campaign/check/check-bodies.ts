import { dirname, join, normalize, sep } from 'node:path';
import sharp from 'sharp';
import { checkCitations, compareCitations } from './check-citations.ts';
import { checkComponent, describeCode } from './check-components.ts';
import { walk, type MarkdownNode, parseBody } from '../read/markdown.ts';
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

/** What an image says in words. */
function describeImage(
  { url = '', alt, title }: MarkdownNode,
  file: string,
  line: number,
): Fault[] {
  if ((alt ?? '').trim() === '')
    return [
      {
        file,
        line,
        found: `![](${url}), an image without a description`,
        expected: 'a description: whoever cannot see or load the image reads that in its place',
        fix: 'write what is to be seen: ![Rakes at a shed](./rakes.jpg)',
      },
    ];
  if ((title ?? '') === '') return [];
  return [
    {
      file,
      line,
      found: `the title "${title}" of the image ${url}`,
      expected: 'an image without a title: on phones and in feeds nobody sees it',
      fix: 'write the words below the image',
    },
  ];
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

function checkImage(
  files: ReadonlySet<string>,
  { file }: Entry,
  line: number,
  url: string,
): Fault[] {
  const place = { file, line, where: `image ${url}` };
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(url)) {
    return [
      {
        ...place,
        found: 'an image at another host',
        expected: 'an image of the campaign folder: another host would learn who reads',
        fix: 'save the image next to the text, if its licence allows it',
      },
    ];
  }
  // Plain names only: the bundler reads "?", "#", "%", "@" and names of packages in its own way,
  // and would load what no check has seen.
  if (
    !/^\.{1,2}\/(?:(?:\.\.|[A-Za-z0-9][A-Za-z0-9._-]*)\/)*[A-Za-z0-9][A-Za-z0-9._-]*$/.test(url)
  ) {
    return [
      {
        ...place,
        found: `the address ${url}`,
        expected:
          'a path that begins with ./ or ../, of letters, digits, dots, hyphens and underscores',
        fix: `rename the image, and write it as ./${url.replace(/^.*\//, '').replace(/[^A-Za-z0-9._-]+/g, '-')}`,
      },
    ];
  }
  const path = normalize(join(dirname(file), url))
    .split(sep)
    .join('/');
  if (!isImageFile(path)) {
    return [
      {
        ...place,
        found: `the ending of ${path}`,
        expected:
          'jpg, jpeg, png, webp, avif or gif, in small letters: an SVG could hold a ' +
          'script, which would run where the file is opened, and tell its author who did',
        fix: 'save the image in one of these kinds',
      },
    ];
  }
  if (!files.has(path)) {
    return [
      {
        ...place,
        found: `no file ${path}`,
        expected: 'an image below the campaign folder, its name in the same case',
        fix: 'add the image, or fix its path, which begins at the folder of the text',
      },
    ];
  }
  return [];
}

/** Checks the images of the campaign themselves, shown or not: the bundler reads all of them. */
async function checkImageFile(folder: string, file: string): Promise<Fault[]> {
  try {
    const image = sharp(join(folder, file));
    await image.stats(); // decodes the whole image
    const { format } = await image.metadata();
    if (['jpeg', 'png', 'webp', 'heif', 'gif'].includes(format)) return [];
    return [
      {
        file,
        found: `an image of the kind ${format}`,
        expected: 'what its ending says',
        fix: 'save the image anew',
      },
    ];
  } catch (error) {
    return [
      {
        file,
        found:
          'a file that is not a whole image ' +
          `(${error instanceof Error ? error.message.split('\n')[0] : 'unreadable'})`,
        expected: 'a JPEG, PNG, WebP, AVIF or GIF image',
        fix: 'save the image anew',
      },
    ];
  }
}
