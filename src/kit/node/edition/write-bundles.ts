import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFolder } from '../source/folder-copy.ts';
import { printManifest } from '../../core/manifest/manifest.ts';
import { writeCar } from '../pack/write-car.ts';
import { writeZip } from '../pack/write-zip.ts';
import { bundleFolder, cidFile, isBundle, listFile } from '../../core/edition/edition-files.ts';
import { listFiles } from './write-list.ts';

/**
 * Packs a finished site, with its list and signatures, as a zip and a CAR into its own `download/`, with the CID and a list.
 * @param name of the archives, without ending
 * @returns the CID
 */
export async function writeBundles(folder: string, name: string): Promise<string> {
  const target = join(folder, bundleFolder);
  rmSync(target, { recursive: true, force: true });
  const paths = [...(openFolder(folder).copy.paths ?? [])].filter((path) => !isBundle(path));
  mkdirSync(target);
  await writeZip(folder, paths, join(target, `${name}.zip`));
  const cid = await writeCar(folder, paths, join(target, `${name}.car`));
  writeFileSync(join(target, cidFile), `${cid}\n`);
  writeFileSync(
    join(target, listFile),
    printManifest(await listFiles(target, (path) => path !== listFile)),
  );
  return cid;
}
