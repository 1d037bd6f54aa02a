import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inject } from 'vitest';
import { runNode, type NodeOutcome } from './run-node.ts';

/** Runs a command of the project as its user would, and waits for its end. */
export const runCommand = (
  script: string,
  settings: Record<string, string> = {},
): Promise<NodeOutcome> => runNode(['scripts/run.mjs', `scripts/${script}`], settings);

/**
 * Builds a campaign with the real command. A cache of its own, so that builds can run side by side.
 */
export async function tryBuild(
  outDir: string,
  settings: Record<string, string> = {},
): Promise<NodeOutcome> {
  return runCommand('build.ts', { OUT_DIR: outDir, CACHE_DIR: `${outDir}.cache`, ...settings });
}

/** The same, for campaigns that must build. */
export async function buildInto(
  outDir: string,
  settings: Record<string, string> = {},
): Promise<void> {
  const { code, output } = await tryBuild(outDir, settings);
  if (code !== 0)
    throw new Error(
      `the build of ${settings['CONTENT_DIR'] ?? 'the default campaign'} failed:\n${output}`,
    );
}

/** A new empty folder, which goes when the run ends. */
export const makeFolder = (name: string) => mkdtempSync(join(inject('scratch'), name));

/**
 * Changes of a campaign, by file: a new text, what becomes of the old one, or null where the file
 * goes.
 */
export type Changes = Record<string, string | Buffer | null | ((text: string) => string)>;

/** A copy of the garden campaign with some files changed. */
export function changeGarden(changes: Changes): string {
  const folder = makeFolder('garden-');
  cpSync('tests/fixtures/garden', folder, { recursive: true });
  for (const [file, change] of Object.entries(changes)) {
    const path = join(folder, file);
    if (change === null) {
      rmSync(path);
      continue;
    }
    mkdirSync(dirname(path), { recursive: true });
    const content = typeof change === 'function' ? change(readFileSync(path, 'utf8')) : change;
    if (typeof change === 'function' && content === readFileSync(path, 'utf8'))
      throw new Error(`the change of ${file} changes nothing`);
    writeFileSync(path, content);
  }
  return folder;
}

/** A replacement that must find something to replace. */
export const swap = (from: string, to: string) => (text: string) => text.replace(from, to);

/** The line of an update with an identifier of its own, always the same for one name. */
export const idLine = (name: string): string =>
  `id: a${createHash('sha256').update(name).digest('hex').slice(0, 25)}`;

/** A copy of an update as another one, whose identifier it must not have. */
export const withOwnId = (text: string, name: string): string =>
  text.replace(/^id: .*$/m, idLine(name));
