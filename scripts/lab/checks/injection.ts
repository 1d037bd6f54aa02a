import type { Browser } from 'playwright-core';
import { injectedMarks } from '../hosts/habits/habits.ts';
import { CheckFindings, type CheckResult } from '../report.ts';
import { requestAsBrowser, type ServedSite } from '../served-site.ts';
import { encodePath } from '../site.ts';

/**
 * What becomes of scripts that a host adds to each page. Those after the page's policy have to be
 * stopped, in every page that runs none of its own. Against those before it a page can do nothing:
 * this is reported, not hidden, and that it is still so is tested too, since a promise to readers
 * hangs on it.
 * @returns undefined for hosts that add nothing
 */
export async function checkInjection(
  { site, base, limits }: ServedSite,
  browser: Browser,
  paths: readonly string[],
): Promise<CheckResult | undefined> {
  if (limits.added === undefined) return undefined;
  const findings = new CheckFindings();
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const { path, scripted } of site.pages.filter((each) => paths.includes(each.path))) {
    await page.goto(base + encodePath(path));
    // the browser would give it decoded, without its byte order mark
    const { body } = await requestAsBrowser(base + encodePath(path));
    if (site.files.get(path)?.equals(body))
      findings.fail(`${path} comes without a script of the host, so nothing was tried`);
    const ran = await page.evaluate(
      (marks) =>
        Object.entries(marks).flatMap(([kind, { key, value }]) =>
          document.documentElement.dataset[key] === value ? [kind] : [],
        ),
      injectedMarks,
    );
    if (limits.added === 'run') {
      if (ran.length === 0)
        findings.fail(
          `${path} stops scripts that are before its policy, which no browser was known to do: ` +
            `fix what is said about it`,
        );
    } else if (ran.includes('inline') || (ran.length > 0 && !scripted))
      findings.fail(
        `${path} lets a script run that the host put after its policy (${ran.join(', ')}): it ` +
          `could read what the reader does, and change an account`,
      );
    else if (ran.length > 0)
      findings.note(
        'pages with a search allow scripts from their own host, so a host can run its own files there',
      );
  }
  await context.close();
  if (limits.added === 'run')
    findings.note(
      'the scripts run: no page can stop what is before its policy; only a check against the ' +
        'signed list shows it',
    );
  findings.figure = `${limits.added}, ${paths.length} pages`;
  return findings.result();
}
