import { readFileSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listCampaignFiles } from '../../../campaign/read/folder.ts';
import { findMetadata } from '../../../lib/image-metadata.ts';
import { addressLimits, countEntries } from '../../../campaign/check/check-addresses.ts';
import type { Fault } from '../../../campaign/read/fault.ts';
import type { Dist } from '../dist.ts';

/**
 * Takes out images that no page shows: the bundler publishes each image of the campaign folder and
 * the original of each resized one, with its place and camera still in it.
 */
export function dropUnusedImages(dist: Dist): void {
  const shown = new Set(
    dist.pages.flatMap(({ links }) =>
      [...links.values()].flatMap((link) => (link.kind === 'inside' ? [link.path] : [])),
    ),
  );
  for (const file of dist.files) {
    if (!file.startsWith('assets/') || shown.has(file)) continue;
    const path = join(dist.folder, file);
    rmSync(path, { force: true });
    if (readdirSync(dirname(path)).length === 0) rmdirSync(dirname(path));
    dist.files.delete(file);
  }
}

/**
 * What a site consists of. Anything else got into it by mistake, or to be fetched by someone who
 * knows its name.
 */
const kinds = [
  /^(?:EDITION|CHAIN)\.txt$/,
  /^hosting\/[a-z]+\.txt$/,
  /^[a-z][A-Za-z0-9-]*\/(?:(?:text|mail)\.txt|book\.epub)$/,
  /\.(?:html|xml|webp|avif|jpg|jpeg|png|gif|css)$/,
  /^[\w-]+\/(?:feed(?:\/\d+)*\.json|calendar\.ics)$/,
  /^follow\.opml$/,
  /^pagefind\/pagefind(?:\.js|-entry\.json|\.[\w-]+\.pf_meta)$/,
  /^pagefind\/wasm\.unknown\.pagefind$/,
  /^pagefind\/(?:fragment|index)\/[\w-]+\.pf_(?:fragment|index)$/,
];

/**
 * Checks the names and kinds of all files, and that no image says where and by whom it was taken.
 */
export async function checkFiles(dist: Dist): Promise<void> {
  const folded = new Map<string, string>();
  const files = listCampaignFiles(dist.folder);
  dist.faults.push(...checkFolders(files));
  for (const file of files) {
    const report = (found: string, expected: string, fix: string) =>
      dist.faults.push({ file, found, expected, fix });
    if (file.length > addressLimits.path)
      report(
        `a path of ${file.length} characters`,
        `at most ${addressLimits.path}: some hosts and archives cut longer ones`,
        'shorten the name of the page',
      );
    if (!kinds.some((kind) => kind.test(file)))
      report(
        'a file of this kind',
        'pages, feeds, calendars, files to take along, digests, images, the search index, hosting/*.txt',
        'take it out of public/ or the campaign',
      );
    const duplicate = folded.get(file.toLowerCase());
    if (duplicate)
      report(
        `the same name as ${duplicate} but for case`,
        'names that differ on disks that fold case',
        'rename one of them',
      );
    folded.set(file.toLowerCase(), file);
    if (file.endsWith('.html') && !/^([a-z0-9-]+\/)*[a-z0-9-]{1,60}\.html$/i.test(file))
      report('this name', 'a page name of a-z, 0-9 and hyphens, at most 60', 'rename the page');
    if (/\.(jpe?g|png|webp|avif|gif|tiff?)$/i.test(file)) {
      // A photograph's metadata can hold the place, the day and the camera: enough to find who took
      // it.
      const found = await findMetadata(readFileSync(join(dist.folder, file)));
      if (found.length > 0)
        report(
          `metadata in an image (${found.join(', ')})`,
          'none: it can tell the place and the person',
          'show the image in a text, which strips it, or save it anew without metadata',
        );
    }
  }
}

/** Hosts, archives and programs for IPFS have limits from about 1,000 entries of a folder on. */
const maxEntries = 1000;

/**
 * Checks that no folder of the site has too many entries: those that follow the campaign's folders
 * cannot, which leaves what the build makes by itself.
 */
export function checkFolders(files: readonly string[]): Fault[] {
  return [...countEntries(files)].flatMap(([folder, count]): Fault[] => {
    if (count <= maxEntries) return [];
    return [
      {
        file: `${folder}/`,
        found: `${count} entries`,
        expected: `at most ${maxEntries}: hosts, archives and IPFS limit what a folder holds`,
        fix: 'divide what is written there into folders',
      },
    ];
  });
}
