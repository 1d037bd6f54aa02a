import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { drawChart } from '../../scripts/bench/chart.ts';
import { countTexts, makeCorpus, wordsOfAText } from '../../scripts/bench/corpus.ts';
import { writeBody } from '../../scripts/bench/markdown.ts';
import { BenchError, measure } from '../../scripts/bench/measure.ts';
import { readOptions } from '../../scripts/bench/options.ts';
import { makePeerContent } from '../../scripts/bench/peer-files.ts';
import { parseCpuTimes, parseResident } from '../../scripts/bench/process-tree.ts';
import { printRounds, printTable } from '../../scripts/bench/report.ts';
import { parseStep, StageClock } from '../../scripts/bench/stages.ts';
import { compareRuns, median, type Round, type Series } from '../../scripts/bench/statistics.ts';
import { corpusLanguages } from '../../scripts/bench/words.ts';
import { writeCorpusCampaign } from '../../scripts/bench/write-campaign.ts';
import { replaceMeasured } from '../../scripts/bench/write-docs.ts';
import { UsageError } from '../../scripts/cli/command-line.ts';
import { checkCampaign } from '../../src/campaign/check-campaign.ts';
import { makeFolder } from '../helpers/build.ts';

const dialect = {
  linkToText: (number: number) => `to:${number}`,
  linkOut: (number: number) => `out:${number}`,
  photo: (name: string) => name,
  source: '',
};

const readAll = (folder: string): Map<string, Buffer> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((item) => item.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((file) => [file.slice(folder.length), readFileSync(file)]),
  );

describe('the corpus of the bench', () => {
  const corpus = makeCorpus(60);

  test('has as many pages as were asked for, each about as long as a real one', () => {
    const { texts, initiatives } = corpus;
    expect((texts.length + initiatives.length) * corpusLanguages.length).toBe(60);
    const words = texts.flatMap(({ versions }) =>
      corpusLanguages.map((tag) => writeBody(versions[tag], dialect).split(/\s+/).length),
    );
    const mean = words.reduce((sum, count) => sum + count, 0) / words.length;
    expect(Math.abs(mean / wordsOfAText - 1)).toBeLessThan(0.05);
  });

  test('grows by updates alone: what a campaign keeps short stays short', () => {
    expect(countTexts(100)).toEqual({ texts: 31, guides: 3, initiatives: 2 });
    expect(countTexts(10_000)).toEqual({ texts: 3273, guides: 60, initiatives: 60 });
  });

  test('is a campaign without a fault, and the same one each time, for peers too', async () => {
    const [first, second] = [makeFolder('bench-'), makeFolder('bench-')];
    await writeCorpusCampaign(first, corpus);
    await writeCorpusCampaign(second, makeCorpus(60));
    expect(readAll(first)).toEqual(readAll(second));
    expect(await checkCampaign(first, 'the corpus')).toEqual([]);
    const peers = await makePeerContent(corpus);
    expect(peers).toEqual(await makePeerContent(makeCorpus(60)));
    for (const tag of corpusLanguages) expect(peers.has(`${tag}/guide/text-0.md`)).toBe(true);
  });
});

describe('what was asked of the bench is refused in words:', () => {
  test.each([
    [['--pages', '5'], '--pages has "5", expected a number from 10 to 10000.'],
    [['--pages', '100,many'], '--pages has "many"'],
    [['--runs', '0'], '--runs has "0", expected a number from 1 to 99.'],
    [
      ['--peers', 'gatsby'],
      /--peers has "gatsby", expected starlight, eleventy, chain, hugo or none\./,
    ],
    [['fast'], 'Found 1 words (fast), expected at most 0.'],
  ])('%j', (words, message) => {
    expect(() => readOptions(words)).toThrow(UsageError);
    expect(() => readOptions(words)).toThrow(message);
  });

  test('but sizes in any order are taken, each once', () => {
    const words = ['--pages', '1000, 100,100', '--peers', 'eleventy,starlight', '--runs', '5'];
    expect(readOptions(words)).toEqual({
      ...{ pages: [100, 1000], peers: ['starlight', 'eleventy'], runs: 5, print: false },
    });
    expect(readOptions(['--peers', 'none']).peers).toEqual([]);
  });
});

