/**
 * Draws docs/architecture.svg from the imports of the code: `node scripts/run.mjs
 * tests/helpers/draw-architecture.ts`. A test holds the picture to it.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a box of the picture is: the folders of the house, the longest match first. */
const boxes: readonly [folder: string, words: string][] = [
  ['scripts/lab', 'the conformance lab'],
  ['scripts/build …', 'steps of commands'],
  ['scripts/*.ts', 'commands'],
  ['astro.config.mjs', 'wires integrations'],
  ['src/content.config.ts', 'into collections'],
  ['src/integrations', 'dev, post-build'],
  ['src/pages', 'one file a kind of page'],
  ['src/search', 'the one script'],
  ['src/layouts', 'frames of pages'],
  ['src/components', 'parts of pages'],
  ['src/data', 'what pages ask for'],
  ['src/lib', 'pure helpers'],
  ['src/check-page', 'check.html'],
  ['src/campaign', 'schema, checks'],
  ['src/kit/browser', 'the same for browsers'],
  ['src/kit/node', 'files, network, packing'],
  ['src/kit/core', 'formats, verdicts'],
];
const boxOf = (file: string): string | undefined => {
  if (/^scripts\/[^/]+$/.test(file)) return 'scripts/*.ts';
  const found = boxes.find(([folder]) => file === folder || file.startsWith(`${folder}/`));
  return found?.[0] ?? (file.startsWith('scripts/') ? 'scripts/build …' : undefined);
};

/** Pairs of boxes, of which the first imports the second. */
export type Edges = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads who imports whom. Types count: they are borders, too. */
export function readEdges(files: readonly string[]): Edges {
  const edges = new Map<string, Set<string>>();
  for (const file of files) {
    const from = boxOf(file);
    if (from === undefined) continue;
    const targets = edges.get(from) ?? new Set();
    edges.set(from, targets);
    const names = readFileSync(file, 'utf8').matchAll(/(?:from|import\(?)\s*['"](\.[^'"]+)['"]/g);
    for (const [, name = ''] of names) {
      const to = boxOf(join(dirname(file), name).replaceAll('\\', '/'));
      if (to !== undefined && to !== from) targets.add(to);
    }
  }
  return edges;
}

/** All that a box reaches over others. */
function reach(edges: Edges, from: string, seen = new Set<string>()): Set<string> {
  for (const next of edges.get(from) ?? [])
    if (!seen.has(next)) {
      seen.add(next);
      reach(edges, next, seen);
    }
  return seen;
}

/** The edges that no way over other boxes says already, so that the picture can be read. */
export const reduceEdges = (edges: Edges): Edges =>
  new Map(
    [...edges].map(([from, targets]) => [
      from,
      new Set(
        [...targets].filter(
          (to) => ![...targets].some((over) => over !== to && reach(edges, over).has(to)),
        ),
      ),
    ]),
  );

/** The sources of the code. */
export const listSources = (): string[] =>
  globSync(['astro.config.mjs', 'src/**/*.{ts,astro}', 'scripts/**/*.ts'], {
    exclude: ['**/node_modules/**', 'src/content/**'],
  })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();

/** How many boxes the longest way from a box has. */
const depthOf = (edges: Edges, box: string): number =>
  Math.max(-1, ...[...(edges.get(box) ?? [])].map((next) => depthOf(edges, next))) + 1;

/** The column of a box, from the right: next to the nearest that imports it. */
function levelOf(edges: Edges, box: string): number {
  const importers = [...edges].filter(([, targets]) => targets.has(box)).map(([from]) => from);
  return importers.length === 0
    ? depthOf(edges, box)
    : Math.min(...importers.map((from) => levelOf(edges, from))) - 1;
}

const [width, height, gap, top] = [122, 46, 26, 46];

/** The way of a text, from its file to the folder that is served. */
const data: readonly [step: string, words: string][] = [
  ['src/content', 'markdown, YAML'],
  ['read, check', 'src/campaign'],
  ['collections', 'src/data'],
  ['pages', 'text is rendered'],
  ['post-build', 'links, checks, CSP'],
  ['manifest', 'SHA256SUMS'],
  ['signatures', '*.minisig, if they fit'],
  ['archives', 'zip, CAR → dist'],
];

/** @returns the picture: imports above, reduced; the way of the data below */
export function drawArchitecture(all: Edges): string {
  const edges = reduceEdges(all);
  const levels = new Map(boxes.map(([box]) => [box, levelOf(edges, box)]));
  const last = Math.max(...levels.values());
  const rows = new Map<number, number>();
  const places = new Map(
    boxes.toReversed().map(([box]) => {
      const level = levels.get(box) ?? 0;
      const row = rows.get(level) ?? 0;
      rows.set(level, row + 1);
      return [box, { x: 16 + (last - level) * (width + gap), y: top + row * (height + gap) }];
    }),
  );
  const bottom = top + Math.max(...rows.values()) * (height + gap) + 24;
  const total = 16 + (last + 1) * (width + gap);
  const box = (x: number, y: number, name: string, words: string, ground: string): string =>
    `  <rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${ground}" stroke="#345"/>\n` +
    `  <text x="${x + 7}" y="${y + 19}" font-weight="bold">${name}</text>\n` +
    `  <text x="${x + 7}" y="${y + 36}">${words}</text>`;
  const arrows = [...edges].flatMap(([from, targets]) =>
    [...targets].map((to) => {
      const [a, b] = [places.get(from), places.get(to)];
      if (!a || !b) return '';
      const [x, y] = [a.x + width, a.y + height / 2];
      const turn = b.x - gap / 2;
      return `  <path d="M${x} ${y}H${turn}V${b.y + height / 2}H${b.x - 3}"/>`;
    }),
  );
  const step = total / data.length;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${total} ${bottom + 80}" font-family="sans-serif" font-size="10.5" role="img" aria-labelledby="title">
  <title id="title">Folders and the direction of imports, above; the way of the data, below</title>
  <defs>
    <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="#345"/></marker>
  </defs>
  <rect width="${total}" height="${bottom + 80}" fill="#fff"/>
  <text x="16" y="26" font-size="12" font-weight="bold">Imports: an arrow leads to what is imported; what follows from two arrows has none</text>
  <g fill="none" stroke="#345" stroke-width="1.2" marker-end="url(#tip)">
${arrows.join('\n')}
  </g>
${boxes
  .map(([name, words]) => {
    const { x, y } = places.get(name) ?? { x: 0, y: 0 };
    return box(x, y, name, words, '#eef3f8');
  })
  .join('\n')}
  <text x="16" y="${bottom}" font-size="12" font-weight="bold">Data: from a text to an archive</text>
${data
  .map(([name, words], at) => {
    const x = Math.round(16 + at * step);
    const arrow = `  <path d="M${x + width} ${bottom + 39}H${Math.round(x + step) - 3}" stroke="#543" marker-end="url(#tip)"/>\n`;
    return (at < data.length - 1 ? arrow : '') + box(x, bottom + 16, name, words, '#f8f3ea');
  })
  .join('\n')}
</svg>
`;
}

if (process.argv[1] === import.meta.filename)
  writeFileSync('docs/architecture.svg', drawArchitecture(readEdges(listSources())));
