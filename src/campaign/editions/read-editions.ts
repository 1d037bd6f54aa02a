import { hashBytes } from '../../kit/node/platform.ts';
import type { Fault } from '../read/fault.ts';
import { editionFile, manifestFile } from '../../kit/core/edition/edition-files.ts';
import { listCampaignFiles } from '../read/folder.ts';
import { readEdition, type PublishedEdition } from './read-edition.ts';

/**
 * Reads the editions of a campaign, `editions/1/`, `editions/2/` …: each names the list of the one
 * before, so that none can be slipped in or left out.
 * @param folder the campaign folder
 * @param campaign its id
 * @returns the editions by number, and all that is wrong with their folders
 */
export function readEditions(
  folder: string,
  campaign: string,
): { editions: PublishedEdition[]; faults: Fault[] } {
  const faults: Fault[] = [];
  const files = listCampaignFiles(folder).filter((file) => file.startsWith('editions/'));
  const numbers = new Set<number>();
  for (const file of files) {
    const [, name = '', ...below] = file.split('/');
    if (/^[1-9]\d{0,5}$/.test(name) && below.length > 0) numbers.add(Number(name));
    else
      faults.push({
        file,
        found: 'a file that nothing reads',
        expected: `editions/<number>/${editionFile} and what is signed with it`,
        fix: 'take it out, or fix its name',
      });
  }
  const sorted = [...numbers].sort((a, b) => a - b);
  for (const [index, number] of sorted.entries()) {
    const before = sorted[index - 1] ?? 0;
    if (number !== before + 1)
      faults.push({
        file: `editions/${before + 1}`,
        found: `no such folder, though there is editions/${number}`,
        expected: 'folders 1, 2, 3 … without a gap: each edition names the one before it',
        fix: 'put the missing folders back, or rename this one',
      });
  }
  const read = new Map(
    sorted.map((number) => [number, readEdition(folder, number, campaign, files, faults)]),
  );
  for (const number of sorted) checkChain(read, number, faults);
  return { editions: [...read.values()].flatMap((edition) => edition ?? []), faults };
}

/**
 * Attack: an older list is exchanged for another, and all later editions seem to follow from it.
 */
function checkChain(
  editions: ReadonlyMap<number, PublishedEdition | undefined>,
  number: number,
  faults: Fault[],
): void {
  const [before, edition] = [editions.get(number - 1), editions.get(number)];
  if (!editions.has(number - 1) || !edition) return; // reported already
  const file = `editions/${number - 1}/${manifestFile}`;
  if (before && !before.list)
    faults.push({
      file,
      found: `no such file, though there is editions/${number}`,
      expected: 'the list that was signed: the next edition names its hash',
      fix: `sign edition ${number - 1} first, or take editions/${number} out`,
    });
  const hash = before?.list && hashBytes(before.list);
  if (hash === undefined || edition.edition.previousList === hash) return;
  faults.push({
    file: edition.file,
    where: 'line "previous-list"',
    found: edition.edition.previousList ?? 'nothing',
    expected: `${hash}, the SHA-256 of ${file}`,
    fix: `run npm run new -- edition again, or put ${file} back as it was signed`,
  });
}