describe('what the system says of a process', () => {
  const stat = '42 (a) b) S 1 42 42 0 -1 4194560 9 8 0 0 150 50 1000 200 20 0 11 0 99';

  test('without its times is refused', () => {
    expect(() => parseCpuTimes('42 (node) S 1 42')).toThrow('/proc gave "42 (node) S 1 42"');
  });

  test('is read in seconds and bytes, whatever it is called', () => {
    expect(parseCpuTimes(stat)).toEqual({ own: 2, waited: 12 });
    expect(parseResident('Name:\tVmRSS: 7 kB\nVmHWM:\t  4000 kB\nVmRSS:\t  2000 kB\n')).toBe(
      2_048_000,
    );
    expect(parseResident('Name:\tgone\nState:\tZ (zombie)\n')).toBe(0);
  });
});

describe.runIf(process.platform === 'linux')('a run', () => {
  const node = (script: string) => ({
    ...{ program: process.execPath, words: ['-e', script], cwd: '.' },
  });

  test('that fails is reported with what it said', async () => {
    const failing = measure([node('console.log("no seeds"); process.exitCode = 3')]);
    await expect(failing).rejects.toThrow(BenchError);
    await expect(failing).rejects.toThrow(/ended with 3, expected 0\. .*no seeds/s);
  });

  test('of a program that is not there is reported by its name', async () => {
    await expect(measure([{ program: 'no-such-program', words: [], cwd: '.' }])).rejects.toThrow(
      'no-such-program could not be started',
    );
  });

  test('counts the time of its children, and of each of its steps', async () => {
    const work = `const end = process.cpuUsage().user + 100_000;
      while (process.cpuUsage().user < end); const { user, system } = process.cpuUsage();
      console.log('used ' + (user + system) / 1e6)`;
    const parent = node(
      `const { spawnSync } = require('node:child_process');
       spawnSync(process.execPath, ['-e', ${JSON.stringify(work)}], { stdio: 'inherit' })`,
    );
    let said = 0;
    const { cpu, memory } = await measure([parent, parent], (line) => {
      said += Number(/^used ([\d.]+)$/.exec(line)?.[1] ?? 0);
    });
    expect(said).toBeGreaterThan(0.2);
    expect(cpu).toBeGreaterThan(said * 0.95);
    expect(cpu).toBeLessThan(said * 10);
    expect(memory).toBeGreaterThan(10e6);
  });
});

describe('a verbose build', () => {
  test('is cut into stages, whose seconds add up to the whole', () => {
    const clock = new StageClock();
    const lines: [string, number][] = [
      ['10:00:01 [content] Syncing content', 1],
      ['10:00:04 [build] Building static entrypoints...', 4],
      ['generating static routes', 6],
      ['10:00:07 [content] Syncing content', 7], // one that comes late begins nothing
      ['10:00:09 [vyrai/post-build] write edition: 0.00 s CPU', 9],
    ];
    for (const [line, at] of lines) clock.take(line, { wall: at, cpu: at * 2 });
    expect(clock.stages({ wall: 12, cpu: 24 })).toEqual([
      { name: 'start', wall: 1, cpu: 2 },
      { name: 'read and check the campaign', wall: 3, cpu: 6 },
      { name: 'bundle', wall: 2, cpu: 4 },
      { name: 'render pages', wall: 3, cpu: 6 },
      { name: 'steps over pages', wall: 3, cpu: 6 },
    ]);
  });

  test('names the time of each step', () => {
    expect(parseStep('10:00:09 [vyrai/post-build] check text: 0.48 s CPU')).toEqual({
      ...{ name: 'check text', cpu: 0.48 },
    });
    expect(parseStep('10:00:09 [build] Complete!')).toBeUndefined();
    expect(parseStep('[vyrai/post-build] check text: fast')).toBeUndefined();
  });

  test('prints the lines by which it is cut', () => {
    const source = readFileSync('src/integrations/post-build/post-build.ts', 'utf8');
    for (const step of ['write edition', 'write files to take along', 'index words'])
      expect(source).toContain(`time('${step}'`);
    expect(readFileSync('scripts/build/build-site.ts', 'utf8')).toContain('signing and packing');
  });
});

