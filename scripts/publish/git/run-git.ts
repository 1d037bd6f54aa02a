import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { promisify } from 'node:util';
import { quoteName } from '../../../src/kit/core/text/plain-characters.ts';
import { PlaceError } from '../place-error.ts';

/** A repository that is made for one run. */
export interface Workshop {
  readonly repository: string;
  /** The files that go into a commit. */
  readonly files: string;
}

/**
 * What this machine makes git do elsewhere, and must not do here. Attack: a filter, a hook or a
 * line end of the volunteer's settings changes the bytes that were signed.
 */
const plain = [
  ...['-c', 'core.autocrlf=false', '-c', 'core.safecrlf=false', '-c', 'core.fileMode=false'],
  ...['-c', 'i18n.commitEncoding=UTF-8'],
  ...['-c', `core.attributesFile=${devNull}`, '-c', `core.excludesFile=${devNull}`],
  ...['-c', `core.hooksPath=${devNull}`],
];

/** Settings that would lead git to another repository, as hooks hand them on. */
const astray = /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|COMMON_DIR|NAMESPACE|PREFIX)$/;

/**
 * Runs git and returns what it prints. Passwords and keys are asked for and kept by git, ssh and
 * their helpers.
 * @param env settings besides those of this process
 * @throws PlaceError with its own words
 */
export async function runGit(
  { repository, files }: Workshop,
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Buffer> {
  const own = Object.entries(process.env).filter(([name]) => !astray.test(name));
  try {
    const { stdout } = await promisify(execFile)(
      'git',
      [...plain, `--git-dir=${repository}`, `--work-tree=${files}`, ...words],
      {
        cwd: files,
        encoding: 'buffer',
        maxBuffer: 2 ** 30,
        env: { ...Object.fromEntries(own), GIT_NO_REPLACE_OBJECTS: '1', ...env },
      },
    );
    return stdout;
  } catch (error) {
    if (!(error instanceof Error && 'stderr' in error)) throw error;
    if ('code' in error && error.code === 'ENOENT')
      throw new PlaceError('git could not be started. Install it, then try again.', {
        cause: error,
      });
    const said = String(error.stderr).trim().split('\n').slice(-4).join(' / ');
    throw new PlaceError(`git ${words[0]} says: ${quoteName(said, 600)}`, { cause: error });
  }
}
