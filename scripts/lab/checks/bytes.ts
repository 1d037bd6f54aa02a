import { findByte } from '../compare-folders.ts';
import { Findings, leftOut, type Verdict } from '../report.ts';
import { ask, forEachOf, type Place } from '../place.ts';
import { encodePath } from '../site.ts';

/** Every file comes back byte for byte under its own name, whatever redirects and encodings lie between. */
export async function checkBytes({ site, base, limits }: Place): Promise<Verdict> {
  if (limits.bytes !== undefined) return leftOut(limits.bytes);
  const findings = new Findings();
  await forEachOf(site.files, async ([path, bytes]) => {
    const { status, address, body, type } = await ask(base + encodePath(path));
    const way = address === base + encodePath(path) ? '' : ` (led to ${address})`;
    if (status !== 200)
      findings.fail(
        `${path}${way} is answered with ${status}, expected 200 and its ${bytes.length} bytes`,
      );
    else if (!body.equals(bytes)) {
      if (limits.altered !== undefined && path.endsWith('.html')) findings.note(limits.altered);
      else
        findings.fail(
          `${path}${way} comes back as ${body.length} other bytes; the first that differs is number ${findByte(body, bytes)} of ${bytes.length}`,
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
  return findings.verdict();
}
