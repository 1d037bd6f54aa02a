import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Alias,
  type Document,
  type Scalar,
} from 'yaml';
import { extractFrontmatter } from 'astro/markdown';
import type { Fault } from './fault.ts';

/** A file of the campaign, read and parsed, with the lines of its fields. */
export interface SourceFile {
  /** Path below the campaign folder, with `/`. */
  file: string;
  data: unknown;
  /** Markdown after the front matter; empty in YAML files. */
  body: string;
  /** Line of the file at which `body` begins, from 1. */
  bodyLine: number;
  /** Line of a field, or of the nearest thing around it that exists. */
  lineOf: (path: readonly PropertyKey[]) => number;
}

/**
 * Parses a YAML file, or the front matter of a markdown file. Returns the file, or what is wrong
 * with its syntax.
 */
export function parseSource(file: string, text: string): SourceFile | Fault {
  if (!/\.mdx?$/.test(file)) return parseYaml(file, text, 1, '', 1);
  const cut = cutFrontMatter(text);
  if (cut === undefined) {
    return {
      file,
      line: 1,
      found: JSON.stringify(text.slice(0, 30)),
      expected:
        'a first line "---", the fields of the page, and a line "---", with ordinary ends of lines',
      fix: 'begin the file with the front matter that the other pages of this folder have',
    };
  }
  return parseYaml(file, cut.yaml, 2, cut.body, cut.bodyLine);
}

/**
 * Parts the fields of a markdown file from its text, as Astro does: where another cut ended sooner
 * or later, code could hide in what one took for fields and the other for text. Undefined for a
 * file that is not of that form.
 */
export function cutFrontMatter(
  text: string,
): { yaml: string; body: string; bodyLine: number } | undefined {
  const yaml = extractFrontmatter(text);
  const start = `---${yaml}---`;
  const rest = text.slice(start.length);
  const whole =
    yaml !== undefined &&
    /^---[ \t]*\r?\n/.test(text) &&
    text.startsWith(start) &&
    /^[ \t]*(\r?\n|$)/.test(rest);
  if (!whole || /[\u2028\u2029]|\r(?!\n)/.test(text)) return undefined;
  return {
    yaml: yaml.replace(/^[ \t]*\r?\n/, ''),
    body: rest.replace(/^[ \t]*\r?\n/, ''),
    bodyLine: start.split('\n').length + 1,
  };
}

function parseYaml(
  file: string,
  yaml: string,
  firstLine: number,
  body: string,
  bodyLine: number,
): SourceFile | Fault {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false });
  const at = (offset: number) => counter.linePos(offset).line + firstLine - 1;
  const refuse = (offset: number, found: string): Fault => ({
    file,
    line: at(offset),
    found,
    expected: 'YAML: name: "text"',
    fix:
      'put a text with ": " or "#" in it, or one that begins with a punctuation mark, in ' +
      'double quotes; indent with spaces',
  });
  // an unknown tag is a warning here, and an error to others
  const error = document.errors[0] ?? document.warnings[0];
  if (error?.code === 'DUPLICATE_KEY')
    return {
      ...refuse(error.pos[0], 'a field that this file has already'),
      expected: 'each field once: the second would silently replace the first',
      fix: 'take one of the two out',
    };
  if (error) return refuse(error.pos[0], error.message);
  const quoted = /\.mdx?$/.test(file) ? findTypographicQuotes(document) : undefined;
  if (quoted)
    return {
      ...refuse(quoted.range?.[0] ?? 0, quoted.source ?? ''),
      expected: 'straight quotation marks around a value: "text"; curved ones become part of it',
      fix: 'write straight ones; if the value is a quotation, put straight ones around it: "“text”"',
    };
  const alias = findAlias(document);
  if (alias)
    return refuse(
      alias.range?.[0] ?? 0,
      `*${alias.source}, which is a reference to another field in YAML`,
    );
  return {
    file,
    data: document.toJS(),
    body,
    bodyLine,
    lineOf: (path) => at(findOffset(document.contents, path)),
  };
}

/**
 * A value that somebody has put in quotation marks which are none to YAML: it keeps them. Only for
 * the fields of texts: a name in a record may be a quotation.
 */
function findTypographicQuotes(document: Document): Scalar | undefined {
  let found: Scalar | undefined;
  visit(document, {
    Scalar: (_, scalar) => {
      const isQuoted = /^[“”„‟«»‘’‚][^“”„‟«»]*[“”‟«»‘’]$/u.test(scalar.source ?? '');
      if (scalar.type !== 'PLAIN' || !isQuoted) return undefined;
      found = scalar;
      return visit.BREAK;
    },
  });
  return found;
}

/**
 * The first alias. Nobody needs one here: it is an emphasis without quotes, or it makes a small
 * file huge ("billion laughs") or endless.
 */
function findAlias(document: Document): Alias | undefined {
  let found: Alias | undefined;
  visit(document, {
    Alias: (_, alias) => {
      found = alias;
      return visit.BREAK;
    },
  });
  return found;
}

/** Where a field begins: at its key, since its value may begin some lines below. */
function findOffset(contents: unknown, path: readonly PropertyKey[]): number {
  let [node, offset] = [contents, 0];
  for (const step of path) {
    let name: unknown;
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(step),
      );
      [name, node] = [pair?.key, pair?.value];
    } else if (isSeq(node)) name = node = node.items[Number(step)];
    else break;
    if (!isNode(name)) break;
    offset = name.range?.[0] ?? offset;
  }
  return offset;
}
