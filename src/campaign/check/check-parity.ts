import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { hashBytes } from '../../kit/node/platform.ts';
import type { Fault } from '../read/fault.ts';
import { walk, type MarkdownNode } from '../read/markdown.ts';
import type { Entry } from '../schema/entries.ts';
import type { Site } from '../schema/site.ts';
import { compareNumbers, localeIn } from '../text/compare-numbers.ts';

/** One block of a text, by what a translation of it has to keep. */
interface Block {
  /** What it is, in what: `list>listItem>paragraph`, `Notice:warning>`. */
  readonly kind: string;
  readonly line: number;
  /** Whether it shows something of the campaign or of the engine, and holds no words itself. */
  readonly isComponent: boolean;
  readonly content: Readonly<Record<string, string>>;
  readonly words: string;
}

/** Blocks that hold words; what is around them is part of their kind. */
const leaves = new Set(['paragraph', 'heading', 'tableRow', 'code', 'thematicBreak']);

/**
 * Checks that a translation is built as its original: the same blocks in the same order, each with
 * the same commands, links, numbers, struck-out words and images. Attack: a translator exchanges
 * two rows or numbers, moves a warning to where it is not needed, adds an option to a command,
 * shows another picture, or leaves a paragraph out; each page by itself reads well, and no reviewer
 * knows both languages.
 * @param folder where the images are
 * @param site whose languages say how dates and numbers are set
 * @param trees the markdown of all texts
 */
export function checkParity(
  folder: string,
  site: Pick<Site, 'languages'>,
  trees: ReadonlyMap<Entry, MarkdownNode>,
): Fault[] {
  const texts = [...trees].map(([entry, tree]) => ({ entry, tree }));
  const groups = Map.groupBy(texts, ({ entry: { file, slug } }) => `${file.split('/')[0]}/${slug}`);
  return [...groups.values()].flatMap((versions) => {
    const isOriginal = ({ entry: { data } }: (typeof versions)[number]) =>
      !('translation' in data && data.translation);
    const original = versions.find(isOriginal);
    if (!original || versions.length === 1) return [];
    const wanted = [...listBlocks(folder, original.entry, original.tree)];
    return versions
      .filter((version) => !isOriginal(version))
      .flatMap(({ entry, tree }) => {
        const given = [...listBlocks(folder, entry, tree)];
        const untranslated = findUntranslated(original.entry, wanted, entry, given);
        if (untranslated.length > 0) return untranslated;
        return isBehind(entry, original.entry)
          ? compareBlocks(site, original.entry, keepSubstance(wanted), entry, keepSubstance(given))
          : compareBlocks(site, original.entry, wanted, entry, given);
      });
  });
}

/** A shorter text, such as a name, can be the same in two languages. */
const minCharacters = 40;

/**
 * A copy of the original whose title alone was translated. Phrases in a third language are the same
 * in all versions, so some paragraphs may be.
 */
function findUntranslated(
  original: Entry,
  wanted: readonly Block[],
  { file, bodyLine }: Entry,
  given: readonly Block[],
): Fault[] {
  const own = new Set(wanted.map(({ words }) => words));
  const long = given.filter(({ words }) => words.length >= minCharacters);
  const copied = long.filter(({ words }) => own.has(words));
  if (copied.length * 2 <= long.length) return [];
  return [
    {
      file,
      line: copied[0]?.line ?? bodyLine,
      found: `${copied.length} of ${long.length} paragraphs in the words of ${original.file}`,
      expected: 'a translation, as its page says that it is one',
      fix: 'translate them, or delete the file: until it is there, the page shows the original',
    },
  ];
}

/** Whether a translation follows an older version of its original, as its page says. */
const isBehind = ({ data }: Entry, original: Entry): boolean =>
  'translation' in data &&
  data.translation !== undefined &&
  'version' in original.data &&
  data.translation.of < original.data.version;

/**
 * What stays the same while a translation lags: words alone may have come or gone, but no record,
 * command, link or image, and no number, wherever it is in the text.
 */
function keepSubstance(blocks: readonly Block[]): Block[] {
  const kept = blocks.filter(
    ({ isComponent, content }) => isComponent || Object.values(content).some((part) => part !== ''),
  );
  return [
    ...kept.map((block) => ({ ...block, words: '' })),
    {
      kind: 'end',
      line: blocks.at(-1)?.line ?? 1,
      isComponent: true,
      content: {},
      words: blocks.map(({ words }) => words).join(' | '),
    },
  ];
}

