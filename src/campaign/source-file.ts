import { LineCounter, parseDocument, type Document } from 'yaml';
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

const fence = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m;

/** Parses a YAML file, or the front matter of a markdown file. Returns the file, or what is wrong with its syntax. */
export function parseSource(file: string, text: string): SourceFile | Fault {
  if (!/\.mdx?$/.test(file)) return parseYaml(file, text, 1, '', 1);
  const match = fence.exec(text);
  if (!match || match.index !== 0) {
    return {
      file,
      line: 1,
      found: JSON.stringify(text.slice(0, 30)),
      expected: 'a first line "---", the fields of the page, and a line "---"',
      mend: 'begin the file with the front matter that the other pages of this folder have',
    };
  }
  const body = text.slice(match[0].length);
  const bodyLine = match[0].split('\n').length;
  return parseYaml(file, match[1] ?? '', 2, body, bodyLine);
}

function parseYaml(file: string, yaml: string, firstLine: number, body: string, bodyLine: number): SourceFile | Fault {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false });
  const at = (offset: number) => counter.linePos(offset).line + firstLine - 1;
  const error = document.errors[0];
  if (error) {
    return {
      file,
      line: at(error.pos[0]),
      found: error.message,
      expected: 'YAML',
      mend: 'put a text with ": " or "#" in it, or one that begins with a sign, in quotes; indent with spaces',
    };
  }
  return { file, data: document.toJS(), body, bodyLine, lineOf: (path) => at(findOffset(document, path)) };
}

function findOffset(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) return Number(node.range[0]);
  }
  return 0;
}
