import { homedir, hostname, userInfo } from 'node:os';
import { unpack } from '../rebuild/compare-folders.ts';
import { CheckFindings, type CheckResult } from '../report.ts';
import type { StaticSite } from '../site.ts';
import { findTraces } from '../rebuild/traces.ts';

/** Names that many machines and users have, or that are words: to find them proves nothing. */
const common =
  /^(?:.{0,4}|admin|build(?:er)?|debian|docker|fedora|jenkins|localhost|nobody|runner|server|ubuntu|user|vagrant|worker)$/i;

/**
 * The site does not hold the names of this machine: its host and user as words, its home and
 * working folder anywhere. (Whether it holds those of another machine that built it, only a build
 * under names of our own can show: see the rows on sameness.)
 */
export function checkMachine({ files, folder }: StaticSite): CheckResult {
  const findings = new CheckFindings();
  const paths = {
    home: `${homedir()}/`,
    'working folder': `${process.cwd()}/`,
    'folder under test': `${folder}/`,
  };
  for (const trace of findTraces(
    files,
    Object.fromEntries(Object.entries(paths).filter(([, path]) => path.length >= 6)),
  ))
    findings.fail(trace);
  for (const [what, name] of Object.entries({ host: hostname(), user: findUser() })) {
    if (common.test(name))
      findings.note(
        `the ${what} of this machine has a common name, "${name}", which proves nothing where it is`,
      );
    else
      for (const path of findWord(files, name))
        findings.fail(`${path} holds the ${what} "${name}" of this machine`);
  }
  findings.figure = `${files.size} files`;
  return findings.result();
}

/** A user without an entry in the list of users has no name. */
function findUser(): string {
  try {
    return userInfo().username;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return '';
  }
}

function findWord(files: ReadonlyMap<string, Buffer>, word: string): string[] {
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])${word.replace(/[^\p{L}\p{N}]/gu, '\\$&')}(?![\\p{L}\\p{N}])`,
    'iu',
  );
  return [...files].flatMap(([path, bytes]) =>
    [path, bytes.toString('utf8'), unpack(bytes)?.toString('utf8') ?? ''].some((text) =>
      pattern.test(text),
    )
      ? [path]
      : [],
  );
}
