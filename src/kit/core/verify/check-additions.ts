import { belongsInManifest, readSignatureName } from '../edition/edition-files.ts';
import type { ListedFile } from '../manifest/manifest.ts';
import { CopyError, type IrregularEntry, type SiteCopy } from '../source/site-copy.ts';
import { quoteName } from '../text/quote-name.ts';
import { findMaker, hostingCopies, isSystemFolder, knownAdditions } from './known-additions.ts';
import type { Findings } from './verdict.ts';

/**
 * Checks what a copy has besides the files of its list. Over HTTP nobody can see it. Attack: a page
 * that nothing in the site links and a message elsewhere does: it stands under the name of a site
 * that was checked.
 * @param signers ids of the keys whose signatures may be there
 */
export async function checkAdditions(
  copy: SiteCopy,
  irregular: readonly IrregularEntry[],
  list: readonly ListedFile[],
  signers: readonly string[],
  findings: Findings,
): Promise<void> {
  for (const { path, what, kind } of irregular) {
    const maker = findMaker(`${path}/`);
    const text = `${quoteName(path)} is ${what}${maker === undefined ? '' : `, ${maker}`}.`;
    // Attack: a folder without files, whose name is the message.
    const isHarmless =
      (kind === 'empty' && (isSystemFolder(path) || plainFolder.test(path))) ||
      (kind === 'closed' && isSystemFolder(path));
    if (isHarmless) findings.note(text);
    else findings.add('injected', text, path);
  }
  if (!copy.paths) return;
  const listed = new Map(list.map(({ path, hash }) => [path, hash]));
  for (const path of copy.paths) {
    const signer = readSignatureName(path);
    if (signer !== undefined && !signers.includes(signer))
      findings.add(
        'injected',
        `${quoteName(path)} is a signature of a key that this edition does not have.`,
        path,
      );
    if (listed.has(path) || !belongsInManifest(path)) continue;
    const what = await explainAddition(copy, path, listed);
    const maker = findMaker(path);
    if (what === undefined)
      findings.add(
        'injected',
        `${quoteName(path)} is in no list${maker === undefined ? '' : ` (${maker}: delete it)`}.`,
        path,
      );
    else findings.note(`${quoteName(path)} was added: ${what}.`);
  }
}

/** What a file is that a host or system may add; undefined if it is anything else. */
async function explainAddition(
  copy: SiteCopy,
  path: string,
  listed: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  try {
    const original = hostingCopies.get(path);
    if (original !== undefined)
      return (await copy.hash(path)) === listed.get(original) ? `a copy of ${original}` : undefined;
    const known = knownAdditions.find((addition) => addition.path.test(path));
    const bytes = known && (await copy.read(path, known.maxBytes));
    return bytes && known.isWhatItShouldBe(bytes, listed.keys()) ? known.what : undefined;
  } catch (error) {
    if (!(error instanceof CopyError)) throw error;
    return undefined; // too long, or unreadable: not what it should be
  }
}

/** Names that say nothing: as the site's own are formed. */
const plainFolder = /^[a-z0-9_-]{1,30}(?:\/[a-z0-9_-]{1,30}){0,3}$/;
