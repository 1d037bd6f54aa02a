import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { archivePaths, cidPath, type BuildName } from '../../core/edition/edition-files.ts';
import { CopyError, type SiteCopy } from '../../core/source/site-copy.ts';
import { quoteName } from '../../core/text/plain-characters.ts';
import type { Trust } from '../../core/trust/trust.ts';
import {
  checkArchive,
  isArchive,
  learnAbsence,
  readArchive,
  type ExpectedSite,
} from '../../core/verify/check-archives.ts';
import { Findings } from '../../core/verify/verdict.ts';
import { nodePlatform } from '../platform.ts';
import { openFolder } from '../source/folder-copy.ts';

/**
 * Fetches the archives of a site, each only after it has been proven by its content: from the old
 * copy where that has it, else from the source. What is not proven is left where it is. The CID is
 * that of their files, not a word of the source.
 * @param target the new copy, in which `download/` is made if there is something to put there
 * @returns the names of the archives that it has now, and a note for each that was left
 */
export async function fetchArchives(
  source: SiteCopy,
  build: BuildName,
  site: ExpectedSite,
  trust: Trust,
  target: string,
  old: string | undefined,
): Promise<{ fetched: string[]; notes: string[] }> {
  const before = old === undefined ? undefined : openFolder(old).copy;
  const isAbsent = await learnAbsence(source, site, nodePlatform);
  const [fetched, notes]: [string[], string[]] = [[], []];
  let cid: string | undefined;
  const put = async (path: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(target, path)), { recursive: true });
    await writeFile(join(target, path), content, { flag: 'wx' });
  };
  for (const path of archivePaths(build).filter(isArchive)) {
    for (const copy of before ? [before, source] : [source]) {
      const bytes = await readArchive(copy, path);
      if (bytes === undefined || (copy === source && (await isAbsent(bytes)))) continue;
      const findings = new Findings();
      const findCid =
        bytes instanceof Uint8Array
          ? await checkArchive(path, bytes, site, trust, findings, nodePlatform)
          : undefined;
      const [fault] = findings.evidence;
      if (bytes instanceof Uint8Array && !fault) {
        await put(path, bytes);
        cid ??= await findCid?.();
        fetched.push(basename(path));
        break;
      }
      const why = bytes instanceof CopyError ? bytes.message : (fault?.text ?? '');
      if (copy === source) notes.push(`${quoteName(path)} was left where it is: ${why}`);
    }
  }
  if (cid !== undefined) await put(cidPath, `${cid}\n`);
  return { fetched, notes };
}
