import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { UserError } from '../../src/kit/core/text/user-error.ts';
import { git } from '../build/git.ts';
import { project } from '../build/project.ts';
import { linkPackages } from '../build/rebuild-commit.ts';
import { runNode } from '../build/run-node.ts';
import { stopped } from '../cli/command-line.ts';

/** A step of the demonstration that ended otherwise than it must, or somebody stopped it. */
export class DemoError extends UserError {
  override readonly name = 'DemoError';
}

/** Somebody stopped it. */
class StoppedError extends DemoError {
  constructor() {
    super('Stopped.', { exitCode: stopped });
  }
}

function requireGoing(stop: AbortSignal): void {
  if (stop.aborted) throw new StoppedError();
}

/** A clone of this project in a temporary folder, with commands that run there. */
export interface Workspace {
  readonly folder: string;
  readonly clone: string;
  /**
   * Runs `npm run SCRIPT -- WORDS` in the clone and gives its lines.
   * @param expected what it has to end with
   * @throws DemoError with all that was printed, if it ends with anything else
   */
  run(script: string, words: readonly string[], expected?: number): Promise<string[]>;
  /** Commits all that has changed. Throws GitError. */
  readonly commit: (message: string) => void;
  /** Takes the folder away, with all that is in it. */
  readonly remove: () => void;
}

/** Of this project, what a build needs: texts, tests and the lab stay behind. */
const parts = [
  ...['public', 'scripts', 'src', 'astro.config.mjs', 'package.json', 'package-lock.json'],
  ...['tsconfig.json', '.gitattributes', '.gitignore'],
];
const left = /^(?:src\/content|scripts\/lab)$|(?:^|\/)node_modules$/;

/** Settings of whoever starts the demonstration that would lead its commands out of its folder. */
const astray =
  /^(?:CONTENT_DIR|OUT_DIR|CACHE_DIR|VYRAI_STATE|GIT_.*|npm_(?:config|lifecycle)_.*)$/i;

/**
 * Makes the clone, with a campaign in the place of `src/content`. Nothing of this project is
 * changed: its packages are linked, caches and memory are in the temporary folder too.
 * @param campaign folder of a campaign, from the root of this project
 * @param stop ends it between two steps (Ctrl-C)
 * @throws GitError if git is missing; DemoError if it was stopped
 */
export function makeWorkspace(campaign: string, stop: AbortSignal): Workspace {
  // The true path: what a command prints of it can then be found and shortened.
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'vyrai-demo-'));
  const clone = join(folder, 'clone');
  const remove = (): void =>
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  const commit = (message: string): void => {
    const author = ['-c', 'user.name=demo', '-c', 'user.email=demo@demo.invalid'];
    const own = ['-c', `core.hooksPath=${devNull}`, '-c', 'commit.gpgsign=false'];
    git(clone, 'add', '--all');
    git(clone, ...author, ...own, 'commit', '--quiet', '--message', message);
  };
  try {
    for (const name of ['clone', 'keys', 'tmp']) mkdirSync(join(folder, name));
    git(clone, '-c', 'init.defaultBranch=main', 'init', '--quiet'); // first: git may be missing
    for (const part of parts)
      cpSync(join(project, part), join(clone, part), {
        recursive: true,
        filter: (source) => !left.test(relative(project, source).replaceAll('\\', '/')),
      });
    cpSync(join(project, campaign), join(clone, 'src/content'), { recursive: true });
    linkPackages(project, clone);
    commit('The campaign');
  } catch (error) {
    remove();
    throw error;
  }
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !astray.test(name))),
    INIT_CWD: clone,
    VYRAI_STATE: join(folder, 'seen.json'),
    ...Object.fromEntries(['TMPDIR', 'TEMP', 'TMP'].map((name) => [name, join(folder, 'tmp')])),
  };
  const run: Workspace['run'] = async (script, words, expected = 0) => {
    const file = ['scripts/run.mjs', `scripts/${script}.ts`, ...words];
    requireGoing(stop);
    const { code, output } = await runNode(file, { cwd: clone, env }, () => undefined);
    if (code === undefined || code === stopped) throw new StoppedError();
    requireGoing(stop);
    if (code !== expected)
      throw new DemoError(
        `npm run ${script} ended with ${code}, expected ${expected}. It said:\n\n${output}`,
      );
    return output.split('\n').map((line) => line.trimEnd());
  };
  return { folder, clone, run, commit, remove };
}

/**
 * Changes a file as a false mirror would.
 * @throws DemoError if there is nothing to change
 */
export function falsify(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from))
    throw new DemoError(`${file} does not hold ${from}, which the demonstration changes there.`);
  writeFileSync(file, text.replaceAll(from, to));
}
