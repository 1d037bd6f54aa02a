import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createVerifiedFetchWithHelia, type VerifiedFetch } from '@helia/verified-fetch';
import { createHeliaLight } from 'helia';
import type { FileCandidate } from 'ipfs-unixfs-importer';
import { ArchiveError } from '../../../src/kit/core/archive/archive.ts';
import { importFiles, type ImportedFolder } from '../../../src/kit/node/pack/import-files.ts';
import { answers, findFreePort, ProgramError, startProgram } from '../process.ts';
import { findProgram, type Program } from '../programs.ts';
import { listSiteFiles } from '../site.ts';
import type { Host } from './host.ts';
import { serveOnLoopback } from './loopback.ts';
import { findPackage } from './npm-servers.ts';

/**
 * A path gateway of IPFS in JavaScript: Helia without routers and brokers, so that it can only give
 * what was imported, and verified-fetch, which follows the specification of gateways. A folder
 * without its slash is redirected, as on public ones.
 */
const helia: Host = {
  name: 'IPFS gateway (Helia)',
  needs: [],
  async start(root) {
    const { cid, blocks } = await importFolder(root);
    const node = await createHeliaLight({ blockstore: blocks }).start();
    const verifiedFetch = await createVerifiedFetchWithHelia(node);
    const server = await serveOnLoopback((request, response) =>
      answerAsGateway(verifiedFetch, request, response),
    );
    const stop = async () => {
      await server.stop();
      await verifiedFetch.stop();
      await node.stop();
    };
    return {
      address: `${server.origin}/ipfs/${cid.toString()}`,
      version: `${findPackage('helia').version}, ${findPackage('@helia/verified-fetch').version}`,
      stop,
    };
  },
};

/**
 * Cuts a folder into blocks, in memory, as the mirror kit does for a CAR. Dot files are taken
 * along.
 * @throws ProgramError if a folder of it has more entries than one block holds
 */
async function importFolder(folder: string): Promise<ImportedFolder> {
  try {
    return await importFiles(folder, readFiles(folder));
  } catch (error) {
    if (error instanceof ArchiveError) throw new ProgramError(error.message);
    throw error;
  }
}

/** One after another, since a site can be larger than the memory that is left. */
function* readFiles(folder: string): Generator<FileCandidate> {
  for (const path of listSiteFiles(folder))
    yield { path, content: readFileSync(join(folder, path)) };
}

async function answerAsGateway(
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
  // gateways pass over types they do not know; verified-fetch refuses a mere `text/html` with 406
  headers.delete('accept');
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

const kuboProgram: Program = {
  command: 'ipfs',
  otherwise: 'Kubo 0.40 or later, from its makers or built with Go',
};

/**
 * Kubo, which most gateways run, as a volunteer's own node with `ipfs daemon --offline`: the
 * profile `test` leaves out all that looks for others, and every port is of the loopback address.
 * The folder is added as `importFolder` does it, by the profile `unixfs-v1-2025` (Kubo ≥ 0.40),
 * with its dot files (`-H`).
 */
const kubo: Host = {
  name: 'IPFS gateway (Kubo)',
  needs: [kuboProgram],
  async start(root, scratch) {
    const command = findProgram(kuboProgram.command);
    if (command === undefined) throw new ProgramError('ipfs is not on this machine.');
    // its home too, since it keeps more there than its store; telemetry is on by default
    const env = {
      ...process.env,
      HOME: scratch,
      IPFS_PATH: join(scratch, 'store'),
      IPFS_TELEMETRY: 'off',
    };
    const run = (...words: string[]) => runKubo(command, words, env);
    const port = await findFreePort();
    await run('init', '--profile=test');
    await run('config', 'profile', 'apply', 'unixfs-v1-2025');
    await run('config', 'Addresses.Gateway', `/ip4/127.0.0.1/tcp/${port}`);
    await run('config', '--json', 'Gateway.NoFetch', 'true');
    const cid = await run('add', '-r', '-H', '--cid-version=1', '-Q', root);
    const version = await run('version', '--number');
    const address = `http://127.0.0.1:${port}/ipfs/${cid}`;
    const isReady = async (output: string) =>
      output.includes('Daemon is ready') && (await answers(`${address}/`));
    const { stop } = await startProgram(command, ['daemon', '--offline'], isReady, {
      cwd: scratch,
      env,
      seconds: 60,
    });
    return { address, version: `Kubo ${version}`, stop };
  },
};

async function runKubo(
  command: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  try {
    return (await promisify(execFile)(command, words, { env })).stdout.trim();
  } catch (error) {
    throw new ProgramError(
      `ipfs ${words.join(' ')} failed: ${error instanceof Error ? error.message.trim().split('\n').slice(-2).join(' / ') : String(error)}`,
    );
  }
}

/** Gateways of IPFS, in the order of the table. */
export const ipfsGateways: readonly Host[] = [helia, kubo];
