import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { project } from '../../build/project.ts';
import { ProgramError } from '../process.ts';
import { findProgram, installPrograms, type Program } from '../programs.ts';
import { CheckFindings, type CheckResult } from '../report.ts';
import type { BookProgram } from './book-program.ts';

/** EPUBCheck of Maven Central, `org.w3c:epubcheck`; Debian's is of before EPUB 3.3. */
const version = '5.3.0';
const sha256 = '0e9e8bc2eb47a58c1254016d7f360646bfe04397b137cac2f4e53e361ed1415b';
const jars = join(project, 'node_modules/.cache', `epubcheck-${version}`);
const jar = join(jars, `epubcheck-${version}.jar`);

const maven: Program = { command: 'mvn', debian: 'maven' };

/**
 * Fetches EPUBCheck with all that it needs (35 MB) by Maven, once; it stays in a cache of the
 * project.
 * @returns what was in the way, in one sentence
 */
export function fetchEpubcheck(report: (line: string) => void): string | undefined {
  if (existsSync(jar)) return undefined;
  const refused = installPrograms([maven], report);
  if (refused !== undefined) return refused;
  report(`fetching EPUBCheck ${version} from Maven Central`);
  mkdirSync(dirname(jars), { recursive: true });
  const scratch = mkdtempSync(join(dirname(jars), '.fetching-'));
  try {
    const pom = fileURLToPath(new URL('epubcheck/pom.xml', import.meta.url));
    const made = join(scratch, 'jars');
    const { status, stdout, error } = spawnSync(
      findProgram('mvn') ?? 'mvn',
      [
        ...['--quiet', '--batch-mode', '--file', pom, `-Dmaven.repo.local=${join(scratch, 'm2')}`],
        'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies',
        ...['-DincludeScope=runtime', `-DoutputDirectory=${made}`],
      ],
      { encoding: 'utf8' },
    );
    if (status !== 0)
      return `EPUBCheck could not be fetched: ${error?.message ?? stdout.trim().split('\n').slice(-2).join(' ')}`;
    const found = createHash('sha256')
      .update(readFileSync(join(made, `epubcheck-${version}.jar`)))
      .digest('hex');
    if (found !== sha256)
      return `EPUBCheck from Maven Central has the checksum ${found}, where the lab expects ${sha256}: it was not used`;
    renameSync(made, jars);
    return undefined;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

interface Message {
  ID: string;
  severity: 'FATAL' | 'ERROR' | 'WARNING' | 'INFO' | 'USAGE';
  message: string;
  locations: { path: string; line: number }[];
}

/** Fatal faults, errors and warnings all fail: the books have none. */
async function check(book: string): Promise<CheckResult> {
  const findings = new CheckFindings();
  for (const { ID, severity, message, locations } of await ask(book)) {
    if (severity === 'INFO' || severity === 'USAGE') continue;
    const [place] = locations;
    findings.fail(
      `${severity} ${ID}: ${message}${place ? ` (${place.path}, line ${place.line})` : ''}`,
    );
  }
  findings.figure = '0 errors, 0 warnings';
  return findings.result();
}

/** @throws ProgramError if it does not answer */
async function ask(book: string): Promise<Message[]> {
  const words = ['-cp', join(jars, '*'), 'com.adobe.epubcheck.tool.Checker', book, '--json', '-'];
  // it ends with 1 where it has found something
  const { stdout, stderr } = await promisify(execFile)(findProgram('java') ?? 'java', words, {
    maxBuffer: 1 << 27,
    timeout: 300_000,
  }).catch((error: Error & { stdout?: string; stderr?: string }) => ({
    stdout: error.stdout ?? '',
    stderr: error.stderr ?? error.message,
  }));
  const start = stdout.indexOf('{');
  if (start < 0)
    throw new ProgramError(
      `EPUBCheck did not answer: ${stderr.trim().split('\n').slice(-2).join(' / ')}`,
    );
  const { messages } = JSON.parse(stdout.slice(start, stdout.lastIndexOf('}') + 1)) as {
    messages: Message[];
  };
  return messages;
}

export const epubcheck: BookProgram = {
  name: 'EPUBCheck',
  needs: [
    { command: 'java', debian: 'default-jre-headless' },
    { command: jar, otherwise: `org.w3c:epubcheck:${version} of Maven; --install gets it` },
  ],
  version: () => Promise.resolve(`EPUBCheck ${version}`),
  check,
};
