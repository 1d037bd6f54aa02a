import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { CampaignError } from '../../campaign/read/fault.ts';
import { campaignFolder, campaignName } from '../../campaign/read/folder.ts';
import { readRecords } from '../../campaign/read-campaign.ts';
import { promisedFiles } from '../../kit/core/edition/edition-files.ts';
import { openDist, writePages } from './dist.ts';
import { checkMarks, checkPresence, readSources } from './marks.ts';
import { checkBudgets } from './steps/check-budgets.ts';
import { checkFiles, dropUnusedImages } from './steps/check-files.ts';
import { checkMarkup } from './steps/check-markup.ts';
import { checkLanguages } from './steps/check-languages.ts';
import { checkText } from './steps/check-text.ts';
import { checkTranslations } from './steps/check-translations.ts';
import { copyEdition, copyIndexDocuments } from './steps/copy-files.ts';
import { indexSearch } from './steps/index-search.ts';
import { rewriteLinks } from './steps/rewrite-links.ts';
import { setLanguages } from './steps/set-languages.ts';
import { setPolicies } from './steps/set-policy.ts';
import { feedPaths, writeFeeds } from './steps/write-feeds.ts';
import { writeFileList } from './steps/write-file-list.ts';

/**
 * What makes a mirror-ready site of what Astro has built. The order matters: each step reads what
 * those before it have found.
 */
export function postBuild(): AstroIntegration {
  let sources = '';
  return {
    name: 'vyrai/post-build',
    hooks: {
      'astro:config:done': ({ config }) => {
        sources = fileURLToPath(config.srcDir);
      },
      'astro:build:start': () => {
        const faults = checkMarks(
          readSources(sources, /^(?:components|layouts|pages)\/.*\.astro$/),
          readSources(sources, /^integrations\/post-build\/(?!marks\.ts).*\.ts$/),
        );
        if (faults.length > 0) throw new CampaignError(faults, 'the marks of pages');
      },
      'astro:build:done': async ({ dir, logger }) => {
        const records = readRecords(campaignFolder(), campaignName());
        const { site, entries, build } = records;
        const promised = [
          ...site.languages.flatMap(({ tag }) => feedPaths(tag)),
          ...promisedFiles(build),
        ];
        const time = async <T>(name: string, step: () => T | Promise<T>): Promise<T> => {
          const before = process.cpuUsage();
          const result = await step();
          const { user, system } = process.cpuUsage(before);
          logger.info(`${name}: ${((user + system) / 1e6).toFixed(2)} s CPU`);
          return result;
        };

        await time('copy edition', () => copyEdition(fileURLToPath(dir), build));
        const dist = await time('read and parse pages', () =>
          openDist(fileURLToPath(dir), site, entries.sites, promised),
        );
        dist.faults.push(...checkPresence(dist.pages));
        await time('set languages', () => setLanguages(dist));
        await time('rewrite links', () => rewriteLinks(dist));
        await time('drop unused images', () => dropUnusedImages(dist));
        await time('check markup', () => checkMarkup(dist));
        await time('check text', () => checkText(dist));
        await time('check languages', () => checkLanguages(dist, entries.interface));
        await time('check translations', () => checkTranslations(dist));
        await time('write feeds', () => writeFeeds(dist, records));
        await time('index search', () => indexSearch(dist));
        await time('set policies', () => setPolicies(dist));
        await time('write pages', () => writePages(dist));
        await time('copy index documents', () => copyIndexDocuments(dist));
        await time('write file list', () => writeFileList(dist));
        await time('check budgets', () => checkBudgets(dist));
        await time('check files', () => checkFiles(dist));
        if (dist.faults.length > 0)
          throw new CampaignError(dist.faults, `the pages built from ${campaignName()}`);
      },
    },
  };
}
