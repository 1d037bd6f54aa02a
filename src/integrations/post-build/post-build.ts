import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { CampaignError } from '../../campaign/read/fault.ts';
import { campaignFolder, campaignName } from '../../campaign/read/campaign-folder.ts';
import { readRecords } from '../../campaign/read-campaign.ts';
import { promisedFiles } from '../../kit/core/edition/edition-files.ts';
import { openDist, writePages } from './dist.ts';
import { inLanguage, readFeedSource } from './feed-source.ts';
import { checkMarks, checkPresence, readSources } from './marks.ts';
import { bindWords } from './steps/bind-words.ts';
import { checkBudgets } from './steps/check-budgets.ts';
import { checkFiles, dropUnusedImages } from './steps/check-files.ts';
import { checkImages } from './steps/check-images.ts';
import { checkMarkup } from './steps/check-markup.ts';
import { checkLanguages } from './steps/check-languages.ts';
import { checkText } from './steps/check-text.ts';
import { checkTranslations } from './steps/check-translations.ts';
import { copyIndexDocuments, writeEdition } from './steps/copy-files.ts';
import { carriedPaths, writeCarried } from './steps/write-carried.ts';
import { digestPaths, writeDigests } from './steps/write-digests.ts';
import { divideImages } from './steps/divide-images.ts';
import { indexSearch } from './steps/index-search.ts';
import { rewriteLinks } from './steps/rewrite-links.ts';
import { setLanguages } from './steps/set-languages.ts';
import { setPolicies } from './steps/set-policy.ts';
import { calendarPaths, writeCalendars } from './steps/write-calendars.ts';
import { feedPaths, writeFeeds } from './steps/write-feeds.ts';
import { writeFileList } from './steps/write-file-list.ts';
import { makeTermIndexes, writeTerms } from './steps/write-terms.ts';

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
          ...calendarPaths(records),
          ...feedPaths(site),
          ...site.languages.flatMap(({ tag }) => carriedPaths(tag)),
          ...digestPaths(site.languages.map(({ tag }) => tag)),
          ...promisedFiles(build, site.archives),
        ];
        const time = async <T>(name: string, step: () => T | Promise<T>): Promise<T> => {
          const before = process.cpuUsage();
          const result = await step();
          const { user, system } = process.cpuUsage(before);
          logger.info(`${name}: ${((user + system) / 1e6).toFixed(2)} s CPU`);
          return result;
        };

        await time('write edition', () =>
          writeEdition(fileURLToPath(dir), build, records.editions),
        );
        const dist = await time('read and parse pages', () =>
          openDist(fileURLToPath(dir), site, entries.sites, promised),
        );
        dist.faults.push(...checkPresence(dist.pages));
        await time('set languages', () => setLanguages(dist));
        await time('divide images', () => divideImages(dist));
        await time('bind words', () => bindWords(dist, records.languages));
        await time('rewrite links', () => rewriteLinks(dist));
        await time('drop unused images', () => dropUnusedImages(dist));
        await time('check images', () => checkImages(dist));
        await time('check markup', () => checkMarkup(dist));
        await time('check text', () => checkText(dist));
        await time('check languages', () => checkLanguages(dist, entries.interface));
        await time('check translations', () => checkTranslations(dist));
        const contexts = await time('read what is followed', () => {
          const source = readFeedSource(dist, records);
          return site.languages.map((language) => inLanguage(source, language));
        });
        await time('write feeds', () => writeFeeds(dist, contexts));
        await time('write calendars', () => writeCalendars(dist, contexts));
        await time('write files to take along', () => writeCarried(dist, contexts));
        await time('write digests', () => writeDigests(dist, contexts));
        await time('index search', () => indexSearch(dist, records));
        const terms = await time('index words', () => makeTermIndexes(dist, records));
        await time('set policies', () => setPolicies(dist));
        await time('write pages', () => writePages(dist));
        await time('write index of words', () => writeTerms(dist, terms));
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
