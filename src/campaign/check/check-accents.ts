import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Fault } from '../read/fault.ts';
import type { SourceFile } from '../read/source-file.ts';
import type { Site } from '../schema/site.ts';

/** Contrast that text of ordinary size needs (WCAG 2.2, 1.4.3, level AA). */
export const minContrast = 4.5;

/**
 * Checks that the accent colours of a campaign can be read on its papers: links, the current page
 * and the word "dangerous" are set in them. The tests of this project look at its own campaigns
 * alone; another one would find out from its readers.
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
        expected:
          `a contrast of at least ${minContrast} : 1 on the ${scheme} background: links and ` +
          'warnings have this colour',
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
export function findReadable(colour: string, paper: string): string {
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

/** The colours behind all text, as `#rrggbb`. */
export interface Papers {
  light: string;
  dark: string;
}

/**
 * The papers of the style of all pages, read from the style itself: a second list of them would go
 * wrong unseen.
 * @param style the text of a style sheet that sets `--paper` in `:root`, first for light, then for
 * dark colours
 */
export function readPapers(style = readSiteStyle()): Papers {
  const found = [...style.matchAll(/--paper:\s*([^;}]*)/g)].map(([, value = '']) => value.trim());
  const [light, dark] = found.map(spellOut);
  const inDark = style.slice(style.search(/@media\s*\(prefers-color-scheme:\s*dark\)/));
  if (found.length !== 2 || !light || !dark || !inDark.includes(`--paper: ${found[1]}`))
    throw new Error(
      `src/styles/site.css sets --paper to ${found.join(', ') || 'nothing'}; the check of ` +
        'accent colours needs two hexadecimal colours, the second for dark schemes',
    );
  return { light, dark };
}

/** From the process' folder, since bundling moves this module (see `folder.ts`). */
const readSiteStyle = () => readFileSync(resolve(process.cwd(), 'src/styles/site.css'), 'utf8');

/** `#fff` as `#ffffff`; undefined for what is no hexadecimal colour. */
function spellOut(colour: string): string | undefined {
  const [, short] = /^#([0-9a-f]{3})$/i.exec(colour) ?? [];
  if (short !== undefined) return `#${short.replace(/./g, '$&$&')}`;
  return /^#[0-9a-f]{6}$/i.test(colour) ? colour : undefined;
}