const makeSeries = (id: string, cpus: readonly number[]): Series => ({
  id,
  runs: cpus.map((cpu) => ({
    use: { cpu, wall: cpu / 2, memory: 5e8 },
    stages: id === 'vyrai' ? [{ name: 'bundle', wall: 1, cpu: 2 }] : [],
    steps: new Map(id === 'vyrai' ? [['check text', 0.5]] : []),
  })),
  size: { pages: 120, files: 300, bytes: 12e6, page: 3481 },
});
const rounds: Round[] = [
  { pages: 100, series: [makeSeries('vyrai', [9, 4, 5]), makeSeries('sage', [3, 2, 10])] },
  { pages: 1000, series: [makeSeries('vyrai', [25, 26, 27]), makeSeries('sage', [50, 50, 50])] },
];
const named = [
  { id: 'vyrai', name: 'Vyrai', version: '1.0.0', makes: 'all' },
  { id: 'sage', name: 'Sage & mint', version: '2.0.0', makes: 'pages' },
];
const conditions = {
  ...{ date: '2026-01-10', processor: 'Abacus', cores: 2, memory: 8 * 2 ** 30, system: 'Linux 6' },
  ...{ node: '26.0.0', commit: 'abc', runs: 3, load: 0.1 },
};

describe('the result of a bench', () => {
  test('compares runs that were made one after another, and takes what is in the middle', () => {
    expect(median([])).toBeNaN();
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    const [ours, peer] = rounds[0]?.series ?? [];
    // 9 / 3, 4 / 2 and 5 / 10, where the medians alone would give 5 / 3.
    expect(ours && peer && compareRuns(ours, peer)).toBe(2);
  });

  test('is a table of each size, with growth and stages', () => {
    const text = printRounds(rounds, named, conditions);
    expect(text).toContain(
      'Measured on 2026-01-10 at commit abc: Abacus, 2 cores, 8 GiB, Linux 6, Node 26.0.0; ' +
        'medians of 3 runs in turn.',
    );
    expect(text).not.toContain('busy');
    expect(text).toContain('- **Sage & mint 2.0.0** makes pages.');
    expect(text).toContain('| Vyrai | 5.00 | 2.50 | 500 | 50.0 |  | 120 | 12 | 3481 |');
    expect(text).toContain('| Sage & mint | 3.00 | 1.50 | 500 | 30.0 | 2.00 | 120 | 12 | 3481 |');
    expect(text).toContain('| Vyrai | 23.3 | 0.52 |'); // (26 - 5) / 900, and 26 / 1000 : 5 / 100
    expect(text).toContain('| bundle | 1.00 | 2.00 |');
    expect(text).toContain('check text 0.50 s of CPU.');
  });

  test('says that the machine was busy, and that one size has no slope', () => {
    const text = printRounds(rounds.slice(0, 1), named, { ...conditions, runs: 1, load: 3 });
    expect(text).toContain('one run. **The machine was busy with other work:**');
    expect(text).toContain('no slope');
  });

  test('keeps the columns of its tables', () => {
    expect(printTable(['', 'CPU'], [['Vyrai', '1']])).toBe(
      '|  | CPU |\n| --- | --: |\n| Vyrai | 1 |',
    );
  });

  test('is a chart with a bar for each generator, size and measure', () => {
    const chart = drawChart(rounds, named);
    expect(chart.match(/<rect class="[op]"/g)).toHaveLength(2 * 2 * 4);
    expect(chart).toContain('>Sage &amp; mint<');
    expect(chart).not.toMatch(/NaN|undefined/);
  });

  test('goes between the marks of its page, and nowhere else', () => {
    const page = readFileSync('docs/performance.md', 'utf8');
    expect(replaceMeasured(replaceMeasured(page, 'old'), 'new')).toBe(replaceMeasured(page, 'new'));
    expect(replaceMeasured(page, 'new')).toMatch(/begin -->\n\nnew\n\n<!-- bench: end -->/);
    expect(() => replaceMeasured('# Performance\n', 'new')).toThrow(BenchError);
  });
});

test('peers are asked for by one version each', () => {
  const { dependencies } = JSON.parse(readFileSync('scripts/bench/peers/package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  expect(Object.values(dependencies).filter((range) => !/^\d+\.\d+\.\d+$/.test(range))).toEqual([]);
});
