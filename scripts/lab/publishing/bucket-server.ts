import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { findPackage } from '../hosts/npm-servers.ts';
import { encodePath } from '../site.ts';
import { rcloneProgram, type PublishServer } from './publish-server.ts';
import { startFront } from './whole-requests.ts';

const bucket = 'place';

/**
 * A public bucket of S3, filled by rclone with signed requests, an object whole or not at all;
 * readers get each by its key. The pair of keys is the one that this server has for everybody.
 */
export const bucketServer: PublishServer = {
  name: 'S3 (s3rver)',
  needs: [rcloneProgram],
  async start(scratch) {
    const store = join(scratch, 'store');
    mkdirSync(store);
    const server = new S3rver({
      address: '127.0.0.1',
      port: 0,
      directory: store,
      silent: true,
      vhostBuckets: false,
      configureBuckets: [{ name: bucket }],
    });
    const front = await startFront((await server.run()).port);
    const settings = join(scratch, 'rclone.conf');
    writeFileSync(
      settings,
      `[place]
type = s3
provider = Other
endpoint = ${front.origin}
access_key_id = S3RVER
secret_access_key = S3RVER
force_path_style = true
`,
    );
    const address = `${front.origin}/${bucket}`;
    return {
      target: `rclone:place:${bucket}`,
      env: { RCLONE_CONFIG: settings, AWS_CA_BUNDLE: undefined },
      version: findPackage('@20minutes/s3rver').version,
      address,
      read: async (path) => {
        const response = await fetch(`${address}/${encodePath(path)}`);
        const bytes = Buffer.from(await response.arrayBuffer());
        return response.ok ? bytes : undefined;
      },
      stop: async () => {
        await front.stop();
        const closed = server.close();
        server.httpServer.closeAllConnections(); // clients keep theirs open
        await closed;
      },
    };
  },
};
