import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Standing } from '../../scripts/conformance/hosts/host.ts';
import { serveOnLoopback } from '../../scripts/conformance/hosts/loopback.ts';

/** A host without any idea of types. */
export async function startTextHost(root: string, _scratch: string): Promise<Standing> {
  const { origin, stop } = await serveOnLoopback((request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' }).end(readFileSync(join(root, request.url ?? '/')));
  });
  return { address: origin, version: 'text', stop };
}
