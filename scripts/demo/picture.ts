import type { Line } from './story.ts';

/** Characters that fit on a line of the picture. */
const columns = 96;
const [lineHeight, charWidth, edge] = [19, 7.9, 22];

const looks: Record<Line['kind'], { fill: string; indent: number; before: string }> = {
  title: { fill: '#ffffff', indent: 0, before: '' },
  note: { fill: '#a9b4c0', indent: 3, before: '' },
  command: { fill: '#8fd3ff', indent: 3, before: '$ ' },
  output: { fill: '#dfe5eb', indent: 5, before: '' },
  true: { fill: '#8be08b', indent: 5, before: '' },
  false: { fill: '#ff9c8f', indent: 5, before: '' },
};

/**
 * What differs from run to run: key, ports and day. With the same words in their place each run
 * draws the same picture.
 */
export function makeConstant(lines: readonly Line[]): Line[] {
  const ports = [...new Set(lines.flatMap(({ text }) => text.match(/(?<=localhost:)\d+/g) ?? []))];
  return lines.map(({ kind, text }) => ({
    kind,
    text: text
      .replace(/(?<=localhost:)\d+/g, (port) => String(4321 + ports.indexOf(port)))
      .replace(/\b\d{4}-\d\d-\d\d\b/g, 'YYYY-MM-DD')
      .replace(/\bRW[\w+/]{10}…/g, 'RW…')
      .replace(/\b[0-9A-F]{16}\b/g, '0123456789ABCDEF')
      .replace(/\b[0-9a-f]{12}…/g, '0123456789ab…'),
  }));
}

/**
 * The lines of a demonstration as a picture of a terminal.
 * @returns an SVG of text alone: words can be selected, searched and read aloud
 */
export function drawTerminal(lines: readonly Line[]): string {
  const rows: string[] = [];
  let y = edge;
  for (const { kind, text } of makeConstant(lines)) {
    const { fill, indent, before } = looks[kind];
    if (kind === 'title' && rows.length > 0) y += lineHeight / 2;
    for (const part of wrap(before + text, columns - indent)) {
      const bold = ['title', 'true', 'false'].includes(kind) ? ' font-weight="bold"' : '';
      const x = edge + indent * charWidth;
      rows.push(
        `  <text x="${x.toFixed(1)}" y="${y}" fill="${fill}"${bold}>${escape(part)}</text>`,
      );
      y += lineHeight;
    }
  }
  const [width, height] = [Math.ceil(columns * charWidth + 2 * edge), y];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="13" role="img" aria-labelledby="title">
  <title id="title">What npm run demo prints</title>
  <rect width="${width}" height="${height}" rx="8" fill="#14202c"/>
${rows.join('\n')}
</svg>
`;
}

/** Breaks a line at spaces. */
function wrap(text: string, width: number): string[] {
  const rows = [''];
  for (const word of text.split(' ')) {
    const row = rows.at(-1) ?? '';
    if (row === '') rows[rows.length - 1] = word;
    else if (row.length + 1 + word.length <= width) rows[rows.length - 1] = `${row} ${word}`;
    else rows.push(word);
  }
  return rows;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
