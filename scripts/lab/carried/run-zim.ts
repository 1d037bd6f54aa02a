import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '../../build/project.ts';
import { ProgramError } from '../process.ts';
import type { Program } from '../programs.ts';
import type { Table } from '../report.ts';
import { runRow } from '../run-row.ts';
import type { StaticSite } from '../site.ts';
import { checkZim, zimColumns, zimReaderNeeds } from './check-zim.ts';

/** The row of the table, by the name that `--only` knows. */
export const zimReader: { name: string; needs: readonly Program[] } = {
  name: 'kiwix-serve',
  needs: [
    ...zimReaderNeeds,
    { command: 'zimwriterfs', debian: 'zim-tools' },
    { command: 'faketime', debian: 'faketime' },
  ],
};

/** Makes the ZIM file of a site as a volunteer does, and reads it; undefined for other sites. */
export async function runZim(
  site: StaticSite,
  paths: readonly string[],
  scratch: string,
  report: (line: string) => void,
): Promise<Table | undefined> {
  if (!site.files.has('EDITION.txt')) return undefined;
  const row = await runRow({ ...zimReader, columns: zimColumns }, report, async () => {
    const file = join(scratch, 'site.zim');
    makeZim(site.folder, file);
    const own = join(scratch, 'kiwix');
    mkdirSync(own);
    const { version, cells } = await checkZim(file, site, paths, own);
    return { name: version, cells };
  });
  return { title: 'The ZIM file', kind: 'program', columns: [...zimColumns], rows: [row] };
}

/** Runs the command in a process of its own. @throws ProgramError with its words */
function makeZim(folder: string, file: string): void {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(project, 'scripts/zim.ts'), folder, '--draft', '--allow-stale', '--out', file],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new ProgramError(`npm run zim ended with ${status}: ${stdout}${stderr}`);
}
