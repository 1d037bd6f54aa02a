import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The colours behind all text, as `#rrggbb`. */
export interface Papers {
  light: string;
  dark: string;
}

/**
 * The papers of the style of all pages, read from the style itself: a second list of them would go wrong unseen.
 * @param style the text of a style sheet that sets `--paper` in `:root`, first for light, then for dark colours
 */
export function readPapers(style = readSiteStyle()): Papers {
  const found = [...style.matchAll(/--paper:\s*([^;}]*)/g)].map(([, value = '']) => value.trim());
  const [light, dark] = found.map(spellOut);
  const inDark = style.slice(style.search(/@media\s*\(prefers-color-scheme:\s*dark\)/));
  if (found.length !== 2 || !light || !dark || !inDark.includes(`--paper: ${found[1]}`))
    throw new Error(
      `src/styles/site.css sets --paper to ${found.join(', ') || 'nothing'}; the check of accent colours needs two hexadecimal colours, the second for dark schemes`,
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
