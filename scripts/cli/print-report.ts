import { printPublicKey } from '../../src/kit/minisign/public-key.ts';
import { showJson, showName } from '../../src/kit/text/quote-name.ts';
import { verdicts, type Report, type Verdict } from '../../src/kit/verify/verdict.ts';

/** What each verdict means, and what to do. */
const meanings: Readonly<Record<Verdict, string>> = {
  unreachable:
    'It did not answer, or not whole. Try again later, or from another network. Nothing is said about its truth.',
  mixed:
    'Files of different editions stand side by side. Do not rely on it; its keeper may have stopped in the middle of an update.',
  tampered:
    'It is not what was signed. Do not rely on it, do not follow its links, use none of its accounts and contacts; warn others.',
  injected:
    'Something was added that nobody has signed. What the list names may be true; do not rely on the rest.',
  incomplete: 'Parts are missing. What is there fits, as far as nothing else is said below.',
  forked:
    'Two different editions have the same number or history. Rely on neither until the key holders have explained it.',
  'rolled back':
    'It is a true edition, but an older one than you have seen. Look for the newer one: what it says may be wrong by now.',
  stale:
    'It is a true edition, past its date. Look for a newer one: what it says may be wrong by now.',
  unsigned: 'Nothing proves that it is genuine.',
  authentic: 'It is what the key holders have signed, whole and unchanged.',
};

const mostLines = 25;

/** A report as lines for people. `name` is the copy as its user called it. */
export function printReport(name: string, report: Report, isWeb: boolean): string {
  const { verdict, edition, evidence, notes, signedBy, files } = report;
  const lines = [`${showName(name)}: ${verdict.toUpperCase()}`, meanings[verdict], ''];
  if (edition) {
    const proven = ['authentic', 'stale', 'rolled back'].includes(verdict) ? '' : ' (as it says)';
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
