import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureGzip } from '../../src/lib/page-size.ts';
import { makeCorpus } from './corpus.ts';
import type { Generator, Workplace } from './generator.ts';
import { measure } from './measure.ts';
import { parseStep, StageClock } from './stages.ts';
import { median, type Round, type Run, type SiteSize } from './statistics.ts';

/**
 * Measures generators over one corpus, in turn, so that what the machine does meanwhile meets all
 * of them.
 * @param pages of content in all languages
 * @param report is called with a line for each build
 * @throws BenchError where one of them fails
 */
export async function runRound(
  generators: readonly Generator[],
  { pages, runs, peers }: { pages: number; runs: number; peers: string },
  report: (line: string) => void,
): Promise<Round> {
  const scratch = mkdtempSync(join(tmpdir(), 'vyrai-bench-'));
  const remove = (): void => rmSync(scratch, { recursive: true, force: true });
  process.once('exit', remove); // also where somebody stops it
  try {
    report(`writing a corpus of ${pages} pages`);
    const corpus = makeCorpus(pages);
    const contestants = [];
    for (const generator of generators) {
      const place = { folder: join(scratch, generator.id), peers };
      mkdirSync(place.folder);
      await generator.prepare(place, corpus);
      contestants.push({ generator, place, runs: new Array<Run>(), size: emptySite });
    }
    for (let turn = 1; turn <= runs; turn++)
      for (const contestant of contestants) {
        const { generator, place } = contestant;
        const run = await runOnce(generator, place);
        contestant.runs.push(run);
        contestant.size = measureSite(generator.outputs(place)[0]);
        const { cpu, wall } = run.use;
        report(
          `${pages} pages, run ${turn} of ${runs}, ${generator.name}: ` +
            `${cpu.toFixed(1)} s of CPU in ${wall.toFixed(1)} s`,
        );
      }
    const series = contestants.map(({ generator: { id }, runs: all, size }) => ({
      ...{ id, runs: all, size },
    }));
    return { pages, series };
  } finally {
    remove();
    process.off('exit', remove);
  }
}

async function runOnce(generator: Generator, place: Workplace): Promise<Run> {
  for (const folder of generator.outputs(place)) rmSync(folder, { recursive: true, force: true });
  const clock = new StageClock();
  const steps = new Map<string, number>();
  const use = await measure(generator.steps(place), (line, moment) => {
    if (generator.id !== 'vyrai') return;
    clock.take(line, moment);
    const step = parseStep(line);
    if (step !== undefined) steps.set(step.name, step.cpu);
  });
  return { use, stages: generator.id === 'vyrai' ? clock.stages(use) : [], steps };
}

const emptySite: SiteSize = { pages: 0, files: 0, bytes: 0, page: 0 };

/** The page of a text of the corpus, as ours and peers name it: lists and indexes are none. */
const isText = /\/text-\d+(?:\.html|\/index\.html)$/;

/** Counts the files of a built site, and measures its pages. */
function measureSite(folder: string): SiteSize {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name));
  let bytes = 0;
  let pages = 0;
  const texts: number[] = [];
  for (const file of files) {
    const content = readFileSync(file);
    bytes += content.length;
    if (file.endsWith('.html')) pages++;
    if (isText.test(file)) texts.push(measureGzip(content));
  }
  return { pages, files: files.length, bytes, page: median(texts) };
}
