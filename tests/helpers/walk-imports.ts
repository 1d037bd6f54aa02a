import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a file loads, for those that must run without packages. */
export interface ImportWalk {
  /** The files that were read, by their paths from the project. */
  readonly files: readonly string[];
  /** What is neither a file of ours nor was expected: `file: name`. */
  readonly strangers: readonly string[];
}

/**
 * Follows the imports of files, also those inside of functions, through all that they load.
 * `isKnown` says which packages may be named.
 */
export function walkImports(
  entries: readonly string[],
  isKnown: (name: string) => boolean,
): ImportWalk {
  const waiting = [...entries];
  const files = new Set<string>();
  const strangers: string[] = [];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const [, named, called] of readFileSync(file, 'utf8').matchAll(
      /^(?:import|export)\b(?:[^;'"]*\bfrom)?\s*['"]([^'"]+)['"]|\bimport\(\s*(?:['"]([^'"]+)['"])?/gm,
    )) {
      const name = named ?? called ?? 'a name that is made up as it runs';
      if (name.startsWith('.')) waiting.push(join(dirname(file), name));
      else if (!isKnown(name)) strangers.push(`${file}: ${name}`);
    }
  }
  return { files: [...files].sort(), strangers };
}
