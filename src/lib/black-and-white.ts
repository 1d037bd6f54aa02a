/**
 * A drawing of the campaign for paper: each colour becomes black or white, whichever it is nearer
 * to, so that areas stay areas on a printer that has one ink.
 */

/** Relative luminance from which a colour is nearer to paper than to ink, as an eye sees them. */
const limit = 0.15;

/** Of shapes (`campaign/check/check-pictures.ts`): colours are hexadecimal there, or names. */
export function toBlackAndWhite(shapes: string): string {
  return shapes.replace(/<\w+([^>]*?)\s*\/>/g, (shape, attributes: string) => {
    const fill = inkOf(attributes, 'fill');
    const stroke = inkOf(attributes, 'stroke');
    // What is white alone would be lost on white paper: the ink is behind an area or a line of it.
    const inks =
      fill === '#fff'
        ? { fill, stroke: '#000' }
        : { fill: fill ?? (stroke === '#fff' ? '#000' : 'none'), stroke: stroke ?? 'none' };
    const bare = shape.replace(/\s+(fill|stroke)="[^"]*"/g, '').replace(/\s*\/>$/, '');
    return `${bare} fill="${inks.fill}" stroke="${inks.stroke}"/>`;
  });
}

/** Shapes without a fill of their own have none: the drawing's root says so. */
function inkOf(attributes: string, name: 'fill' | 'stroke'): '#000' | '#fff' | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1]?.toLowerCase();
  if (value === undefined || value === 'none') return undefined;
  return value === 'white' || luminanceOf(value) > limit ? '#fff' : '#000';
}

/** As WCAG 2.2 defines it. Names of colours other than white count as ink. */
function luminanceOf(hex: string): number {
  const digits = /^#(?:([0-9a-f])([0-9a-f])([0-9a-f])|([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2}))$/
    .exec(hex)
    ?.slice(1)
    .filter((digit) => digit !== undefined);
  const [red = 0, green = 0, blue = 0] = (digits ?? []).map((digit) => {
    const value = Number.parseInt(digit.length === 1 ? digit + digit : digit, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
