import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { printPublicKey } from '../../../src/kit/core/minisign/public-key.ts';
import { writeZip } from '../../../src/kit/node/pack/write-zip.ts';
import { makeSignedSite, testPages } from '../oracle/signed-site.ts';
import { CheckFindings, type CheckResult, type Row, type Table } from '../report.ts';
import { runRow } from '../run-row.ts';
import { pageBrowsers, type LocalPage, type PageBrowser } from './page-browsers.ts';

/** What is put into the fields of the page, and what it has to answer. */
interface Question {
  copy: string;
  against?: string;
  verdict: string;
}

/** Copies of one edition by what was done to them: the columns of the table. */
const columns = ['true zip', 'changed zip', 'true page', 'changed page'] as const;
type Column = (typeof columns)[number];

/** So long a browser may take for one check, on a machine that does other things, too. */
const patience = 60_000;

/**
 * Opens the page that checks copies in each browser, as a file that somebody was given, and holds
 * its verdicts on a true and on a changed copy to those that they must have.
 * @param page the released `check.html`
 * @param scratch an empty folder
 */
export async function runCheckers(
  page: string,
  scratch: string,
  report: (line: string) => void,
  browsers: readonly PageBrowser[] = pageBrowsers,
): Promise<Table> {
  const address = join(scratch, 'check.html');
  writeFileSync(address, page);
  const { key, questions } = await makeQuestions(scratch);
  const rows: Row[] = [];
  for (const { name, needs, start } of browsers) {
    const run = async (): Promise<Row> => {
      const own = join(scratch, name);
      mkdirSync(own);
      const opened = await start(own);
      try {
        const cells = new Map<string, CheckResult>();
        for (const column of columns) {
          await opened.open(pathToFileURL(address).href);
          cells.set(column, await ask(opened, key, questions[column]));
        }
        return { name: opened.version, cells };
      } finally {
        await opened.stop();
      }
    };
    rows.push(await runRow({ name, needs, columns }, report, run));
  }
  return { title: 'The page that checks', kind: 'browser', columns: [...columns], rows };
}

/** Packs the edition once as it is and once with another account on a page. */
async function makeQuestions(
  scratch: string,
): Promise<{ key: string; questions: Record<Column, Question> }> {
  const { files, key } = await makeSignedSite('2099-12-31'); // the page has the clock of this machine
  const pack = async (name: string, content: ReadonlyMap<string, Buffer | string>) => {
    const folder = join(scratch, name);
    for (const [path, bytes] of content) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    await writeZip(folder, [...content.keys()], `${folder}.zip`);
    return { zip: `${folder}.zip`, page: join(folder, testPages.real) };
  };
  const first = await pack('true', files);
  const page = files.get(testPages.real)?.toString() ?? '';
  const changed = page.replace('NL91 ABNA', 'NL92 ABNA'); // the account that readers give to
  const second = await pack(
    'changed',
    new Map<string, Buffer | string>([...files, [testPages.real, changed]]),
  );
  return {
    key: printPublicKey(key),
    questions: {
      'true zip': { copy: first.zip, verdict: 'authentic' },
      'changed zip': { copy: second.zip, verdict: 'tampered' },
      'true page': { copy: first.page, against: first.zip, verdict: 'authentic' },
      'changed page': { copy: second.page, against: first.zip, verdict: 'tampered' },
    },
  };
}

/** Fills in the form, starts the check, and waits for its verdict. */
async function ask(page: LocalPage, key: string, question: Question): Promise<CheckResult> {
  const findings = new CheckFindings();
  await page.evaluate(`document.querySelector('#keys').value = ${JSON.stringify(key)}`);
  const fields = { copy: question.copy, against: question.against };
  for (const [field, path] of Object.entries(fields)) {
    if (path === undefined) continue;
    await page.chooseFile(`#${field}-file`, path);
    const said = `document.querySelector('output[for~="${field}-file"]')?.textContent ?? ''`;
    const isRead = await waitFor(page, said, (text) => text.includes(basename(path)));
    if (!isRead) findings.fail(`the field for ${field} does not name ${basename(path)}`);
  }
  await page.evaluate("document.querySelector('form button:not([type])').click()");
  const shown = "document.querySelector('#result .verdict h3')?.textContent ?? ''";
  if (!(await waitFor(page, shown, (text) => text !== '')))
    findings.fail(`no verdict on ${basename(question.copy)} within ${patience / 1000} s`);
  const verdict = String(await page.evaluate(shown));
  if (verdict !== '' && verdict !== question.verdict)
    findings.fail(`says "${verdict}", expected "${question.verdict}"`);
  return findings.result();
}

async function waitFor(
  page: LocalPage,
  expression: string,
  isThere: (text: string) => boolean,
): Promise<boolean> {
  for (const end = performance.now() + patience; performance.now() < end; await wait(50))
    if (isThere(String(await page.evaluate(expression)))) return true;
  return false;
}
