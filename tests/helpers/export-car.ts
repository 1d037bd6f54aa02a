import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listSiteFiles } from '../../scripts/lab/site.ts';
import { writeCar } from '../../src/kit/node/pack/write-car.ts';
import { makeFolder } from './build.ts';

/** A folder as a CAR, depth first from the root, made by the libraries of IPFS. */
export async function exportCar(folder: string): Promise<{ root: string; car: Buffer }> {
  const target = join(makeFolder('car-'), 'site.car');
  const root = await writeCar(folder, listSiteFiles(folder), target);
  return { root, car: readFileSync(target) };
}
