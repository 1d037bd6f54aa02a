import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { openFolder } from '../../src/kit/node/source/folder-copy.ts';
import {
  parseManifest,
  compareManifests,
  printManifestDifference,
} from '../../src/kit/core/manifest/manifest.ts';
import { quoteName } from '../../src/kit/core/text/plain-characters.ts';
import {
  editionFile,
  manifestFile,
  readSignatureName,
} from '../../src/kit/core/edition/edition-files.ts';
import { statesFile } from '../../src/campaign/editions/states.ts';
import { printEditionStates } from '../../src/campaign/read-campaign.ts';
import { findNewestEdition, type KeptEdition } from './kept-edition.ts';
import { findFirstCommit, findPrefix, findRepository, git, requireCommit } from './git.ts';
import { rebuildCommit, type Sources, RebuildError } from './rebuild-commit.ts';
import { digestSources, sourcesFile } from './sources.ts';

/** An edition, built again from its commit. */
export interface RebuiltEdition {
  /** As the campaign at hand keeps it. */
  readonly kept: KeptEdition;
  /** The built site. */
  readonly folder: string;
  /**
   * The campaign that it was built from, as committed: what a signer is shown of the sources is
   * read here.
   */
  readonly campaignFolder: string;
  /** Its `SHA256SUMS`. */
  readonly list: Buffer;
  /** The text of `sources.txt` for what it was built from. */
  readonly sources: string;
  /**
   * The text of `states.txt`: what the next edition tells subscribers of is what differs from it.
   */
  readonly states: string;
}

const maxShown = 20;

/**
 * Builds the newest edition of a campaign again from what is committed, and compares it with the
 * list that is kept, if one is. Attacks: a changed `dist/` that is signed unseen; packages or files
 * of this machine that no commit has; a list that was signed for other bytes than anyone can
 * rebuild.
 * @throws GitError, RebuildError, EditionError
 */
export async function rebuildEdition(
  sources: Sources,
  scratch: string,
  report: (line: string) => void,
): Promise<RebuiltEdition> {
  const { campaignFolder } = sources;
  const kept = findNewestEdition(campaignFolder);
  if (!kept)
    throw new RebuildError('The campaign has no edition yet. Begin one: npm run new -- edition');
  const { number } = kept.edition;
  requirePlain(campaignFolder, kept.folder);
  const own = `${findPrefix(campaignFolder)}editions/${number}/`;
  const built = await rebuildCommit(
    sources,
    (repository) =>
      requireCommit(
        repository,
        (path) => path.startsWith(own) && isOfSigning(path.slice(own.length)),
      ),
    scratch,
    report,
  );

  const list = readFileSync(join(built.folder, manifestFile));
  const isEdition =
    existsSync(join(kept.folder, editionFile)) &&
    readFileSync(join(built.folder, editionFile)).equals(
      readFileSync(join(kept.folder, editionFile)),
    );
  if (!isEdition)
    throw new RebuildError(
      `The commit does not build edition ${number}, but a draft: something has changed ` +
        'since it was listed. Begin again with "npm run new -- edition", and commit what it ' +
        'writes.',
    );
  const keptList = join(kept.folder, manifestFile);
  if (existsSync(keptList) && !readFileSync(keptList).equals(list)) {
    const lines = printManifestDifference(
      compareManifests(parseManifest(readFileSync(keptList)), parseManifest(list)),
      maxShown,
    );
    throw new RebuildError(
      'The commit builds other files than the list that is kept for edition ' +
        `${number}:\n${lines.map((line) => `  ${line}`).join('\n')}\nIf this machine is of ` +
        'another kind than Linux on x64 or arm64, build there; else ask who listed it, and sign ' +
        'nothing.',
    );
  }
  return {
    kept,
    folder: built.folder,
    campaignFolder: built.campaignFolder,
    list,
    sources: await digestSources(built.project, built.campaignFolder),
    states: printEditionStates(built.campaignFolder, 'of the commit'),
  };
}

/**
 * What signing writes into the folder of an edition, and no build reads: it may be there though no
 * commit has it.
 */
const isOfSigning = (name: string): boolean =>
  name === sourcesFile ||
  name === statesFile ||
  name === manifestFile ||
  readSignatureName(name) !== undefined ||
  name.startsWith('attestations/');

/**
 * Attack: a link among what signing writes, such as sources.txt, through which it writes over
 * another file of the signer.
 */
export function requirePlain(campaignFolder: string, folder: string): void {
  const isInPlace =
    realpathSync(folder) === join(realpathSync(campaignFolder), relative(campaignFolder, folder));
  const irregular = isInPlace
    ? openFolder(folder).irregular.find(({ kind }) => kind !== 'empty')
    : { path: folder, what: 'below a symbolic link' };
  if (irregular)
    throw new RebuildError(
      `${quoteName(irregular.path)}, where this edition is kept, is ${irregular.what}, ` +
        'expected plain files and folders: what signing writes would land elsewhere. Take it ' +
        'out.',
    );
}

/**
 * Builds an earlier edition again, from the first commit that kept its list as it is; undefined
 * where none did. Throws GitError, RebuildError.
 */
export async function rebuildEarlier(
  sources: Sources,
  number: number,
  scratch: string,
  report: (line: string) => void,
): Promise<string | undefined> {
  const repository = findRepository(sources.campaignFolder);
  const commit = findFirstCommit(
    repository,
    `${findPrefix(sources.campaignFolder)}editions/${number}/${manifestFile}`,
  );
  if (commit === undefined) return undefined;
  const engine = findRepository(sources.project);
  // Where the campaign has a repository of its own, the project is taken as it was at that time.
  const commitOf = (asked: string): string =>
    asked === repository
      ? commit
      : git(
          engine,
          'rev-list',
          '-1',
          `--before=${git(repository, 'show', '-s', '--format=%cI', commit)}`,
          'HEAD',
        );
  return (await rebuildCommit(sources, commitOf, scratch, report)).folder;
}
