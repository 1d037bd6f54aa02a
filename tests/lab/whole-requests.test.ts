import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Loopback } from '../../scripts/lab/hosts/loopback.ts';
import { startFront } from '../../scripts/lab/publishing/whole-requests.ts';

/** What reached the server behind: method, path, host and body of each request. */
const seen: string[] = [];
const behind = createServer((asked, answer) => {
  let body = '';
  asked.setEncoding('utf8').on('data', (text: string) => (body += text));
  const take = (): number =>
    seen.push(`${asked.method} ${asked.url} ${asked.headers.host} ${body}`);
  asked.on('error', take); // cut off: s3rver keeps what has come, too
  asked.on('end', () => {
    take();
    answer.writeHead(201, { etag: '"leek"' }).end('kept');
  });
});
const portOf = (server: typeof behind): number => (server.address() as AddressInfo).port;
let front: Loopback;

beforeAll(async () => {
  await new Promise<void>((done) => behind.listen(0, '127.0.0.1', done));
  front = await startFront(portOf(behind));
});
afterAll(async () => {
  await front.stop();
  behind.close();
});

/** Sends a part of what is promised, and goes. */
const cutOff = (port: number): Promise<void> =>
  new Promise((done) => {
    const asked = request({ port, method: 'PUT', path: '/half', headers: { 'content-length': 9 } });
    asked.on('error', () => setTimeout(done, 200));
    asked.write('half');
    setTimeout(() => asked.destroy(), 100);
  });

test('a request that is cut off reaches nobody, as at S3; without the front it does', async () => {
  await cutOff(Number(new URL(front.origin).port));
  expect(seen).toEqual([]);
  await cutOff(portOf(behind));
  expect(seen.splice(0)).toEqual([expect.stringMatching(/^PUT \/half .* half$/)]);
});

test('a whole one is passed on with the host that it asked, and so is its answer', async () => {
  const response = await fetch(`${front.origin}/leek?x=1`, {
    method: 'PUT',
    body: 'a whole leek',
  });
  expect([response.status, response.headers.get('etag'), await response.text()]).toEqual([
    201,
    '"leek"',
    'kept',
  ]);
  expect(seen).toEqual([`PUT /leek?x=1 ${new URL(front.origin).host} a whole leek`]);
});
