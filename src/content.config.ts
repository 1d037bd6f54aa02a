import { relative, sep } from 'node:path';
import { defineCollection } from 'astro:content';
import type { Loader } from 'astro/loaders';
import { z } from 'astro/zod';
import type { CollectionName, DataOf } from './campaign/collections.ts';
import { campaignFolder, campaignName, readText } from './campaign/folder.ts';
import { readCampaign, type Campaign } from './campaign/read-campaign.ts';
import type { Site } from './schema/site.ts';

const folder = campaignFolder();
const firstReading = readCampaign(folder, campaignName());

type Fill = (campaign: Campaign, store: Parameters<Loader['load']>[0]['store']) => void;

/** A loader that fills a collection from the campaign, and fills it anew when an editor saves a file (`npm run dev`). */
function loadWith(name: string, fill: Fill): Loader {
  return {
    name: `campaign/${name}`,
    load: async ({ store, watcher, logger }) => {
      store.clear();
      fill(await firstReading, store);
      watcher?.add(folder);
      watcher?.on('all', (_event, path) => {
        if (!path.startsWith(folder)) return;
        readCampaign(folder, campaignName()).then(
          (campaign) => {
            store.clear();
            fill(campaign, store);
          },
          (error: unknown) => logger.error(String(error)),
        );
      });
    },
  };
}

/** What every entry carries besides its own fields: the end of its address, where it was written, in which language. */
interface Origin {
  slug: string;
  file: string;
  language?: string;
}

/**
 * A collection of the campaign. Only checked data and the path go into Astro's store, not the text: the store is read whole,
 * bundled as a module and held in memory, which for thousands of texts costs more than all the rest of the build. Astro
 * compiles MDX from its path (`deferredRender`); markdown is rendered inside its page (`data/render-text.ts`).
 */
const collect = <C extends CollectionName>(collection: C) =>
  defineCollection({
    schema: z.custom<DataOf<C> & Origin>(), // types only: `readCampaign` has checked the data with the real schema
    loader: loadWith(collection, (campaign, store) => {
      for (const { id, file, data, slug, language } of campaign.entries[collection]) {
        const filePath = relative(process.cwd(), `${folder}/${file}`).split(sep).join('/');
        store.set({ id, data: { ...data, slug, file, language }, ...(file.endsWith('.mdx') && { filePath, deferredRender: true }) });
      }
    }),
  });

export const collections = {
  site: defineCollection({
    schema: z.custom<Site & { ornamentMarkup: string }>(),
    loader: loadWith('site', ({ site }, store) => {
      store.set({ id: 'site', data: { ...site, ornamentMarkup: readText(folder, site.ornament).trim() } });
    }),
  }),
  guides: collect('guides'),
  updates: collect('updates'),
  initiatives: collect('initiatives'),
  actions: collect('actions'),
  sites: collect('sites'),
  mirrors: collect('mirrors'),
  dates: collect('dates'),
  figures: collect('figures'),
  interface: collect('interface'),
};
