import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { makeCertificate } from './certificate.ts';

export interface SinkRequest {
  /** The name under which it was asked. */
  host: string;
  path: string;
  headers: Record<string, string>;
}

export interface RequestSink {
  port: number;
  requests: SinkRequest[];
  stop: () => void;
}

/**
 * Takes the part of every other host of the world: a browser that has to look up all names as
 * this port of the loopback address leads here, over HTTP or TLS, and what it says is kept.
 */
export async function startRequestSink(): Promise<RequestSink> {
  const { key, cert } = await makeCertificate('sink.invalid');
  const requests: SinkRequest[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    requests.push({ host: headers['host'] ?? '', path: request.url ?? '', headers });
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>sink</title>');
  };
  const plain = createHttpServer(answer);
  const secure = createHttpsServer({ key, cert }, answer);
  const sockets = new Set<Socket>();
  // One port for both: a TLS connection begins with the byte 22 (RFC 8446, 5.1), no method of HTTP
  // does.
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    socket.once('data', (first) => {
      socket.pause();
      (first[0] === 22 ? secure : plain).emit('connection', socket);
      socket.unshift(first);
      process.nextTick(() => socket.resume());
    });
  });
  await new Promise<void>((done, fail) => {
    listener.once('error', fail);
    listener.listen(0, '127.0.0.1', done);
  });
  const stop = () => {
    for (const socket of sockets) socket.destroy();
    for (const server of [listener, plain, secure]) server.close();
  };
  return { port: (listener.address() as AddressInfo).port, requests, stop };
}
