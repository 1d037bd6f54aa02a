import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { listSiteFiles } from '../../scripts/lab/site.ts';
import { openCar, openZip } from '../../src/kit/node/source/open-source.ts';
import { writeCar } from '../../src/kit/node/pack/write-car.ts';
import { writeZip } from '../../src/kit/node/pack/write-zip.ts';
import { readWhole } from '../helpers/archives.ts';
import { makeFolder } from '../helpers/build.ts';

const site = inject('defaultSite');
const paths = listSiteFiles(site);

function expectWhole(files: ReadonlyMap<string, Buffer>): void {
  expect(files.size).toBe(paths.length);
  for (const [path, bytes] of files)
    expect(bytes.equals(readFileSync(join(site, path))), path).toBe(true);
}

describe('the default site is packed whole', () => {
  test('as a zip', async () => {
    const target = join(makeFolder('zip-'), 'site.zip');
    await writeZip(site, paths, target);
    expectWhole(await readWhole(openZip, target));
  });

  test('as a CAR', async () => {
    const target = join(makeFolder('car-'), 'site.car');
    await writeCar(site, paths, target);
    expectWhole(await readWhole(openCar, target));
  });
});
