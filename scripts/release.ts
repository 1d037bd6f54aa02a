/**
 * `npm run release`: puts the checkers, the archives and their sums into one folder, ready to be
 * signed and attached to a release. They go next to the site, never into it: a false mirror would
 * bring its own.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { campaignFolder } from '../src/campaign/read/campaign-folder.ts';
import { findRepository, requireCommit } from './build/git.ts';
import { project } from './build/project.ts';
import { outFolder } from './build/run-build.ts';
import { digestSources } from './build/sources.ts';
import { parseWords, runCommand } from './cli/command-line.ts';
import { sumsFile, writeRelease } from './release/write-release.ts';

const usage = `npm run release

Puts into the folder release/ what is released next to the site: verify.mjs and check.html, with which anybody can check a copy without a clone, the archives of the site in dist, its list and signatures, and ${sumsFile} of all. The same commit gives the same bytes. It takes a site that this clone has built from this commit (npm run build).`;

await runCommand(async () => {
  parseWords(process.argv.slice(2), {}, usage, 0);
  for (const repository of new Set([project, campaignFolder()].map(findRepository)))
    requireCommit(repository, () => false);
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
    version: string;
  };
  const sources = await digestSources(project, campaignFolder());
  const target = join(project, 'release');
  const names = await writeRelease({ project, site: outFolder(), sources, version }, target);
  console.log(`release ${version}, in ${target}:`);
  for (const name of names) console.log(`  ${name}`);
  console.log(
    `\nSign ${sumsFile} (minisign -S -m ${join('release', sumsFile)}), and attach all files and the signature to the release.`,
  );
  return 0;
});
