import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeDocumentRoots, type subPath } from '../../scripts/lab/document-roots.ts';
import type { Host } from '../../scripts/lab/hosts/host.ts';
import type { ServedSite } from '../../scripts/lab/served-site.ts';
import { readSite, type StaticSite } from '../../scripts/lab/site.ts';
import { makeFolder } from './build.ts';

export type Files = Record<string, string | Buffer>;

const style = '<style>body{max-width:30rem;margin:auto;font-family:sans-serif}</style>';
/** A page as small as it can be and still be sound. */
export const page = (title: string, body: string, head = style): string =>
  `\uFEFF<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" ` +
  `content="width=device-width"><title>${title}</title>${head}</head><body><main><h1>${title}</h1>${body}</main></body></html>`;

/** A site of three pages in which no check finds a fault. */
export const soundSite: Files = {
  'index.html': page('Start', '<p>The garden’s front gate. <a href="beds/mint.html">Mint</a></p>'),
  'beds/mint.html': page('Mint', '<p>Mint grows here. <a href="../beds/sage.html">Sage</a></p>'),
  'beds/sage.html': page('Sage', '<p>Sage grows here. <a href="mint.html">Mint</a></p>'),
  '404.html': page('Not here', '<p>Nothing grows here.</p>'),
};

/** Writes a site with some files changed into a new folder. */
export function plant(changes: Files): StaticSite {
  const folder = makeFolder('planted-');
  for (const [path, content] of Object.entries({ ...soundSite, ...changes })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return readSite(folder);
}

/** Puts a site on a host for as long as a task takes. */
export async function withServedSite<T>(
  host: Host,
  site: StaticSite,
  under: '' | typeof subPath,
  task: (place: ServedSite) => Promise<T>,
): Promise<T> {
  const roots = makeDocumentRoots(site, makeFolder('roots-'));
  const { address, stop } = await host.start(
    under === '' ? roots.plain : roots.deep,
    makeFolder('host-'),
  );
  try {
    return await task({ site, base: `${address}${under}/`, limits: host.limits ?? {} });
  } finally {
    await stop();
  }
}
