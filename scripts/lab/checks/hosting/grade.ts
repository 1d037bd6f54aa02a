import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { ALL_TESTS } from '@mdn/mdn-http-observatory/src/constants.js';
import { MINIMUM_SCORE_FOR_EXTRA_CREDIT } from '@mdn/mdn-http-observatory/src/grader/charts.js';
import {
  getGradeForScore,
  getScoreDescription,
  getScoreModifier,
} from '@mdn/mdn-http-observatory/src/grader/grader.js';
import { retrieve } from '@mdn/mdn-http-observatory/src/retriever/retriever.js';
import type { ServedMirror } from '../../hosting/configuration.ts';
import { ProgramError } from '../../process.ts';
import { CheckFindings, leftOut, type CheckResult } from '../../report.ts';

/**
 * The front page, a page with a script and one without get the best grade that the rules of MDN's
 * Observatory give.
 */
export async function checkGrade({
  site,
  base,
  plain,
  variant,
}: ServedMirror): Promise<CheckResult> {
  if (variant !== 'TLS')
    return leftOut(
      'the Observatory takes a host without TLS for an insecure one; an onion service has its ' +
        'own encryption',
    );
  const findings = new CheckFindings();
  const search = site.pages.find(({ scripted }) => scripted);
  const text = site.pages.find(({ path, scripted }) => path.includes('/') && !scripted);
  const grades: string[] = [];
  for (const path of ['', ...[text, search].flatMap((page) => (page ? [page.path] : []))]) {
    const { grade, score, losses } = await gradePage(new URL(path, base), new URL(path, plain));
    grades.push(`${grade} ${score}`);
    if (grade !== 'A+')
      findings.fail(
        `${path === '' ? 'the front page' : path} gets ${grade} (${score}), expected A+: ` +
          `${losses.join(' ')}`,
      );
  }
  findings.figure = [...new Set(grades)].join(', ');
  return findings.result();
}

interface Grade {
  /** From `A+` to `F`. */
  grade: string;
  /** 100 and what the rules add or take. */
  score: number;
  /** The rules that were not passed, each with its reason. */
  losses: string[];
}

/**
 * What MDN's HTTP Observatory would say of a page on this machine: its own retrieval, rules and
 * scores, as its `scan` puts them together, which however knows only the ports 80 and 443.
 * @param secure the page over TLS; its certificate has to be trusted (see `trust`)
 * @param plain where the same host answers without TLS
 * @throws ProgramError where nothing answers
 */
async function gradePage(secure: URL, plain: URL): Promise<Grade> {
  provideListOfNames();
  const requests = await retrieve(secure.hostname, {
    httpsPort: secure.port,
    httpPort: plain.port,
    path: secure.pathname,
  });
  if (requests.responses.auto?.status !== 200)
    throw new ProgramError(
      `${secure.href} is answered with ${requests.responses.auto?.status ?? 'nothing'}, so the ` +
        `Observatory cannot grade it`,
    );
  const results = ALL_TESTS.map((test) => test(requests)).map(
    ({ constructor: { name }, result, pass }) => ({
      name,
      pass,
      result: result ?? '',
      points: result === null ? 0 : getScoreModifier(result),
    }),
  );
  const strict = results.reduce((score, { points }) => score + Math.min(points, 0), 100);
  const generous = results.reduce((score, { points }) => score + points, 100);
  const { grade, score } = getGradeForScore(
    strict >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? generous : strict,
  );
  return {
    grade,
    score,
    losses: results
      .filter(({ pass, points }) => !pass || points < 0)
      .map(
        ({ name, result, points }) =>
          `${name} (${points}): ${getScoreDescription(result).replace(/<[^>]*>/g, '')}`,
      ),
  };
}

/**
 * The package fetches the browsers' list of names that are always asked over TLS in a script of its
 * installation, and no such script runs here. No name of this machine is on that list, so an empty
 * one says the same.
 */
function provideListOfNames(): void {
  const manifest = findPackageJSON('@mdn/mdn-http-observatory', import.meta.url);
  if (manifest === undefined)
    throw new ProgramError('@mdn/mdn-http-observatory is not installed. In scripts/lab: npm ci');
  const list = join(dirname(manifest), 'conf', 'hsts-preload.json');
  if (existsSync(list)) return;
  mkdirSync(dirname(list), { recursive: true });
  writeFileSync(`${list}.${process.pid}`, '{}');
  renameSync(`${list}.${process.pid}`, list); // whole at once: two test runners may be here
}
