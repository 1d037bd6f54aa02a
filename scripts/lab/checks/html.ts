import { spawnSync } from 'node:child_process';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explainMissing, findProgram, type Program } from '../programs.ts';
import { CheckFindings, leftOut, type CheckResult } from '../report.ts';
import type { StaticSite } from '../site.ts';

export const htmlNeeds: readonly Program[] = [{ command: 'java', debian: 'default-jre-headless' }];

interface Message {
  type: 'error' | 'info' | 'non-document-error';
  subType?: string;
  url?: string;
  lastLine?: number;
  message: string;
  extract?: string;
}

/**
 * Asks the Nu checker, the one of the W3C, about every page. What it warns of is a note; it needs
 * Java 17.
 */
export function checkHtml({ folder, pages }: StaticSite): CheckResult {
  const missing = explainMissing(htmlNeeds);
  if (missing !== undefined) return leftOut(missing);
  const jar = fileURLToPath(new URL('build/dist/vnu.jar', import.meta.resolve('vnu-jar')));
  const { stdout, stderr, error } = spawnSync(
    findProgram('java') ?? 'java',
    ['-jar', jar, '--stdout', '--format', 'json', '--skip-non-html', folder],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (error) throw error;
  const findings = new CheckFindings();
  for (const { type, subType, url, lastLine, message, extract } of readMessages(stdout, stderr)) {
    const place = url?.startsWith('file:')
      ? relative(folder, fileURLToPath(url.replace(/^file:\/*/, 'file:///')))
      : (url ?? 'the checker');
    const sentence = `${place}${lastLine === undefined ? '' : `:${lastLine}`}, ${message}${extract === undefined ? '' : ` It says: ${extract.replace(/\s+/g, ' ').trim()}`}`;
    if (type !== 'info') findings.fail(sentence);
    else if (subType === 'warning') findings.note(sentence);
  }
  findings.figure = `${pages.length} pages`;
  return findings.result();
}

function readMessages(stdout: string, stderr: string): Message[] {
  if (!stdout.startsWith('{'))
    throw new Error(`the Nu checker did not answer: ${stderr.trim().split('\n').at(-1) ?? ''}`);
  return (JSON.parse(stdout) as { messages: Message[] }).messages;
}
