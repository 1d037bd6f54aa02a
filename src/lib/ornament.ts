/**
 * What becomes of the ornament and the drawing, SVGs of plain shapes
 * (`campaign/check/check-pictures.ts`).
 */

export interface Ornament {
  width: number;
  height: number;
  /** The shapes inside the <svg>. */
  shapes: string;
}

/** Takes the SVG apart. Throws on one that is not of the checked form. */
export function parseOrnament(svg: string): Ornament {
  const match = /^<svg[^>]*\sviewBox="0 0 (\d+) (\d+)"[^>]*>\s*([\s\S]*?)\s*<\/svg>$/.exec(svg);
  if (!match) throw new SyntaxError('not an ornament: <svg viewBox="0 0 W H">…</svg> expected');
  return { width: Number(match[1]), height: Number(match[2]), shapes: match[3] ?? '' };
}

/**
 * How long a row of motifs is that is alike at both ends: the square at the left of a motif is what
 * it shows (the icon has nothing else), the rest joins it to the next.
 */
export const measureRow = ({ width, height }: Ornament, motifs: number): number =>
  width * (motifs - 1) + Math.min(width, height);

/**
 * The icon of the site as a data: address, so that no browser asks for a favicon. Square: the left
 * end of the ornament.
 */
export function makeIcon({ height, shapes }: Ornament, colour: string): string {
  const drawn = shapes.replaceAll('"', "'").replace(/currentcolor/gi, colour);
  const box = `viewBox='0,0,${height},${height}'`;
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' ${box}>${drawn}</svg>`
    .replaceAll('%', '%25')
    .replace(/\s+/g, '%20')
    .replaceAll('#', '%23')
    .replaceAll('<', '%3C')
    .replaceAll('>', '%3E');
  return `data:image/svg+xml,${svg}`;
}
