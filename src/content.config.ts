import { relative, sep } from 'node:path';
import { defineCollection } from 'astro:content';
import type { Loader } from 'astro/loaders';
import { z } from 'astro/zod';
import { printEdition } from './kit/core/edition/edition.ts';
import { parseManifest } from './kit/core/manifest/manifest.ts';
import { listFilterPages } from './lib/filter-page.ts';
import {
  collectionNames,
  type CollectionName,
  type DataOf,
} from './campaign/schema/collections.ts';
import { campaignFolder, campaignName } from './campaign/read/campaign-folder.ts';
import { isInCampaign, readText } from './campaign/read/folder.ts';
import { readCampaign, type Campaign } from './campaign/read-campaign.ts';
import type { Site } from './campaign/schema/site.ts';

const folder = campaignFolder();
let reading: Promise<Campaign> | undefined;
/** The campaign, read once for all collections; anew after a file was saved. */
const read = () => (reading ??= readCampaign(folder, campaignName()));

type Fill = (campaign: Campaign, store: Parameters<Loader['load']>[0]['store']) => void;

/**
 * A loader that fills a collection from the campaign, and fills it anew when an editor saves a file
 * (`npm run dev`).
 */
function loadWith(name: string, fill: Fill): Loader {
  return {
    name: `campaign/${name}`,
    load: async ({ store, watcher, logger }) => {
      const refill = (campaign: Campaign) => {
        store.clear();
        fill(campaign, store);
      };
      refill(await read());
      watcher?.on('all', (_event, path) => {
        if (!isInCampaign(path)) return;
        reading = undefined;
        setTimeout(() => {
          const newest = read();
          newest.then(
            // a reading that ends after a younger one would bring the old words back
            (campaign) => newest === reading && refill(campaign),
            (error: unknown) =>
              name === 'site' &&
              logger.error(error instanceof Error ? error.message : String(error)),
          ); // all wait for one reading; one reports its faults
        }, 50);
      });
    },
  };
}

/**
 * What every entry carries besides its own fields: the end of its address, where it was written, in
 * which language.
 */
interface Origin {
  slug: string;
  file: string;
  language?: string;
}

/** An edition as Astro's store holds it, which knows neither bytes nor keys. */
interface StoredEdition {
  /** Its EDITION.txt. */
  text: string;
  /** Ids of the keys whose signature of its list is kept. */
  signedBy: string[];
  /** How many of the rebuilders that site.yaml names have attested it. */
  rebuiltBy: number;
  /** Names of its pages that narrow a list down: `actions/write`, `updates/about/weather`. */
  filterPages: string[];
}

/**
 * A collection of the campaign. Only checked data and the path go into Astro's store, not the text:
 * the store is read whole, bundled as a module and held in memory, which for thousands of texts
 * costs more than all the rest of the build. Astro compiles MDX from its path (`deferredRender`);
 * markdown is rendered inside its page (`data/render-text.ts`).
 */
const collect = <C extends CollectionName>(collection: C) =>
  defineCollection({
    // types only: `readCampaign` has checked the data with the real schema
    schema: z.custom<DataOf<C> & Origin>(),
    loader: loadWith(collection, (campaign, store) => {
      for (const { id, file, data, slug, language } of campaign.entries[collection]) {
        const filePath = relative(process.cwd(), `${folder}/${file}`).split(sep).join('/');
        store.set({
          id,
          data: { ...data, slug, file, language },
          ...(file.endsWith('.mdx') && { filePath, deferredRender: true }),
        });
      }
    }),
  });

/** One for each row of the table of collections. */
const collectAll = () =>
  Object.fromEntries(collectionNames().map((name) => [name, collect(name)])) as {
    [C in CollectionName]: ReturnType<typeof collect<C>>;
  };

export const collections = {
  site: defineCollection({
    schema: z.custom<
      Site & { ornamentMarkup: string; drawingMarkup?: string; postcardMarkup?: string }
    >(),
    loader: loadWith('site', ({ site }, store) => {
      store.set({
        id: 'site',
        data: {
          ...site,
          ornamentMarkup: readText(folder, site.ornament).trim(),
          ...(site.drawing && { drawingMarkup: readText(folder, site.drawing).trim() }),
          ...(site.postcard && { postcardMarkup: readText(folder, site.postcard).trim() }),
        },
      });
    }),
  }),
  editions: defineCollection({
    schema: z.custom<StoredEdition>(),
    loader: loadWith('editions', ({ editions, attestations, site }, store) => {
      for (const { edition, signatures, list } of editions) {
        const signedBy = signatures.map(({ signature }) => signature.keyId);
        // Anyone can make a key and an attestation: those count whom the campaign knows.
        const rebuiltBy = (attestations.get(edition.number) ?? []).filter((key) =>
          site.keys?.rebuilders.includes(key),
        ).length;
        store.set({
          id: String(edition.number),
          data: {
            text: printEdition(edition),
            signedBy,
            rebuiltBy,
            filterPages: list ? listFilterPages(parseManifest(list)) : [],
          },
        });
      }
    }),
  }),
  ...collectAll(),
};
