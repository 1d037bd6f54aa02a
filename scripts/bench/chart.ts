import { escapeHtml } from '../../src/lib/escape-html.ts';
import type { Named } from './report.ts';
import { summarizeRuns, type Round, type Series } from './statistics.ts';

const [width, labels, row, gap, top] = [720, 150, 18, 10, 26];

interface Panel {
  readonly title: string;
  readonly read: (series: Series) => number;
  readonly print: (value: number) => string;
}

const panels: readonly Panel[] = [
  {
    title: 'CPU, seconds',
    read: (series) => summarizeRuns(series).cpu,
    print: (value) => value.toFixed(1),
  },
  {
    title: 'wall time, seconds',
    read: (series) => summarizeRuns(series).wall,
    print: (value) => value.toFixed(1),
  },
  {
    title: 'memory, MB',
    read: (series) => summarizeRuns(series).memory / 1e6,
    print: (value) => value.toFixed(0),
  },
  {
    title: 'site, MB',
    read: ({ size }) => size.bytes / 1e6,
    print: (value) => value.toFixed(1),
  },
];

/** Bars of what each generator used, a group for each size and measure, as an SVG file. */
export function drawChart(rounds: readonly Round[], generators: readonly Named[]): string {
  let y = 0;
  const parts: string[] = [];
  for (const { pages, series } of rounds)
    for (const { title, read, print } of panels) {
      const values = series.map((each) => read(each));
      const most = Math.max(...values);
      parts.push(`<text class="h" x="0" y="${y + 16}">${pages} pages: ${escapeHtml(title)}</text>`);
      y += top;
      for (const [at, each] of series.entries()) {
        const value = values[at] ?? 0;
        const name = generators.find(({ id }) => id === each.id)?.name ?? each.id;
        const long = most > 0 ? Math.max(1, (value / most) * (width - labels - 70)) : 1;
        parts.push(
          `<text x="0" y="${y + 13}">${escapeHtml(name)}</text>` +
            `<rect class="${at === 0 ? 'o' : 'p'}" x="${labels}" y="${y + 2}" ` +
            `width="${long.toFixed(1)}" height="${row - 4}"/>` +
            `<text x="${(labels + long + 6).toFixed(1)}" y="${y + 13}">${print(value)}</text>`,
        );
        y += row;
      }
      y += gap;
    }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" role="img">
<title>What each generator used</title>
<style>text{font:13px sans-serif;fill:#222}.h{font-weight:bold}.o{fill:#b3121f}
.p{fill:#767676}rect.b{fill:#fff}</style>
<rect class="b" width="${width}" height="${y}"/>
${parts.join('\n')}
</svg>
`;
}
