import { setTimeout as wait } from 'node:timers/promises';
import { launchChromium } from '../clients/chromium.ts';
import { CheckFindings, leftOut, type CheckResult } from '../report.ts';
import { attributeOf, encodePath, type SiteLink, type SitePage, type StaticSite } from '../site.ts';
import { startRequestSink } from '../request-sink.ts';

/**
 * Of a large directory only so many are clicked; each way in which a page makes such links comes
 * first.
 */
const maxLinks = 60;
/** So long a tab may take to close, in milliseconds; the next one does not depend on it. */
const closing = 5000;

/**
 * Clicks links that lead out of the site, with a sink of ours in place of every other host. A
 * referrer would tell the other site from which mirror, and from which page, its visitor comes: the
 * address of a mirror that is not listed is a secret.
 */
export async function checkReferrer(site: StaticSite, base: string): Promise<CheckResult> {
  const links = site.pages.flatMap((page) =>
    page.links
      .filter(({ target, reference }) => target === undefined && /^https?:|^\/\//i.test(reference))
      .map(({ element, reference }) => ({
        path: page.path,
        reference,
        way: describeWay(page, element),
      })),
  );
  if (links.length === 0) return leftOut('no link leads out of the site');
  const first = links.filter(
    ({ way }, index) => links.findIndex((other) => other.way === way) === index,
  );
  const clicked = [...new Set([...first, ...links])].slice(0, Math.max(maxLinks, first.length));
  const findings = new CheckFindings();
  const sink = await startRequestSink();
  const browser = await launchChromium([
    `--host-resolver-rules=MAP * 127.0.0.1:${sink.port}, EXCLUDE ${new URL(base).hostname}`,
  ]);
  try {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    for (const { path, reference } of clicked) {
      const page = await context.newPage();
      await page.goto(base + encodePath(path));
      const before = sink.requests.length;
      // a page may ask other hosts for other things by itself
      const { host } = new URL(reference, base);
      const received = () =>
        sink.requests
          .slice(before)
          .filter((request) => request.host === host && request.path !== '/favicon.ico');
      await page
        .locator(`a[href=${JSON.stringify(reference)}]`)
        .first()
        .click({ noWaitAfter: true });
      for (
        const deadline = performance.now() + 10_000;
        received().length === 0 && performance.now() < deadline;
      )
        await wait(20); // also where it opens in a new tab
      const arrived = received();
      if (new URL(page.url()).host !== host)
        // where the link opens a new tab, this one stays where it is
        await page.waitForURL((url) => url.host === host, { timeout: 1000 }).catch(() => undefined);
      if (arrived.length === 0)
        findings.fail(`${path}: the link to ${reference} reached no other host`);
      for (const { headers } of arrived) {
        for (const name of ['referer', 'origin', 'cookie']) {
          if (headers[name] !== undefined)
            findings.fail(
              `${path}: a click on the link to ${reference} tells ${host} "${name}: ` +
                `${headers[name]}", so it learns from which mirror its visitor comes`,
            );
        }
      }
      // A tab closed on its way may never end closing, at times also one that has arrived; it goes
      // with the browser.
      await Promise.race([page.close(), wait(closing)]);
    }
  } finally {
    await browser.close();
    sink.stop();
  }
  findings.figure =
    clicked.length < links.length
      ? `${clicked.length} of ${links.length} links`
      : `${links.length} links`;
  return findings.result();
}

/** All that decides whether a browser tells where a click came from. */
function describeWay({ elements }: SitePage, element: SiteLink['element']): string {
  const rules = elements.flatMap((meta) =>
    meta.tagName === 'meta' && attributeOf(meta, 'name')?.toLowerCase() === 'referrer'
      ? [attributeOf(meta, 'content')]
      : [],
  );
  return [
    ...['rel', 'referrerpolicy', 'target'].map((name) => attributeOf(element, name)),
    ...rules,
  ].join(' ');
}
