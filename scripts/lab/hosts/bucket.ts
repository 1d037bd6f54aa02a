import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { ProgramError } from '../process.ts';
import { encodePath } from '../site.ts';
import type { Host } from './host.ts';
import { listSiteFiles } from '../site.ts';
import { pythonTypes, typeOf } from './media-types.ts';
import { findPackage } from './npm-servers.ts';

const BUCKET = 'bucket';
const AT_ONCE = 16;

/**
 * A public bucket of S3 without its website setting: an address is the key of an object and nothing
 * else, so neither a folder nor the start page has an address of its own. Filled over HTTP, one PUT
 * for each file, with the types that `aws s3 sync` would send. The PUTs are not signed: this server
 * asks nobody for a signature, which is also why everyone may read. Unlike S3 it lists a bucket for
 * everyone, and calls a missing key 404 where S3 says 403 to those who may not list.
 */
export const bucket: Host = {
  name: 'S3 bucket',
  needs: [],
  async start(root, scratch) {
    const store = new S3rver({
      address: '127.0.0.1',
      port: 0,
      directory: scratch,
      silent: true,
      vhostBuckets: false,
      configureBuckets: [{ name: BUCKET }],
    });
    const { port } = await store.run();
    const stop = async () => {
      const closed = store.close();
      // clients keep theirs open, and would hold the lab back
      store.httpServer.closeAllConnections();
      await closed;
    };
    const address = `http://127.0.0.1:${port}/${BUCKET}`;
    try {
      await upload(root, address);
    } catch (error) {
      await stop();
      throw error;
    }
    return { address, version: findPackage('@20minutes/s3rver').version, stop };
  },
};

async function upload(folder: string, address: string): Promise<void> {
  const paths = listSiteFiles(folder);
  const take = async () => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop())
      await put(join(folder, path), `${address}/${encodePath(path)}`);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
}

async function put(file: string, address: string): Promise<void> {
  const headers = { 'content-type': typeOf(file, pythonTypes) ?? 'binary/octet-stream' };
  const response = await fetch(address, { method: 'PUT', headers, body: readFileSync(file) });
  const answer = await response.text();
  if (!response.ok)
    throw new ProgramError(
      `The bucket refused ${address}: ${response.status} ${answer.slice(0, 200)}`,
    );
}
