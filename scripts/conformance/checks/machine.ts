import { homedir, hostname, userInfo } from 'node:os';
import { Findings, type Verdict } from '../report.ts';
import type { Site } from '../site.ts';
import { findTraces } from './traces.ts';

/** A shorter name of a machine or person stands in other words too, and proves nothing. */
const shortest = 6;

/**
 * The site does not hold the names of this machine: its host, user, home and working folder. (Whether it holds those of another
 * machine that built it, only a build under names of our own can show: see the rows on sameness.)
 */
export function checkMachine({ files, folder }: Site): Verdict {
  const findings = new Findings();
  const marks = { host: hostname(), user: userInfo().username, home: `${homedir()}/`, 'working folder': `${process.cwd()}/`, 'folder under test': `${folder}/` };
  for (const [what, mark] of Object.entries(marks)) {
    if (mark.length < shortest) findings.note(`the ${what} of this machine has too short a name to look for`);
    else for (const trace of findTraces(files, { [what]: mark })) findings.fail(trace);
  }
  findings.figure = `${files.size} files`;
  return findings.verdict();
}
