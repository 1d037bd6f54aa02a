import { markdownToMdast, mdxToMdast } from 'satteri';
import type { Entry } from '../schema/entries.ts';
import type { Fault } from './fault.ts';

/** The parts of a markdown tree (mdast) that are looked at here. */
export interface MarkdownNode {
  type: string;
  children?: MarkdownNode[];
  position?: { start: { line: number } };
  value?: string;
  url?: string;
  alt?: string | null;
  title?: string | null;
  depth?: number;
  checked?: boolean | null;
  name?: string | null;
  identifier?: string;
  attributes?: { type: string; name?: string; value?: unknown }[];
}

/** A node, then what is in it: the order of reading. */
export function* walk(node: MarkdownNode): Generator<MarkdownNode> {
  yield node;
  for (const child of node.children ?? []) yield* walk(child);
}

/**
 * A second front matter would hide code from this check, though it is compiled: to the compiler it
 * is no longer the first thing.
 */
const options = { features: { frontmatter: false } };

/**
 * The tree of a text's markdown, its images by reference as others, or what is wrong with its
 * syntax.
 */
export function parseBody({ file, body, bodyLine }: Entry): MarkdownNode | Fault {
  try {
    const tree = (
      file.endsWith('.mdx') ? mdxToMdast(body, options) : markdownToMdast(body, options)
    ) as MarkdownNode;
    resolveImages(tree);
    return tree;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = /(\d+):\d+/.exec(message)?.[1];
    return {
      file,
      ...(line !== undefined && { line: Number(line) + bodyLine - 1 }),
      found: (message.split('\n')[0] ?? message).replace(
        /^\d+:\d+: |\s*\((?:\d+:\d+|mdx-[\w:-]+|note:(?:[^()]|\([^)]*\))*)\)/g,
        '',
      ),
      expected: 'markdown with complete components, such as <Notice kind="note"> … </Notice>',
      fix:
        'close what is open, as in <Notice kind="note"> … </Notice> or <Action id="…" />; ' +
        'take comments out; write &lt; for a plain "<" and &#123; for a plain "{"',
    };
  }
}

/**
 * Gives images by reference the address of their definition, of several the first (CommonMark 4.7):
 * whatever looks at images sees all of them.
 */
function resolveImages(tree: MarkdownNode): void {
  const definitions = new Map<string, MarkdownNode>();
  for (const node of walk(tree))
    if (node.type === 'definition' && !definitions.has(node.identifier ?? ''))
      definitions.set(node.identifier ?? '', node);
  for (const node of walk(tree)) {
    if (node.type !== 'imageReference') continue;
    const { url = '', title = null } = definitions.get(node.identifier ?? '') ?? {};
    Object.assign(node, { type: 'image', url, title });
  }
}
