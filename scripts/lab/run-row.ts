import { ProgramError } from './process.ts';
import { explainMissing, type Program } from './programs.ts';
import { brokenOff, failed, leftOut, type Row, type CheckResult } from './report.ts';

/**
 * Makes one row of a table. It is left out by name where the machine lacks a program; what breaks
 * it off is a fault of the row, and ends no other one.
 * @param run gives the row, with the name of what really ran
 */
export async function runRow(
  row: { name: string; needs: readonly Program[]; columns: readonly string[] },
  report: (line: string) => void,
  run: () => Promise<Row>,
): Promise<Row> {
  const { name, needs, columns } = row;
  const all = (result: CheckResult): Row => ({
    name,
    cells: new Map(columns.map((column) => [column, result])),
  });
  const missing = explainMissing(needs);
  if (missing !== undefined) return all(leftOut(missing));
  const started = performance.now();
  try {
    const made = await run();
    report(`${made.name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return made;
  } catch (error) {
    return all(error instanceof ProgramError ? failed(error.message) : brokenOff(error));
  }
}
