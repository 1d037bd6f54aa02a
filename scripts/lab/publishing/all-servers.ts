import { bucketServer } from './bucket-server.ts';
import { fileServers } from './file-servers.ts';
import { folderServer } from './folder-server.ts';
import { gitServer } from './git-server.ts';
import { ipfsServer } from './ipfs-server.ts';
import type { PublishServer } from './publish-server.ts';

/** Every server that an edition is put on, in the order of the table. */
export const allServers: readonly PublishServer[] = [
  folderServer,
  gitServer,
  ...fileServers,
  bucketServer,
  ipfsServer,
];
