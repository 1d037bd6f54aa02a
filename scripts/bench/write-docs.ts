import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { project } from '../build/project.ts';
import { BenchError } from './measure.ts';

const [begin, end] = ['<!-- bench: begin -->', '<!-- bench: end -->'];
const page = join(project, 'docs/performance.md');

/**
 * Puts what was measured between the two marks of a page.
 * @throws BenchError where they are not there
 */
export function replaceMeasured(text: string, measured: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from)
    throw new BenchError(
      `docs/performance.md has no "${begin}" with "${end}" after it. Put both lines back: ` +
        'what is between them is written by this command.',
    );
  return `${text.slice(0, from + begin.length)}\n\n${measured}\n\n${text.slice(to)}`;
}

/** Writes the page and its chart anew. */
export async function writeDocs(measured: string, chart: string): Promise<void> {
  const picture = '![Bars of the tables below](performance.svg)';
  const text = replaceMeasured(readFileSync(page, 'utf8'), `${picture}\n\n${measured}`);
  writeFileSync(page, await format(text, { ...(await resolveConfig(page)), filepath: page }));
  writeFileSync(join(project, 'docs/performance.svg'), chart);
}
