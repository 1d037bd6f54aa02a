import { isUtf8 } from 'node:buffer';
import { CheckFindings, type CheckResult } from '../report.ts';
import { attributeOf, decodePart, findTarget, type SitePage, type StaticSite } from '../site.ts';

/** Attributes that name a file of the site, or a place in one. */
const naming = ['href', 'src', 'poster', 'data'];

/**
 * Every reference is written from its page, names a file that is there, and a place that is in it:
 * whatever the host. Reported once here, where the tables of hosts would report it for each of
 * them.
 */
export function checkReferences(site: StaticSite): CheckResult {
  const findings = new CheckFindings();
  const places = new Map(
    site.pages.map((page) => [
      page.path,
      new Set(
        page.elements.flatMap((element) => [
          attributeOf(element, 'id'),
          attributeOf(element, 'name'),
        ]),
      ),
    ]),
  );
  let count = 0;
  for (const page of site.pages) {
    const references = page.elements
      .flatMap((element) => naming.flatMap((name) => attributeOf(element, name) ?? []))
      .flatMap((reference) => {
        const target = findTarget(page.path, reference);
        return target === undefined ? [] : [{ reference, target }];
      });
    count += references.length;
    tellRooted(
      findings,
      page,
      references.map(({ reference }) => reference),
    );
    for (const { reference, target } of references) {
      if (!site.files.has(target))
        findings.fail(
          `${page.path} refers to ${reference}, expected a file; there is no ${target}`,
        );
      const place = /#(.+)/.exec(reference)?.[1];
      const known = places.get(target);
      if (place !== undefined && known && !known.has(decodePart(place)) && !known.has(place))
        findings.fail(
          `${page.path} refers to ${reference}, but no place in ${target} is called "${place}"`,
        );
    }
  }
  findings.figure = `${count} references`;
  return findings.result();
}

/** References that begin with one slash mean the top of the host, and work nowhere else. */
function tellRooted(
  findings: CheckFindings,
  { path }: SitePage,
  references: readonly string[],
): void {
  const rooted = references.filter((value) => value.startsWith('/'));
  const [first] = rooted;
  if (first !== undefined)
    findings.fail(
      `${path} has ${rooted.length} references that begin with / (${first}): they work at the ` +
        `top of a host only; write them from the page, such as ` +
        `${'../'.repeat(path.split('/').length - 1)}${first.slice(1)}`,
    );
}

/**
 * Pages are in UTF-8: hosts that announce it garble any other encoding, and the others leave
 * readers to guess.
 */
export function checkEncoding({ pages, files }: StaticSite): CheckResult {
  const findings = new CheckFindings();
  for (const { path, elements } of pages) {
    const bytes = files.get(path) ?? Buffer.alloc(0);
    const isMarked = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
    const isSaid = elements.some(
      (element) =>
        element.tagName === 'meta' &&
        /utf-8/i.test(`${attributeOf(element, 'charset')} ${attributeOf(element, 'content')}`),
    );
    if (!isUtf8(bytes))
      findings.fail(`${path} is not in UTF-8; open it in its old encoding and save it as UTF-8`);
    else if (!isMarked && !isSaid && bytes.some((byte) => byte > 127))
      findings.fail(
        `${path} does not say that it is UTF-8; put <meta charset="utf-8"> first into its head`,
      );
  }
  findings.figure = `${pages.length} pages`;
  return findings.result();
}
