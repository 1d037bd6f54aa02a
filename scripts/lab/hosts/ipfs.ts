import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createVerifiedFetchWithHelia, type VerifiedFetch } from '@helia/verified-fetch';
import { createHeliaLight } from 'helia';
import type { Host } from './host.ts';
import { importFolder } from './import-folder.ts';
import { serveOnLoopback } from './loopback.ts';
import { findPackage } from './npm-package.ts';

/**
 * A path gateway of IPFS in JavaScript: Helia without routers and brokers, so that it can only give what was imported, and
 * verified-fetch, which follows the specification of gateways. A folder without its slash is redirected, as on public ones.
 */
export const ipfs: Host = {
  name: 'IPFS gateway (Helia)',
  needs: [],
  async start(root) {
    const { cid, blocks } = await importFolder(root);
    const helia = await createHeliaLight({ blockstore: blocks }).start();
    const verifiedFetch = await createVerifiedFetchWithHelia(helia);
    const server = await serveOnLoopback((request, response) =>
      answer(verifiedFetch, request, response),
    );
    const stop = async () => {
      await server.stop();
      await verifiedFetch.stop();
      await helia.stop();
    };
    return {
      address: `${server.origin}/ipfs/${cid.toString()}`,
      version: `${findPackage('helia').version}, ${findPackage('@helia/verified-fetch').version}`,
      stop,
    };
  },
};

async function answer(
  verifiedFetch: VerifiedFetch,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  if (!url.startsWith('/ipfs/')) return void response.writeHead(404).end();
  if (!['GET', 'HEAD'].includes(method))
    return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
  const closed = new AbortController();
  response.on('close', () => closed.abort());
  const headers = new Headers(
    Object.entries(request.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    ),
  );
  headers.delete('accept'); // gateways pass over types they do not know; verified-fetch refuses a mere `text/html` with 406
  // A HEAD too is fetched as GET: verified-fetch calls every HEAD 200, redirects included.
  const result = await verifiedFetch(url, {
    headers,
    session: false,
    offline: true,
    redirect: 'manual',
    signal: closed.signal,
  });
  for (const [name, value] of result.headers)
    response.setHeader(name, name === 'location' ? value.replace(/^ipfs:\/\//, '/ipfs/') : value);
  response.writeHead(result.status, result.statusText);
  if (method === 'HEAD' || result.body === null)
    return void (await result.body?.cancel(), response.end());
  await pipeline(result.body, response);
}
