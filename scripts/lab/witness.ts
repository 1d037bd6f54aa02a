import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { generate } from 'selfsigned';

export interface Heard {
  /** The name under which it was asked. */
  host: string;
  path: string;
  headers: Record<string, string>;
}

export interface Witness {
  port: number;
  heard: Heard[];
  stop: () => void;
}

/**
 * Stands for every other host of the world: a browser that is told to look up all names as this port of the loopback address
 * leads here, over HTTP or TLS, and what it says is kept.
 */
export async function startWitness(): Promise<Witness> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'witness' }], {
    keySize: 2048,
  });
  const heard: Heard[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    heard.push({ host: headers['host'] ?? '', path: request.url ?? '', headers });
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>witness</title>');
  };
  const plain = createHttpServer(answer);
  const secure = createHttpsServer({ key, cert }, answer);
  const sockets = new Set<Socket>();
  // One port for both: the first byte of a TLS connection is 22 (RFC 8446, 5.1), no method of HTTP begins with it.
  const door = createServer((socket) => {
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
    door.once('error', fail);
    door.listen(0, '127.0.0.1', done);
  });
  const stop = () => {
    for (const socket of sockets) socket.destroy();
    for (const server of [door, plain, secure]) server.close();
  };
  return { port: (door.address() as AddressInfo).port, heard, stop };
}
