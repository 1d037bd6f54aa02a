import { findByte } from '../rebuild/compare-folders.ts';
import { CheckFindings, leftOut, type CheckResult } from '../report.ts';
import { requestAsBrowser, forEachOf, type ServedSite } from '../served-site.ts';
import { attributeOf, encodePath, findTarget } from '../site.ts';

/**
 * Every file comes back byte for byte under its own name, whatever redirects and encodings lie
 * between.
 */
export async function checkBytes({ site, base, limits }: ServedSite): Promise<CheckResult> {
  if (limits.bytes !== undefined) return leftOut(limits.bytes);
  const findings = new CheckFindings();
  await forEachOf(site.files, async ([path, bytes]) => {
    const { status, address, body, type } = await requestAsBrowser(base + encodePath(path));
    const way = address === base + encodePath(path) ? '' : ` (led to ${address})`;
    if (status !== 200)
      findings.fail(
        `${path}${way} is answered with ${status}, expected 200 and its ${bytes.length} bytes`,
      );
    else if (!body.equals(bytes)) {
      if (limits.altered !== undefined && path.endsWith('.html')) findings.note(limits.altered);
      else
        findings.fail(
          `${path}${way} comes back as ${body.length} other bytes; the first that differs is ` +
            `number ${findByte(body, bytes)} of ${bytes.length}`,
        );
    } else if (
      path.endsWith('.html') &&
      type !== undefined &&
      !/^(text\/html|application\/xhtml\+xml)\b/.test(type)
    ) {
      findings.fail(`${path} comes as ${type}, which a browser saves instead of showing it`);
    }
  });
  findings.figure = `${site.files.size} files`;
  return findings.result();
}

/**
 * What a reader of a dead address sees. A host may show the site's own page for it, a bare one of
 * its own, or (the worst, since each relative link of it then leads to one more) the start page.
 * The site's own page must not have a link that goes astray from another depth.
 */
export async function checkMissing({ site, base, limits }: ServedSite): Promise<CheckResult> {
  if (limits.bytes !== undefined) return leftOut(limits.bytes);
  const findings = new CheckFindings();
  const { status, body } = await requestAsBrowser(`${base}no/such/page.html`);
  const own = site.files.get('404.html');
  const start = site.files.get('index.html');
  if (start && body.equals(start)) {
    findings.note(
      'the host answers missing addresses with the start page: its links lead astray from there, ' +
        'and only the host can change that',
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
        `404.html has the reference ${reference}, which leads astray where the page is shown at ` +
          `another depth; expected only #, data: and whole addresses`,
      );
  }
  return findings.result();
}
