import { firefoxNeeds } from '../clients/firefox.ts';
import { explainMissing } from '../programs.ts';
import { brokenOff, leftOut, type Row, type Table, type CheckResult } from '../report.ts';
import { allBehaviours, behavioursByKind } from './all-behaviours.ts';
import { runOracle, type OracleRow } from './run-oracle.ts';
import { startChromium, startFirefox } from './watchers.ts';

const column = 'verify';

/**
 * Runs all behaviours through the browsers of this machine, as a table of the lab: a row for each
 * kind. A browser's cell says how many of the behaviours it shows or asks otherwise; the cell of
 * `verify` fails where a check would have called such a host authentic.
 * @param scratch an empty folder
 * @param long whether rare behaviours are tried too
 */
export async function makeOracleTable(
  scratch: string,
  long: boolean,
  report: (line: string) => void,
): Promise<Table> {
  const behaviours = allBehaviours.filter(({ isRare }) => long || !isRare);
  const missing = explainMissing(firefoxNeeds);
  const starts = missing === undefined ? [startChromium, startFirefox] : [startChromium];
  const title = 'What browsers make of true files';
  try {
    const { rows, browsers } = await runOracle(behaviours, starts, scratch);
    for (const { name, seconds } of browsers) report(`${name}: ${seconds.toFixed(1)} s`);
    const names = browsers.map(({ name }) => name);
    const lackingCells: [string, CheckResult][] =
      missing === undefined ? [] : [['Firefox', leftOut(missing)]];
    return {
      title,
      kind: 'what a host does',
      columns: [...names, ...lackingCells.map(([name]) => name), column],
      rows: Object.entries(behavioursByKind).map(([kind, ofKind]): Row => {
        const own = rows.filter(({ behaviour }) => ofKind.includes(behaviour));
        return {
          name: kind,
          cells: new Map([
            ...names.map((name): [string, CheckResult] => [name, countDifferences(own, name)]),
            ...lackingCells,
            [column, collectFaults(own)],
          ]),
        };
      }),
    };
  } catch (error) {
    const cells = new Map([[column, brokenOff(error)]]);
    return { title, kind: 'what a host does', columns: [column], rows: [{ name: 'all', cells }] };
  }
}

const countDifferences = (rows: readonly OracleRow[], browser: string): CheckResult => {
  const different = rows.filter(({ browsers }) => browsers.get(browser)?.distance !== 'same');
  return {
    state: 'ok',
    figure: `${different.length} of ${rows.length} otherwise`,
    notes: [],
    failures: [],
  };
};

const collectFaults = (rows: readonly OracleRow[]): CheckResult => {
  const failures = rows.flatMap(({ behaviour, fault }) =>
    fault === undefined ? [] : [`${behaviour.name}: ${fault}`],
  );
  return {
    state: failures.length > 0 ? 'failed' : 'ok',
    figure: `${rows.length} rows`,
    notes: [],
    failures,
  };
};
