import { Findings, leftOut, type Verdict } from '../report.ts';
import { ask, type Place } from '../place.ts';
import { attributeOf, findTarget } from '../site.ts';

/**
 * What a reader of a dead address sees. A host may show the site's own page for it, a bare one of its own, or (the worst, since
 * each relative link of it then leads to one more) the start page. The site's own page must not have a link that goes astray
 * from another depth.
 */
export async function checkMissing({ site, base, limits }: Place): Promise<Verdict> {
  if (limits.bytes !== undefined) return leftOut(limits.bytes);
  const findings = new Findings();
  const { status, body } = await ask(`${base}no/such/page.html`);
  const own = site.files.get('404.html');
  const start = site.files.get('index.html');
  if (start && body.equals(start)) {
    findings.note(
      'the host answers missing addresses with the start page: its links lead astray from there, and only the host can change that',
    );
    findings.figure = `start page, ${status}`;
  } else findings.figure = `${own && body.equals(own) ? '404.html' : 'the host’s'}, ${status}`;
  const page = site.pages.find(({ path }) => path === '404.html');
  for (const element of page?.elements ?? []) {
    const relative = ['href', 'src', 'srcset', 'poster', 'action', 'data']
      .flatMap((name) => attributeOf(element, name) ?? [])
      .filter(
        (reference) =>
          !reference.startsWith('#') && findTarget('404.html', reference) !== undefined,
      );
    for (const reference of relative)
      findings.fail(
        `404.html has the reference ${reference}, which leads astray where the page is shown at another depth; expected only #, data: and whole addresses`,
      );
  }
  return findings.verdict();
}
