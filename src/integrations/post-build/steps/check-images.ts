import { statSync } from 'node:fs';
import { join } from 'node:path';
import { budgets } from '../../../lib/page-size.ts';
import type { Dist } from '../dist.ts';

const maxNamed = 10;

/**
 * Checks that images stay within what a mirror can hold and pass on. Pages are bounded one by one,
 * and their number is the number of texts; a few photographs weigh as much as all of them. Comes
 * when links are known and images that no page shows are gone.
 */
export function checkImages(dist: Dist): void {
  const shown = new Map<string, Set<string>>();
  for (const page of dist.pages)
    for (const [{ tagName }, link] of page.links) {
      if (tagName !== 'img' || link.kind !== 'inside') continue;
      const texts = shown.get(link.path) ?? new Set();
      shown.set(link.path, texts.add(page.source ?? page.path));
    }
  const images = [...shown].map(([path, texts]) => ({
    path,
    texts: [...texts].sort(),
    bytes: statSync(join(dist.folder, path), { throwIfNoEntry: false })?.size ?? 0,
  }));
  for (const { path, texts, bytes } of images) {
    if (bytes <= budgets.image) continue;
    dist.faults.push({
      file: texts[0] ?? path,
      found: `the image ${path} of ${bytes} bytes, after it was made smaller`,
      expected: `at most ${budgets.image}: many readers pay for each`,
      fix: 'cut it to what matters, or save it with less detail',
    });
  }
  const sum = images.reduce((total, { bytes }) => total + bytes, 0);
  if (sum <= budgets.images) return;
  const largest = images
    .toSorted((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1))
    .slice(0, maxNamed)
    .map(({ path, texts, bytes }) => `${path} ${bytes} (${texts.join(', ')})`);
  dist.faults.push({
    file: 'the images of the site',
    found: `${sum} bytes in ${images.length} images; the largest: ${largest.join(', ')}`,
    expected: `at most ${budgets.images} together: mirrors copy the site whole, and people pass it on`,
    fix: 'show fewer of them, or cut them to what matters',
  });
}
