import type { MirrorPlace } from '../../hosting/mirror-place.ts';
import { gradePage } from '../../hosting/observatory.ts';
import { Findings, leftOut, type Verdict } from '../../report.ts';

/** The front page, a page with a script and one without get the best grade that the rules of MDN's Observatory give. */
export async function checkGrade({ site, base, plain, variant }: MirrorPlace): Promise<Verdict> {
  if (variant !== 'TLS')
    return leftOut(
      'the Observatory takes a host without TLS for an insecure one; an onion service has its own encryption',
    );
  const findings = new Findings();
  const search = site.pages.find(({ scripted }) => scripted);
  const text = site.pages.find(({ path, scripted }) => path.includes('/') && !scripted);
  const grades: string[] = [];
  for (const path of ['', ...[text, search].flatMap((page) => (page ? [page.path] : []))]) {
    const { grade, score, losses } = await gradePage(new URL(path, base), new URL(path, plain));
    grades.push(`${grade} ${score}`);
    if (grade !== 'A+')
      findings.fail(
        `${path === '' ? 'the front page' : path} gets ${grade} (${score}), expected A+: ${losses.join(' ')}`,
      );
  }
  findings.figure = [...new Set(grades)].join(', ');
  return findings.verdict();
}
