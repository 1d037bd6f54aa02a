import { requestRaw } from '../../hosting/request-raw.ts';
import type { ServedMirror } from '../../hosting/configuration.ts';
import { forEachOf } from '../../served-site.ts';
import { CheckFindings, type CheckResult } from '../../report.ts';
import { encodePath } from '../../site.ts';

const text = 'charset=utf-8';
/** What each kind of file is to come as. With `nosniff` a browser believes it. */
const types: readonly [name: RegExp, type: string, charset?: string][] = [
  [/\.html$/, 'text/html', text],
  [/\.css$/, 'text/css', text],
  [/\.js$/, 'text/javascript', text],
  [/\.(?:txt|minisig)$|(?:^|\/)SHA256SUMS$/, 'text/plain', text],
  [/\.xml$/, 'text/xml', text],
  [/\.ics$/, 'text/calendar', text],
  [/\.json$/, 'application/json', text],
  [/\.wasm$/, 'application/wasm'],
  [/\.zip$/, 'application/zip'],
  [/\.epub$/, 'application/epub+zip'],
  [/\.car$/, 'application/vnd.ipld.car'],
  [/\.avif$/, 'image/avif'],
  [/\.gif$/, 'image/gif'],
  [/\.jpe?g$/, 'image/jpeg'],
  [/\.png$/, 'image/png'],
  [/\.webp$/, 'image/webp'],
  [/\.(?:pagefind|pf_\w+)$/, 'application/octet-stream'],
];

/**
 * Whether a file travels compressed, where it is long enough: texts do, what is compressed already
 * does not.
 */
const isText = (type: string): boolean => /^text\/|^application\/json$/.test(type);
/** Shorter answers gain nothing. */
const longEnough = 1500;

/**
 * Each file comes with its type and encoding, compressed where it is text and the browser asks for
 * it, and else as it is.
 */
export async function checkTypes({ site, base }: ServedMirror): Promise<CheckResult> {
  const findings = new CheckFindings();
  await forEachOf(site.files, async ([path, bytes]) => {
    const [, type, charset] = types.find(([name]) => name.test(path)) ?? [];
    if (type === undefined)
      return findings.fail(
        `${path} is of a kind that no configuration names, add it to hosting/ and to this check`,
      );
    const address = base + encodePath(path);
    const plain = await requestRaw(address);
    const expected = charset === undefined ? type : `${type}; ${charset}`;
    const found = plain.headers['content-type'];
    if (found?.toLowerCase() !== expected)
      findings.fail(`${path} comes as "${found}", expected "${expected}"`);
    if (plain.headers['content-encoding'] !== undefined || !plain.body.equals(bytes))
      findings.fail(`${path} comes changed to who asks for no compression`);
    if (plain.headers['content-language'] !== undefined)
      findings.fail(
        `${path} comes with the language "${plain.headers['content-language']}", which the host ` +
          `took from its name`,
      );
    const { headers, body } = await requestRaw(address, { headers: { 'accept-encoding': 'gzip' } });
    const encoding = headers['content-encoding'];
    if (
      isText(type) &&
      bytes.length >= longEnough &&
      (encoding !== 'gzip' || body.length >= bytes.length)
    )
      findings.fail(
        `${path}, ${bytes.length} bytes of text, comes as ${body.length} bytes with the encoding ` +
          `"${encoding ?? 'none'}", expected gzip`,
      );
    if (!isText(type) && type !== 'application/wasm' && encoding !== undefined)
      findings.fail(`${path}, compressed already, comes with the encoding "${encoding}"`);
    if (encoding !== undefined && !/accept-encoding/i.test(headers['vary']?.toString() ?? ''))
      findings.fail(
        `${path} comes compressed without "vary: accept-encoding", so a cache may give it to who ` +
          `cannot read it`,
      );
  });
  findings.figure = `${site.files.size} files`;
  return findings.result();
}
