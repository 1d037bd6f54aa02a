import type { Host } from './host.ts';
import { startNpmServer } from './npm-server.ts';

/** `npx http-server FOLDER` with its own defaults: folders by their index.html, an hour of cache, folders without an index listed. */
export const httpServer: Host = {
  name: 'http-server (npm)',
  needs: [],
  start: (root, scratch) =>
    startNpmServer('http-server', (port) => [root, '-a', '127.0.0.1', '-p', String(port)], scratch),
};
