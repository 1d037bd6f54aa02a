import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serveFolder } from '../../scripts/build/serve.ts';

/**
 * Hosts of a test file: `serve` gives the address of a folder, at the root or below `under`; `stop`
 * ends all of them.
 */
export function makeHosts(): {
  serve: (folder: string, under?: string) => Promise<string>;
  stop: () => Promise<void>;
} {
  const servers: Awaited<ReturnType<typeof serveFolder>>[] = [];
  return {
    serve: async (folder, under = '') => {
      const server = await serveFolder(folder, 0, under);
      servers.push(server);
      return `http://localhost:${(server.address() as AddressInfo).port}${under}/`;
    },
    stop: async () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
        await once(server, 'close');
      }
    },
  };
}
