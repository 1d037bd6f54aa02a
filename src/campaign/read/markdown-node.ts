/** The parts of a markdown tree (mdast) that are looked at here. */
export interface MarkdownNode {
  type: string;
  children?: MarkdownNode[];
  position?: { start: { line: number } };
  value?: string;
  url?: string;
  alt?: string | null;
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
