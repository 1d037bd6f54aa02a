import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkOutFolder } from '../../scripts/build/out-folder.ts';
import { feedPaths } from '../../src/integrations/post-build/steps/write-feeds.ts';
import { chainFile, promisedFiles } from '../../src/kit/core/edition/edition-files.ts';
import { makeFolder } from '../helpers/build.ts';
import { readRecords } from '../../src/campaign/read-campaign.ts';

const { site } = readRecords('tests/fixtures/garden', 'garden');

/** All that a build of a later edition writes at the top, for a campaign with an address. */
const names = [
  ...promisedFiles({ campaign: 'garden', number: 2, signers: ['0123456789ABCDEF'] }, ['zip']),
  ...feedPaths({ ...site, canonical: 'https://garden.example/' }),
  chainFile,
].filter((path) => !path.includes('/'));

const makeSite = (more: readonly string[]): string => {
  const folder = makeFolder('out-');
  for (const name of ['index.html', '404.html', ...more])
    writeFileSync(join(folder, name), '<p class="edition">Edition 2</p>');
  return folder;
};

test('a folder with what no build writes is not replaced', () => {
  expect(() => checkOutFolder(makeSite([...names, 'diary.txt']))).toThrow('holds diary.txt');
});

test('an earlier result is replaced, with its chain, signatures and list of feeds', () => {
  expect(names).toEqual(expect.arrayContaining(['CHAIN.txt', 'follow.opml', 'SHA256SUMS']));
  const folder = makeSite(names);
  expect(checkOutFolder(folder)).toBe(folder);
});
