import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isScalar, parseDocument, Scalar, type Document } from 'yaml';
import { cutFrontMatter } from '../../src/campaign/read/source-file.ts';
import type { Change } from './check-import.ts';
import { splitBlocks, trimBlock } from './units.ts';

/** Columns of a folded text in a record, as the files of campaigns have it. */
const width = 100;

/**
 * Writes new words into the files of a campaign: what is not changed keeps its bytes.
 * @returns the files that were changed
 */
export function applyChanges(folder: string, changes: readonly Change[]): string[] {
  const byFile = Map.groupBy(changes, ({ unit }) => unit.place.file);
  for (const [file, own] of byFile) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, /\.mdx?$/.test(file) ? changeText(text, own) : changeYaml(text, own));
  }
  return [...byFile.keys()].sort();
}

function changeText(text: string, changes: readonly Change[]): string {
  const cut = cutFrontMatter(text);
  if (!cut) throw new Error('A text without front matter, and the reader let it pass.');
  const start = text.length - cut.body.length;
  const blocks = splitBlocks(cut.body);
  for (const { unit, text: words } of changes) {
    if (!('block' in unit.place)) continue;
    const { block: index } = unit.place;
    const before = blocks[index] ?? '';
    blocks[index] = before.replace(trimBlock(before), () => words);
  }
  const head = text.slice(0, start);
  const yaml = changeYaml(cut.yaml, changes);
  return head.replace(cut.yaml, () => yaml) + blocks.join('');
}

/** Replaces the values of fields in their places; a field that is not there yet is added. */
function changeYaml(yaml: string, changes: readonly Change[]): string {
  const document: Document.Parsed = parseDocument(yaml);
  const fields = changes.flatMap(({ unit: { place }, text }) =>
    'path' in place ? [{ path: place.path, text }] : [],
  );
  const there = fields.flatMap(({ path, text }) => {
    const node: unknown = document.getIn(path, true);
    return isScalar(node) && node.range ? [{ node, range: node.range, text }] : [];
  });
  const changed = there
    .toSorted((a, b) => b.range[0] - a.range[0])
    .reduce(
      (result, { node, range: [from, to], text }) =>
        result.slice(0, from) + printScalar(result, from, to, node, text) + result.slice(to),
      yaml,
    );
  if (there.length === fields.length) return changed;
  const whole: Document = parseDocument(changed);
  for (const { path, text } of fields) {
    if (whole.hasIn(path)) continue;
    const scalar = new Scalar(text);
    if (text.length > width - 10) scalar.type = Scalar.BLOCK_FOLDED;
    whole.setIn(path, scalar);
  }
  return whole.toString({ lineWidth: width });
}

/** A folded text stays one, with its indent; everything else is put into quotation marks. */
function printScalar(
  yaml: string,
  from: number,
  to: number,
  { type }: Scalar,
  text: string,
): string {
  if (type !== Scalar.BLOCK_FOLDED) return JSON.stringify(text);
  const before = yaml.slice(from, to);
  const indent = /\n( +)/.exec(before)?.[1] ?? '  ';
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && indent.length + last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  const [head = '>-'] = before.split('\n');
  return `${head}\n${lines.map((line) => indent + line).join('\n')}${/\n*$/.exec(before)?.[0] ?? ''}`;
}
