import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Loopback {
  /** `http://127.0.0.1:PORT`. */
  origin: string;
  stop: () => Promise<void>;
}

/**
 * Answers HTTP from within the lab, on a free port of the loopback address alone; for hosts that
 * are a library and no program. What the listener throws becomes a 500 that names it, so that the
 * check which asked can show it.
 * @throws the system's error where no port is free
 */
export function serveOnLoopback(
  listener: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
): Promise<Loopback> {
  const server = createServer(async (request, response) => {
    try {
      await listener(request, response);
    } catch (error) {
      if (!response.headersSent)
        response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(
        `the host of the lab failed: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  });
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections(); // clients keep theirs open, and would hold the lab back
    });
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () =>
      done({ origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop }),
    );
  });
}
