import type { Fault } from '../read/fault.ts';
import type { Papers } from '../read/papers.ts';
import type { SourceFile } from '../read/source-file.ts';
import type { Site } from '../schema/site.ts';

/** Contrast that text of ordinary size needs (WCAG 2.2, 1.4.3, level AA). */
const minContrast = 4.5;

/**
 * Checks that the accent colours of a campaign can be read on its papers: links, the current page and the word "dangerous" are set
 * in them. The tests of this project look at its own campaigns alone; another one would find out from its readers.
 */
export function checkAccents(
  { accent }: Pick<Site, 'accent'>,
  { file, lineOf }: Pick<SourceFile, 'file' | 'lineOf'>,
  papers: Papers,
): Fault[] {
  return (['light', 'dark'] as const).flatMap((scheme): Fault[] => {
    const ratio = contrastOf(accent[scheme], papers[scheme]);
    if (ratio >= minContrast) return [];
    const readable = findReadable(accent[scheme], papers[scheme]);
    return [
      {
        file,
        line: lineOf(['accent', scheme]),
        where: `field "accent.${scheme}"`,
        found: `"${accent[scheme]}", whose contrast is ${showRatio(ratio)} on ${papers[scheme]}`,
        expected: `a contrast of at least ${minContrast} : 1 on the ${scheme} background: links and warnings have this colour`,
        fix: `make it ${scheme === 'light' ? 'darker' : 'lighter'}, such as ${readable}`,
      },
    ];
  });
}

/** The contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrastOf(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG 2.2, "relative luminance". */
function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const channelsOf = (colour: string): number[] =>
  [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));

/** The nearest mix of a colour with black or white that has enough contrast on a paper. */
function findReadable(colour: string, paper: string): string {
  const end = luminanceOf(paper) > 0.18 ? 0 : 255; // the end that is further away in contrast
  for (let percent = 1; percent <= 100; percent++) {
    const mixed = channelsOf(colour)
      .map((channel) => Math.round(channel + ((end - channel) * percent) / 100))
      .map((channel) => channel.toString(16).padStart(2, '0'));
    const candidate = `#${mixed.join('')}`;
    if (contrastOf(candidate, paper) >= minContrast) return candidate;
  }
  return end === 0 ? '#000000' : '#ffffff';
}

/** Rounded down: what is just too little must not look like enough. */
const showRatio = (ratio: number): string => `${Math.floor(ratio * 100) / 100} : 1`;
