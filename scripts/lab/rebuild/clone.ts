import { spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../../src/kit/core/text/user-error.ts';
import { hashBytes } from '../../../src/kit/node/platform.ts';
import { project } from '../../build/project.ts';
import { installStamp } from '../../build/rebuild-commit.ts';

/**
 * Around the process that renders, inside of what the build lets through: to move what a person
 * cannot move from outside.
 */
export interface Inside {
  /** A command that starts it, with its parameters: `faketime …`. */
  through?: string[];
  /** Settings that the build would strip, such as TZ. */
  settings?: Record<string, string>;
}

/** What the process that rendered saw of its machine, written down by itself. */
export interface Surroundings {
  folder: string;
  user: string;
  uid: number;
  home: string;
  host: string;
  zone: string;
  locale: string;
  /** Its clock, in milliseconds. */
  now: number;
  node: string;
  processor: string;
}

/** A second clone could not be made or built; in words for the person who runs the lab. */
export class CloneError extends UserError {
  override name = 'CloneError';
}

/**
 * Makes a second clone of the project as it is now, changes that are not committed included, on a
 * branch of its own. It has no packages yet.
 */
export function makeClone(folder: string, branch: string): void {
  const git = (cwd: string, ...words: string[]) => {
    const { status, stdout, stderr, error } = spawnSync('git', words, {
      cwd,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    if (status !== 0)
      throw new CloneError(
        `a second clone needs git and a clone of it: git ${words[0]} says: ` +
          `${(error?.message ?? stderr).trim()}`,
      );
    return stdout;
  };
  for (const path of git(project, 'ls-files', '-coz', '--exclude-standard').split('\0')) {
    if (path === '' || !existsSync(join(project, path))) continue; // deleted, but not committed yet
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(project, path), join(folder, path));
  }
  git(folder, 'init', '-q', '-b', branch);
  git(
    folder,
    '-c',
    'user.name=lab',
    '-c',
    'user.email=lab@lab.invalid',
    '-c',
    'commit.gpgsign=false',
    'commit',
    '-q',
    '--no-verify',
    '--allow-empty',
    '-m',
    'The state of the clone under test',
  );
}

/** Notes that the packages in a clone are those of its lock: else a build would install them. */
export const markInstalled = (folder: string): void =>
  writeFileSync(
    join(folder, installStamp),
    hashBytes(readFileSync(join(folder, 'package-lock.json'))),
  );

/**
 * Gives a clone to another user of the machine: all but its packages, whose owner is the one of the
 * files they are links to.
 */
export function giveAway(folder: string, uid: number): void {
  chownSync(folder, uid, uid);
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, item.name);
    if (item.name === 'node_modules') chownSync(path, uid, uid);
    else if (item.isDirectory()) giveAway(path, uid);
    else lchownSync(path, uid, uid);
  }
}

export interface Start {
  /** What starts the command: a Node, with whatever it is started through. */
  command: string[];
  settings?: NodeJS.ProcessEnv;
  inside?: Inside;
}

/**
 * Builds a clone without any cache, by the command that people use.
 * @returns what the process that rendered saw
 * @throws CloneError with what was printed
 */
export async function buildClone(
  folder: string,
  outDir: string,
  { command, settings = {}, inside = {} }: Start,
): Promise<Surroundings> {
  for (const cache of [
    '.astro',
    'node_modules/.astro',
    'node_modules/.vite',
    'node_modules/.cache',
  ])
    rmSync(join(folder, cache), { recursive: true, force: true });
  const entry = join(folder, 'node_modules/astro/bin/astro.mjs');
  const itself = join(folder, 'node_modules/astro/bin/astro-itself.mjs');
  if (!existsSync(itself)) renameSync(entry, itself);
  rmSync(entry, { force: true });
  writeFileSync(entry, surroundingsScript(inside));
  const [program = process.execPath, ...before] = command;
  const output = await new Promise<string>((done, fail) => {
    const env = { ...process.env, CACHE_DIR: `${outDir}.cache`, ...settings, OUT_DIR: outDir };
    const child = spawn(program, [...before, 'scripts/run.mjs', 'scripts/build.ts'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
    child.on('error', fail);
    child.on('close', (code) =>
      code === 0
        ? done(printed)
        : fail(
            new CloneError(
              `the build ended with ${code}: ${printed.trim().split('\n').slice(-20).join('\n')}`,
            ),
          ),
    );
  });
  const file = join(folder, 'node_modules/.cache/surroundings.json');
  if (!existsSync(file)) throw new CloneError(`the build did not render in the clone: ${output}`);
  return JSON.parse(readFileSync(file, 'utf8')) as Surroundings;
}

/**
 * Stands in the clone where Astro's command was: starts itself once more inside of what is asked
 * for, writes down what it sees there, and becomes Astro.
 */
const surroundingsScript = ({ through = [], settings = {} }: Inside) => `
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';

if (process.env.VYRAI_INSIDE !== '1') {
  const [command, ...before] = ${JSON.stringify(through)}.concat(process.execPath);
  const env = { ...process.env, ...${JSON.stringify(settings)}, VYRAI_INSIDE: '1' };
  const { status, error } = spawnSync(command, [...before, ...process.argv.slice(1)], { stdio: 'inherit', env });
  if (error) console.error(error.message);
  process.exit(status ?? 1);
}
delete process.env.VYRAI_INSIDE;
const { timeZone: zone, locale } = Intl.DateTimeFormat().resolvedOptions();
const { username: user, uid } = os.userInfo();
const seen = { folder: process.cwd(), user, uid, home: os.homedir(), host: os.hostname(), zone, locale, now: Date.now(), node: process.version, processor: process.arch };
writeFileSync(new URL('../../.cache/surroundings.json', import.meta.url), JSON.stringify(seen));
await import('./astro-itself.mjs');
`;
