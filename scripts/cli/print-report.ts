import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { showJson, showName } from '../../src/kit/core/text/quote-name.ts';
import { describeVerdict, verdicts, type Report } from '../../src/kit/core/verify/verdict.ts';

const mostLines = 25;

/** A report as lines for people. `name` is the copy as its user called it. */
export function printReport(name: string, report: Report, isWeb: boolean): string {
  const { verdict, edition, evidence, notes, signedBy, files } = report;
  const { meaning, isProven } = describeVerdict(verdict);
  const lines = [`${showName(name)}: ${verdict.toUpperCase()}`, report.meaning ?? meaning, ''];
  if (edition) {
    const proven = isProven ? '' : ' (as it says)';
    lines.push(
      `edition ${edition.number} of ${edition.campaign}, ${edition.date}, look for a newer one after ${edition.lookForNewerAfter}${proven}`,
    );
  }
  for (const key of edition?.keys.keys.filter(({ id }) => signedBy.includes(id)) ?? [])
    lines.push(`signed by ${key.id}  ${printPublicKey(key)}`);
  if (report.list !== undefined)
    lines.push(
      `${files} ${files === 1 ? 'file fits' : 'files fit'} its list (SHA-256 ${report.list})`,
    );
  for (const kind of verdicts) {
    const found = evidence.filter((item) => item.verdict === kind);
    if (found.length === 0) continue;
    lines.push('', `${kind}:`, ...found.slice(0, mostLines).map(({ text }) => `  ${text}`));
    if (found.length > mostLines)
      lines.push(`  … and ${found.length - mostLines} more (--json has them)`);
  }
  if (notes.length > 0)
    lines.push('', 'to know:', ...notes.slice(0, mostLines).map((note) => `  ${note}`));
  if (isWeb)
    lines.push(
      '',
      'This is what the host has served to you, now. It can serve others something else, and can hold files that nothing links.',
    );
  return lines.join('\n');
}

/** The same for programs. */
export function toJson(name: string, { edition, ...report }: Report): string {
  const plain = edition && {
    campaign: edition.campaign,
    number: edition.number,
    date: edition.date,
    lookForNewerAfter: edition.lookForNewerAfter,
    notice: edition.notice,
  };
  return showJson(JSON.stringify({ copy: name, ...report, edition: plain }, null, 2));
}
