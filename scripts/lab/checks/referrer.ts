import { setTimeout as wait } from 'node:timers/promises';
import { launchChromium } from '../clients/chromium.ts';
import { Findings, leftOut, type Verdict } from '../report.ts';
import { attributeOf, encodePath, type Link, type Page, type Site } from '../site.ts';
import { startWitness } from '../witness.ts';

/** Of a large directory only so many are clicked; each way in which a page makes such links comes first. */
const mostLinks = 60;

/**
 * Clicks links that lead out of the site, with a witness in place of every other host. A referrer would tell the other site from
 * which mirror, and from which page, its visitor comes: the address of a mirror that is not listed is a secret.
 */
export async function checkReferrer(site: Site, base: string): Promise<Verdict> {
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
  const clicked = [...new Set([...first, ...links])].slice(0, Math.max(mostLinks, first.length));
  const findings = new Findings();
  const witness = await startWitness();
  const browser = await launchChromium([
    `--host-resolver-rules=MAP * 127.0.0.1:${witness.port}, EXCLUDE ${new URL(base).hostname}`,
  ]);
  try {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    for (const { path, reference } of clicked) {
      const page = await context.newPage();
      await page.goto(base + encodePath(path));
      const before = witness.heard.length;
      const { host } = new URL(reference, base); // a page may ask other hosts for other things by itself
      const hear = () =>
        witness.heard
          .slice(before)
          .filter((request) => request.host === host && request.path !== '/favicon.ico');
      await page
        .locator(`a[href=${JSON.stringify(reference)}]`)
        .first()
        .click({ noWaitAfter: true });
      for (
        const deadline = performance.now() + 10_000;
        hear().length === 0 && performance.now() < deadline;
      )
        await wait(20); // also where it opens in a new tab
      const heard = hear();
      if (new URL(page.url()).host !== host)
        await page.waitForURL((url) => url.host === host, { timeout: 1000 }).catch(() => undefined); // a tab closed on its way never ends closing; where the link opens a new one, this one stays where it is
      if (heard.length === 0)
        findings.fail(`${path}: the link to ${reference} did not reach the witness`);
      for (const { headers } of heard) {
        for (const name of ['referer', 'origin', 'cookie']) {
          if (headers[name] !== undefined)
            findings.fail(
              `${path}: a click on the link to ${reference} tells ${host} "${name}: ${headers[name]}", so it learns from which mirror its visitor comes`,
            );
        }
      }
      await page.close();
    }
  } finally {
    await browser.close();
    witness.stop();
  }
  findings.figure =
    clicked.length < links.length
      ? `${clicked.length} of ${links.length} links`
      : `${links.length} links`;
  return findings.verdict();
}

/** All that decides whether a browser tells where a click came from. */
function describeWay({ elements }: Page, element: Link['element']): string {
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
