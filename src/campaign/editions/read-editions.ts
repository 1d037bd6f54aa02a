import { hashBytes } from '../../kit/node/platform.ts';
import type { Fault } from '../read/fault.ts';
import { editionFile, manifestFile } from '../../kit/core/edition/edition-files.ts';
import { printHistory } from '../../kit/core/edition/edition.ts';
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
  const lists = sorted.map((number) => {
    const list = read.get(number)?.list;
    return list && hashBytes(list);
  });
  for (const [index, number] of sorted.entries()) {
    checkPrevious(read, number, lists[index - 1], faults);
    checkHistory(read.get(number), lists.slice(0, index), faults);
  }
  return { editions: [...read.values()].flatMap((edition) => edition ?? []), faults };
}

/**
 * Attack: an older list is exchanged for another, and all later editions seem to follow from it.
 */
function checkPrevious(
  editions: ReadonlyMap<number, PublishedEdition | undefined>,
  number: number,
  hash: string | undefined,
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
  const count = before?.signatures.length ?? 0;
  const isReported = faults.some((fault) => fault.file.startsWith(`editions/${number - 1}/`));
  if (before?.list && !isReported && count < before.edition.keys.threshold)
    faults.push({
      file: before.file,
      found: `${count} signatures of ${file}, though there is editions/${number}`,
      expected: `${before.edition.keys.threshold}, as the edition asks for: the next one holds them`,
      fix: `put the signatures back, or take editions/${number} out`,
    });
  if (hash === undefined || edition.edition.previousList === hash) return;
  faults.push({
    file: edition.file,
    where: 'line "previous-list"',
    found: edition.edition.previousList ?? 'nothing',
    expected: `${hash}, the SHA-256 of ${file}`,
    fix: `run npm run new -- edition again, or put ${file} back as it was signed`,
  });
}

/**
 * Attack: an edition long past is exchanged for another, and only the one after it notices.
 * @param lists hashes of the lists of the editions before
 */
function checkHistory(
  published: PublishedEdition | undefined,
  lists: readonly (string | undefined)[],
  faults: Fault[],
): void {
  if (!published || !lists.every((list) => list !== undefined)) return;
  const { edition, file } = published;
  // Said already, of the list before.
  if (edition.number !== lists.length + 1 || edition.previousList !== lists.at(-1)) return;
  const history = lists.length === 0 ? undefined : hashBytes(printHistory(lists));
  if (edition.history === history) return;
  faults.push({
    file,
    where: 'line "history"',
    found: edition.history ?? 'nothing',
    expected: `${history}, the SHA-256 of the hashes of all lists before`,
    fix: 'run npm run new -- edition again, or put the lists back as they were signed',
  });
}
