import { existsSync, mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serveFolder } from '../../build/serve.ts';
import { findPackage } from '../hosts/npm-servers.ts';
import { listSiteFiles } from '../site.ts';
import { readIn, type PublishServer } from './publish-server.ts';

/** A document root of this machine, from which a web server serves while it is replaced. */
export const folderServer: PublishServer = {
  name: 'a folder',
  needs: [],
  async start(scratch) {
    const folder = join(scratch, 'htdocs');
    mkdirSync(folder);
    const server = await serveFolder(folder, 0);
    return {
      target: folder,
      env: {},
      version: findPackage('sirv').version,
      read: readIn(folder),
      list: async () => (existsSync(folder) ? listSiteFiles(folder) : []),
      address: `http://localhost:${(server.address() as AddressInfo).port}`,
      stop: async () => {
        server.close();
        server.closeAllConnections();
      },
    };
  },
};
