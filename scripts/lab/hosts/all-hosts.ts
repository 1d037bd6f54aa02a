import { pathToFileURL } from 'node:url';
import { bucket } from './bucket.ts';
import { habitHosts } from './habits/serve-habit.ts';
import type { Host } from './host.ts';
import { ipfsGateways } from './ipfs.ts';
import { npmServers } from './npm-servers.ts';
import { onionshare } from './onionshare.ts';
import { webServers } from './servers.ts';

/** No host at all: the folder as it lies on a disk or a USB stick, opened by `file://`. */
const folderOnDisk: Host = {
  name: 'a folder on disk, file://',
  needs: [],
  limits: {
    bytes:
      'nothing is between the files and the browser, so there are no answers to compare; the ' +
      'browser resolves the links itself',
    search:
      'browsers let no script of a file: page load another file, so the search box stays away; ' +
      'the list of pages serves',
  },
  start: (root) =>
    Promise.resolve({
      address: pathToFileURL(root).href,
      version: '',
      stop: () => Promise.resolve(),
    }),
};

/**
 * Every host of the lab, in the order of the table. Those without `needs` come with the project.
 */
export const allHosts: readonly Host[] = [
  ...webServers,
  ...npmServers,
  bucket,
  ...ipfsGateways,
  onionshare,
  folderOnDisk,
  ...habitHosts,
];
