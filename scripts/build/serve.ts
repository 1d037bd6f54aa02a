import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';

/**
 * Serves a built folder on this machine only.
 * @param under a path such as `/a/b/c`, below which the folder is served; empty for the root
 * @returns the server, once it listens
 * @throws the system's error: EADDRINUSE where the port is taken
 */
export function serveFolder(folder: string, port: number, under = ''): Promise<Server> {
  const files = sirv(folder, { dev: true, etag: true });
  const server = createServer((request, response) => {
    const missing = () => {
      response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' });
      const page = join(folder, '404.html');
      response.end(request.method === 'HEAD' || !existsSync(page) ? undefined : readFileSync(page));
    };
    if (!request.url?.startsWith(`${under}/`)) return missing();
    request.url = request.url.slice(under.length);
    files(request, response, missing);
  });
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, 'localhost', () => done(server));
  });
}
