import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '../../scripts/build/project.ts';
import { linkPackages } from '../../scripts/build/rebuild-commit.ts';
import { makeClone } from '../../scripts/lab/rebuild/clone.ts';
import { makeFolder } from './build.ts';
import { runNode, type NodeOutcome } from './run-node.ts';

/** A clone of this project in which people make an edition by the commands that they use. */
export interface EditionClone {
  readonly folder: string;
  /** The campaign, as a path below the clone. */
  readonly campaign: string;
  /** Runs `npm run SCRIPT -- WORDS`, with `input` as all that is typed. */
  run(
    script: string,
    words: readonly string[],
    input?: string,
    settings?: Record<string, string>,
  ): Promise<NodeOutcome>;
  /** Builds into a new folder. */
  build: (name: string) => Promise<NodeOutcome & { folder: string }>;
  git: (...words: string[]) => string;
  /** Commits all that has changed. */
  commit: (what: string) => void;
  /** Changes a file of the campaign; the change has to find its place. */
  edit: (file: string, change: (text: string) => string) => void;
  /** Where an edition is kept. */
  keep: (number: number) => string;
}

/** @param campaign the folder of a campaign in this project: `src/content`, or a fixture */
export function makeEditionClone(campaign: string): EditionClone {
  const folder = join(makeFolder('sign-'), 'clone');
  mkdirSync(folder);
  makeClone(folder, 'main');
  linkPackages(project, folder);
  const author = ['-c', 'user.name=garden', '-c', 'user.email=garden@garden.invalid'];
  const git = (...words: string[]) =>
    execFileSync('git', [...author, ...words], { cwd: folder, encoding: 'utf8' });
  const commit = (what: string): void => {
    git('add', '-A');
    git('commit', '-qm', what);
  };
  const run: EditionClone['run'] = (script, words, input = '', settings = {}) => {
    const surroundings = {
      CONTENT_DIR: campaign,
      INIT_CWD: folder,
      npm_config_yes: '',
      ...settings,
    };
    return runNode(['scripts/run.mjs', `scripts/${script}.ts`, ...words], surroundings, {
      cwd: folder,
      input,
    });
  };
  commit('The state under test');
  return {
    folder,
    campaign,
    run,
    git,
    commit,
    build: async (name) => {
      const target = join(makeFolder(`${name}-`), 'site');
      return { ...(await run('build', [], '', { OUT_DIR: target })), folder: target };
    },
    edit: (file, change) => {
      const path = join(folder, campaign, file);
      const text = readFileSync(path, 'utf8');
      if (change(text) === text) throw new Error(`nothing changed in ${file}`);
      writeFileSync(path, change(text));
    },
    keep: (number) => join(folder, campaign, 'editions', String(number)),
  };
}
