import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RebuildError } from './rebuild-error.ts';

/** What Node, Vite and its tools look for in all folders above the one they work in. */
const foreign =
  /^(?:node_modules|package\.json|pnpm-workspace\.yaml|lerna\.json|deno\.jsonc?|[tj]sconfig\.json|\.?postcss.*)$/;

/**
 * Refuses a place for a build if a folder above it holds packages or settings that would have part in it.
 * Attack: the folder for temporary files is everybody's: another user of the machine puts packages or settings there, and they run in
 * the build that is signed.
 * @throws RebuildError
 */
export function refuseForeign(place: string): void {
  for (let above = dirname(place); ; above = dirname(above)) {
    const found = readdirSync(above).find((name) => foreign.test(name));
    if (found !== undefined)
      throw new RebuildError(
        `${join(above, found)} is in no commit, and would have part in the build. Take it away if it is yours, or name another folder for temporary files: TMPDIR=FOLDER npm run …`,
      );
    if (above === dirname(above)) return;
  }
}
