import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { requestRaw } from '../../hosting/request-raw.ts';
import { hidden } from '../../hosting/mirror-root.ts';
import type { ServedMirror } from '../../hosting/configuration.ts';
import { CheckFindings, leftOut, type CheckResult } from '../../report.ts';

/**
 * An address of this machine that nothing but this check asks from, and words that are nowhere
 * else.
 */
const reader = '127.77.66.55';
const mark = 'page-that-leaves-no-trace';

/** Requests of all kinds, right and wrong, as (method, path, headers). */
const requests: readonly [method: string, path: string, headers?: Record<string, string>][] = [
  ['GET', `index.html?${mark}`, { referer: `https://${mark}.invalid/`, 'user-agent': mark }],
  ['GET', `${mark}.html`],
  ['GET', `${mark}/`],
  ['GET', `unreadable.html?${mark}`],
  ['GET', `pagefind/?${mark}`],
  ['GET', `en?${mark}`],
  ['GET', `${hidden[0]}?${mark}`],
  ['GET', `.htaccess?${mark}`],
  ['GET', `%00${mark}`],
  ['GET', `index.html/${mark}`],
  ['GET', `${mark}${'x'.repeat(300)}.html`],
  ['GET', `${mark}${'x'.repeat(9000)}.html`],
  ['GET', `..%2f..%2f${mark}`],
  ['GET', `index.html?${mark}`, { range: 'bytes=9999999-' }],
  ['GET', `index.html?${mark}`, { 'x-long': 'x'.repeat(40_000) }],
  ['POST', `index.html?${mark}`],
  ['PUT', `${mark}.html`],
  ['DELETE', `index.html?${mark}`],
  ['TRACE', `index.html?${mark}`],
];

/**
 * After requests of all kinds, nothing that the program has written holds the reader's address or
 * what was asked for. Attack: whoever seizes the machine of a mirror, or asks its owner, reads
 * there who has read what.
 */
export async function checkLogs({ base, plain, readLogs }: ServedMirror): Promise<CheckResult> {
  if (readLogs === undefined)
    return leftOut('what such a host writes down is its own business, and no file changes it');
  if (process.platform !== 'linux')
    return leftOut('only Linux lets a check ask from an address of its own');
  const findings = new CheckFindings();
  let count = 0;
  for (const place of new Set([base, plain])) {
    for (const [method, path, headers] of requests) {
      const answered = await requestRaw(place + path, {
        method,
        from: reader,
        ...(headers && { headers }),
      }).then(
        () => true,
        () => false,
      ); // some are cut off, as they should be
      if (answered) count++;
    }
    for (const noise of [
      `GET /${mark} HTTP/9.9\r\n\r\n`,
      `GET /${mark} HTTP/1.1\r\n\r\n`,
      `${mark}\r\n\r\n`,
      '\u0016\u0003\u0001\u0000\u0002xx',
      `GET /${mark} HTTP/1.1\r\nHost: ${mark}.invalid\r\n\r\n`,
      '',
    ])
      await send(new URL(place), noise);
  }
  await wait(300); // what was asked last may be written last
  const lines = readLogs().split('\n');
  for (const line of lines) {
    if (line.includes(reader))
      findings.fail(`a log holds the reader's address: ${line.slice(0, 300)}`);
    else if (line.includes(mark))
      findings.fail(`a log holds what the reader asked for: ${line.slice(0, 300)}`);
  }
  if (count < requests.length / 2)
    findings.fail(`only ${count} of the requests were answered, so the logs prove little`);
  findings.figure = `${count} requests, ${lines.filter((line) => line !== '').length} lines`;
  return findings.result();
}

/** Says something that is no request, from the reader's address, and hangs up. */
function send({ hostname, port }: URL, noise: string): Promise<void> {
  return new Promise((done) => {
    const socket = connect({
      host: hostname === 'localhost' ? '127.0.0.1' : hostname,
      port: Number(port),
      localAddress: reader,
    });
    socket.on('error', () => undefined).on('close', () => done()); // the host may hang up first
    socket.on('connect', () => socket.write(Buffer.from(noise, 'latin1')));
    socket.resume();
    setTimeout(() => socket.destroy(), 150);
  });
}
