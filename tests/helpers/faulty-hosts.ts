import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningHost } from '../../scripts/lab/hosts/host.ts';
import { serveOnLoopback } from '../../scripts/lab/hosts/loopback.ts';

/** A host without any idea of types. */
export async function startTextHost(root: string): Promise<RunningHost> {
  const { origin, stop } = await serveOnLoopback((request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/plain' })
      .end(readFileSync(join(root, request.url ?? '/')));
  });
  return { address: origin, version: 'text', stop };
}

/** A host that hangs up on everybody. */
export async function startBrokenHost(): Promise<RunningHost> {
  const { origin, stop } = await serveOnLoopback((request) => {
    request.socket.destroy();
  });
  return { address: origin, version: 'broken', stop };
}
