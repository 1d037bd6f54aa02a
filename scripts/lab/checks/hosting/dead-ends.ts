import { requestRaw } from '../../hosting/request-raw.ts';
import { challenge, hidden, secret } from '../../hosting/mirror-root.ts';
import type { ServedMirror } from '../../hosting/configuration.ts';
import { CheckFindings, type CheckResult } from '../../report.ts';

/**
 * What is not there, or not for readers, is answered with the site's own page and an honest status:
 * no list of a folder's files, no hidden file, no start page. A folder is answered with its index
 * document, below its own slash.
 */
export async function checkDeadEnds({ site, base, hostsOwn }: ServedMirror): Promise<CheckResult> {
  const findings = new CheckFindings();
  const own = site.files.get('404.html');
  const folders = [
    ...new Set(
      [...site.files.keys()].flatMap((path) =>
        path
          .split('/')
          .slice(0, -1)
          .map((_, depth, parts) => `${parts.slice(0, depth + 1).join('/')}/`),
      ),
    ),
  ];
  const refused = hostsOwn === undefined ? ['unreadable.html', ...hidden] : [];
  for (const path of [
    'no-such-page.html',
    'no/such/page.html',
    'no/such/folder/',
    ...folders.filter((folder) => !site.files.has(`${folder}index.html`)),
    ...refused,
  ]) {
    const { status, body } = await requestRaw(base + path);
    if (
      ![403, 404].includes(status) &&
      !(path === 'unreadable.html' && process.getuid?.() === 0 && status === 200)
    )
      findings.fail(`${path} is answered with ${status}, expected 404`);
    else if (status === 404 || status === 403)
      if (!own || !body.equals(own))
        findings.fail(
          `${path} is answered with a page of the host's, ${status}, expected 404.html`,
        );
    if (hidden.includes(path) && body.includes(secret))
      findings.fail(`${path}, which is hidden, is given to everybody`);
  }
  for (const folder of ['', ...folders].filter((each) => site.files.has(`${each}index.html`))) {
    const index = site.files.get(`${folder}index.html`) ?? Buffer.alloc(0);
    const { status, body } = await requestRaw(base + folder);
    if (status !== 200 || !body.equals(index))
      findings.fail(`the folder ${folder} is answered with ${status}, expected its index.html`);
    if (folder === '') continue;
    const bare = await requestRaw(base + folder.slice(0, -1));
    if (
      !/^30[1278]$/.test(String(bare.status)) ||
      new URL(bare.headers.location ?? '', base).href !== base + folder
    )
      findings.fail(
        `${folder.slice(0, -1)} is answered with ${bare.status} to ` +
          `${bare.headers.location ?? 'nowhere'}, expected a redirect to ${base}${folder}: ` +
          `relative links go astray from there`,
      );
  }
  if (
    hostsOwn === undefined &&
    (await requestRaw(new URL(`/${challenge}`, base).href)).status !== 200
  )
    findings.fail(`${challenge} is not given, so a certificate cannot be renewed`);
  return findings.result();
}
