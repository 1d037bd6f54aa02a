import { requestRaw, type RawResponse } from '../../hosting/request-raw.ts';
import type { ServedMirror } from '../../hosting/configuration.ts';
import { forEachOf } from '../../served-site.ts';
import { CheckFindings, type CheckResult } from '../../report.ts';
import { encodePath } from '../../site.ts';

const frames = "frame-ancestors 'none'";

/** What every answer has to say, and what it keeps from happening to a reader. */
const required: Readonly<Record<string, string>> = {
  // Attack: a search of the reader's device finds the pages in the browser's cache.
  'cache-control': 'no-store',
  // Attack: another site shows the mirror in a frame, under a false name or below its own buttons.
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff', // Attack: a file that is no page is run as one.
  'referrer-policy': 'no-referrer', // Attack: another site learns from which mirror a reader comes.
  // Attack: a page that opened the mirror steers its window.
  'cross-origin-opener-policy': 'same-origin',
  // Attack: another site loads a file of the mirror, to learn whether it can be reached.
  'cross-origin-resource-policy': 'same-origin',
  // Attack: the network learns the names of all sites that a page links to.
  'x-dns-prefetch-control': 'off',
  'permissions-policy':
    'accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), ' +
    'magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
};

/**
 * Attack: the browser tells others who had trouble reading what, or is asked to remember the
 * reader.
 */
const forbidden = [
  'report-to',
  'reporting-endpoints',
  'nel',
  'content-security-policy-report-only',
  'set-cookie',
  'x-powered-by',
  'access-control-allow-origin',
  'expires',
  'age',
  'strict-transport-security-report-only',
];

/** The kind of name that Tor passes on to an onion service. */
const onion = `${'a'.repeat(56)}.onion`;

/**
 * Every answer says what no page can say for itself, and nothing that harms a reader or stops the
 * search.
 */
export async function checkHeaders({
  site,
  base,
  plain,
  variant,
}: ServedMirror): Promise<CheckResult> {
  const findings = new CheckFindings();
  const look = async (path: string, askFor: () => Promise<RawResponse>) => {
    const { headers } = await askFor();
    const expect = (name: string, expected: string | undefined) => {
      const found = headers[name]?.toString();
      if (found !== expected)
        findings.fail(
          `${path}: the header ${name} is ${found === undefined ? 'not there' : `"${found}"`}, expected ${expected === undefined ? 'none' : `"${expected}"`}`,
        );
    };
    for (const [name, value] of Object.entries(required)) expect(name, value);
    for (const name of forbidden) expect(name, undefined);
    // HSTS over plain HTTP has no effect, and on an onion service would lead to a port that is not
    // there.
    expect('strict-transport-security', variant === 'TLS' ? 'max-age=31536000' : undefined);
    const policies = (headers['content-security-policy']?.toString() ?? '').split(', ');
    if (policies.some((policy) => policy !== frames))
      findings.fail(
        `${path}: the header content-security-policy is "${policies.join(', ')}", expected ` +
          `"${frames}": more stops the search, less lets others frame the page`,
      );
    const server = headers['server']?.toString() ?? '';
    if (/\d/.test(server))
      findings.fail(
        `${path}: the header server tells the version "${server}", which helps who looks for weak ones`,
      );
  };
  await forEachOf(site.files.keys(), (path) =>
    look(path, () => requestRaw(base + encodePath(path))),
  );
  await look('a missing page', () => requestRaw(`${base}no/such/page.html`));
  await look('the folder', () => requestRaw(base));
  if (variant === 'TLS') {
    const { status, headers } = await requestRaw(`${plain}index.html`);
    if (![301, 308].includes(status) || headers.location !== `${base}index.html`)
      findings.fail(
        `without TLS, index.html is answered with ${status} to ${headers.location ?? 'nowhere'}, ` +
          `expected a lasting redirect to ${base}index.html`,
      );
    if (headers['strict-transport-security'] !== undefined)
      findings.fail('the header strict-transport-security is sent without TLS');
  }
  if (variant === 'onion') {
    const { status } = await requestRaw(`${base}index.html`, { headers: { host: onion } });
    if (status !== 200)
      findings.fail(
        `asked under the name ${onion}, index.html is answered with ${status}, expected 200 ` +
          `without a redirect`,
      );
  }
  findings.figure = `${site.files.size + 2} answers`;
  return findings.result();
}
