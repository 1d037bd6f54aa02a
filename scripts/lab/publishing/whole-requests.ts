import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { serveOnLoopback, type Loopback } from '../hosts/loopback.ts';

/**
 * Passes on to a server only requests that have come whole. S3 "never adds partial objects"
 * (Amazon S3 API Reference, PutObject); s3rver keeps what it got of one that was cut off, which
 * would make a killed run look as if publishing could leave half a file.
 * @param port of the server, on this machine
 */
export const startFront = (port: number): Promise<Loopback> =>
  serveOnLoopback(
    (asked, answer) => passOn(asked, answer, port).catch(() => void answer.destroy()), // cut off, by either side
  );

async function passOn(asked: IncomingMessage, answer: ServerResponse, port: number): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of asked) chunks.push(chunk as Buffer);
  if (!asked.complete) throw new Error('The request was cut off.');
  // The host that was asked is signed; that the body may come was said already.
  const { expect: _, ...headers } = asked.headers;
  const { method, url: path } = asked;
  await new Promise<void>((done, fail) => {
    const passed = request({ host: '127.0.0.1', port, method, path, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer).on('finish', done).on('error', fail);
    });
    passed.on('error', fail).end(Buffer.concat(chunks));
  });
}