function* listBlocks(
  folder: string,
  entry: Entry,
  parent: MarkdownNode,
  path = '',
): Generator<Block> {
  for (const node of parent.children ?? []) {
    const line = entry.bodyLine + (node.position?.start.line ?? 1) - 1;
    if (leaves.has(node.type))
      yield {
        kind: `${path}${node.type}${node.depth ?? ''}`,
        line,
        isComponent: false,
        content: readContent(folder, entry, node),
        words: readWords(node),
      };
    else if (node.type === 'mdxJsxFlowElement') {
      const values = (node.attributes ?? []).map(({ value }) => `:${String(value)}`).join('');
      yield {
        kind: `${path}${node.name}${values}`,
        line,
        isComponent: true,
        content: {},
        words: '',
      };
      yield* listBlocks(folder, entry, node, `${path}${node.name}>`);
    } else yield* listBlocks(folder, entry, node, `${path}${node.type}>`);
  }
}

function readContent(folder: string, { file }: Entry, block: MarkdownNode): Block['content'] {
  const nodes = [...walk(block)];
  const list = (type: string, show: (node: MarkdownNode) => string) =>
    nodes
      .filter((node) => node.type === type)
      .map(show)
      .sort()
      .join(', ');
  return {
    // Words may be in another order in another language, so the order within a block is free.
    commands: [
      list('inlineCode', ({ value = '' }) => value),
      list('code', ({ value = '' }) => value),
    ]
      .filter((text) => text !== '')
      .join(', '),
    // The place in a page is named by a heading in the language of that page.
    links: list('link', ({ url = '' }) => url.replace(/#.*/, '#…')),
    'words struck out': list('delete', () => 'struck out'),
    images: list('image', ({ url = '' }) => describeImage(folder, file, url)),
  };
}

/** The words of a block, without code. */
const readWords = (block: MarkdownNode): string =>
  [...walk(block)]
    .map(({ type, value = '' }) => (type === 'text' ? value : type === 'break' ? ' ' : ''))
    .join('');

/** An image by its bytes. One with words in it has the language in its name: `map.be.png`. */
function describeImage(folder: string, file: string, url: string): string {
  const path = posix.join(dirname(file), url);
  const translated = /^(.*)\.[a-z]{2,3}(?:-[A-Za-z0-9]+)*(\.\w+)$/.exec(posix.basename(path));
  if (translated) return `${translated[1]}.…${translated[2]}`;
  try {
    return `SHA-256 ${hashBytes(readFileSync(join(folder, path))).slice(0, 12)}`;
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return url; // that it is not there is for `check-bodies.ts`
  }
}

/** The first block that differs: all behind it may only be moved. */
function compareBlocks(
  site: Pick<Site, 'languages'>,
  original: Entry,
  wanted: readonly Block[],
  { file, bodyLine, language = '' }: Entry,
  given: readonly Block[],
): Fault[] {
  const at = wanted.findIndex(({ kind }, index) => kind !== given[index]?.kind);
  const first = at < 0 && given.length > wanted.length ? wanted.length : at;
  if (first >= 0) {
    const [there, here] = [wanted[first], given[first]];
    return [
      {
        file,
        line: here?.line ?? given.at(-1)?.line ?? bodyLine,
        found: here ? `${describeKind(here.kind)} as block ${first + 1}` : `${given.length} blocks`,
        expected: there
          ? `${describeKind(there.kind)}, as in ${original.file}:${there.line}`
          : `${wanted.length} blocks, as in ${original.file}`,
        fix: 'compare the two block by block: nothing may be added, left out or moved',
      },
    ];
  }
  return given.flatMap(({ content, line, words }, index) => {
    const there = wanted[index];
    if (!there) return [];
    const { onlyA, onlyB } = compareNumbers(
      { text: there.words, locale: localeIn(site, original.language ?? '') },
      { text: words, locale: localeIn(site, language) },
      { counted: true },
    );
    const differing = Object.keys(content)
      .filter((what) => content[what] !== there.content[what])
      .map((what) => ({ what, found: content[what], expected: there.content[what] }));
    if (onlyA.length + onlyB.length > 0)
      differing.push({ what: 'numbers', found: onlyB.join(', '), expected: onlyA.join(', ') });
    return differing.map(({ what, found, expected }) => ({
      file,
      line,
      where: what,
      found: found || 'none',
      expected: `${expected || 'none'}, as in ${original.file}:${there.line}`,
      fix: 'compare the two with the source, and fix the wrong one',
    }));
  });
}

const kindNames: Readonly<Record<string, string>> = {
  end: 'the end of the text',
  paragraph: 'a paragraph',
  tableRow: 'a row of a table',
  code: 'a block of code',
  thematicBreak: 'a line across the page',
};

function describeKind(kind: string): string {
  const steps = kind.split('>');
  const last = steps.pop() ?? '';
  const name =
    kindNames[last] ??
    (/^heading\d$/.test(last) ? `a heading of level ${last.at(-1)}` : `<${last}>`);
  return steps.length === 0 ? name : `${name} in ${steps.join(' > ')}`;
}
