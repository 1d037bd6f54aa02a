import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';

export interface RawHost {
  /** `http://127.0.0.1:PORT`, or `https://localhost:PORT` with a certificate. */
  origin: string;
  port: number;
  /** The heads of all requests so far, as they came. */
  heads: string[];
  /** How many connections there have been. */
  connections: number;
  stop: () => Promise<void>;
}

/** Writes whatever it wants, HTTP or not. `count` counts the requests before this one. */
export type RawAnswer = (socket: Socket, count: number) => void;

/** A host that is free in what it sends, byte by byte, and in when it hangs up. */
export async function startRawHost(
  answer: RawAnswer,
  certificate?: { key: string; cert: string },
): Promise<RawHost> {
  const sockets = new Set<Socket>();
  const serve = (socket: Socket) => {
    host.connections += 1;
    sockets.add(socket);
    let asked = '';
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      asked += bytes.toString('latin1');
      for (let end = asked.indexOf('\r\n\r\n'); end >= 0; end = asked.indexOf('\r\n\r\n')) {
        host.heads.push(asked.slice(0, end));
        asked = asked.slice(end + 4);
        answer(socket, host.heads.length - 1);
      }
    });
  };
  const server = certificate ? createSecureServer(certificate, serve) : createServer(serve);
  const host: RawHost = {
    origin: '',
    port: 0,
    heads: [],
    connections: 0,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  host.port = (server.address() as AddressInfo).port;
  host.origin = certificate ? `https://localhost:${host.port}` : `http://127.0.0.1:${host.port}`;
  return host;
}

/** A whole answer with a body; `headers` with their line ends. */
export const reply = (body: string | Buffer, headers = '', status = '200 OK'): Buffer =>
  Buffer.concat([
    Buffer.from(
      `HTTP/1.1 ${status}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n`,
      'latin1',
    ),
    Buffer.from(body),
  ]);

/** Writes again and again, as long as somebody reads. */
export function pour(socket: Socket, head: string, piece: string | Buffer): void {
  const go = () => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.write(head);
  socket.on('drain', go);
  go();
}

/** Writes a little from time to time. */
export function drip(socket: Socket, head: string, piece: string, milliseconds: number): void {
  socket.write(head);
  const timer = setInterval(() => socket.write(piece), milliseconds);
  socket.on('close', () => clearInterval(timer));
}

/** The same answer to everything. */
export const always =
  (bytes: string | Buffer): RawAnswer =>
  (socket) =>
    socket.write(bytes);

/** One answer after the other, each on a connection of its own; undefined hangs up. */
export const inTurn =
  (...answers: (string | Buffer | undefined)[]): RawAnswer =>
  (socket, count) => {
    const bytes = answers[Math.min(count, answers.length - 1)];
    if (bytes === undefined) socket.destroy();
    else socket.end(bytes);
  };
