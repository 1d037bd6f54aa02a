import { launchChromium } from '../clients/chromium.ts';
import { Findings, leftOut, type Verdict } from '../report.ts';
import { encodePath, linksOf, type Site } from '../site.ts';
import { startWitness } from '../witness.ts';

/** Enough to meet each way in which a page makes such links, and few enough for a large directory. */
const mostLinks = 60;

/**
 * Clicks links that lead out of the site, with a witness in place of every other host. A referrer would tell the other site from
 * which mirror, and from which page, its visitor comes: the address of a mirror that is not listed is a secret.
 */
export async function checkReferrer(site: Site, base: string): Promise<Verdict> {
  const links = site.pages.flatMap((page) =>
    linksOf(page).filter(({ target, reference }) => target === undefined && /^https?:|^\/\//.test(reference)).map(({ reference }) => ({ path: page.path, reference })),
  );
  if (links.length === 0) return leftOut('no link leads out of the site');
  const findings = new Findings();
  const witness = await startWitness();
  const browser = await launchChromium([`--host-resolver-rules=MAP * 127.0.0.1:${witness.port}, EXCLUDE ${new URL(base).hostname}`]);
  try {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    for (const { path, reference } of links.slice(0, mostLinks)) {
      const page = await context.newPage();
      await page.goto(base + encodePath(path));
      const before = witness.heard.length;
      const arrival = page.waitForURL((url) => !url.href.startsWith(base), { timeout: 10_000 });
      await Promise.all([arrival, page.locator(`a[href=${JSON.stringify(reference)}]`).first().click()]);
      const heard = witness.heard.slice(before).filter((request) => request.path !== '/favicon.ico');
      if (heard.length === 0) findings.fail(`${path}: the link to ${reference} did not reach the witness`);
      for (const { host, headers } of heard) {
        for (const name of ['referer', 'origin', 'cookie']) {
          if (headers[name] !== undefined) findings.fail(`${path}: a click on the link to ${reference} tells ${host} "${name}: ${headers[name]}", so it learns from which mirror its visitor comes`);
        }
      }
      await page.close();
    }
  } finally {
    await browser.close();
    witness.stop();
  }
  findings.figure = `${Math.min(links.length, mostLinks)} links`;
  return findings.verdict();
}
