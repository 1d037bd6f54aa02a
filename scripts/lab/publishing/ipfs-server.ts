import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFreePort, ProgramError, startProgram, type Running } from '../process.ts';
import { findProgram, type Program } from '../programs.ts';
import { encodePath } from '../site.ts';
import type { PublishServer } from './publish-server.ts';

const kubo: Program = {
  command: 'ipfs',
  otherwise: 'Kubo 0.40 or later, from its makers or built with Go',
};

interface Node {
  readonly rpc: string;
  readonly gateway: string;
  /** Runs the program against it. */
  readonly run: (...words: string[]) => Promise<string>;
  readonly running: Running;
}

/** A node that knows nobody: the profile leaves out all that looks for others. */
async function startNode(scratch: string): Promise<Node> {
  const command = findProgram(kubo.command) ?? kubo.command;
  const env = {
    ...process.env,
    HOME: scratch,
    IPFS_PATH: join(scratch, 'store'),
    IPFS_TELEMETRY: 'off',
  };
  const run = async (...words: string[]): Promise<string> =>
    (await promisify(execFile)(command, words, { env })).stdout.trim();
  const [rpc, gateway, swarm] = [await findFreePort(), await findFreePort(), await findFreePort()];
  await run('init', '--profile=test');
  await run('config', 'Addresses.API', `/ip4/127.0.0.1/tcp/${rpc}`);
  await run('config', 'Addresses.Gateway', `/ip4/127.0.0.1/tcp/${gateway}`);
  await run('config', '--json', 'Addresses.Swarm', JSON.stringify([`/ip4/127.0.0.1/tcp/${swarm}`]));
  const running = await startProgram(
    command,
    ['daemon'],
    (output) => output.includes('Daemon is ready'),
    { cwd: scratch, env, seconds: 90 },
  );
  return {
    rpc: `http://127.0.0.1:${rpc}`,
    gateway: `http://127.0.0.1:${gateway}`,
    run,
    running,
  };
}

/**
 * Two nodes that know each other and nobody else: one is published to, readers ask the other, which
 * has nothing and has to fetch each page from the first.
 */
export const ipfsServer: PublishServer = {
  name: 'IPFS (two nodes of Kubo)',
  needs: [kubo],
  async start(scratch) {
    const [own, other] = [join(scratch, 'own'), join(scratch, 'other')];
    for (const folder of [own, other]) mkdirSync(folder);
    const [publisher, cold] = [await startNode(own), await startNode(other)];
    const [address] = (await publisher.run('id', '-f', '<addrs>')).split('\n');
    if (address === undefined) throw new ProgramError('ipfs id printed no address.');
    await cold.run('swarm', 'connect', address);
    const name = await publisher.run('key', 'gen', 'site');
    /** Where the name leads; a node without a network of names can ask only itself. */
    const find = (): Promise<string> =>
      publisher.run('name', 'resolve', '--nocache', name).catch(() => '/ipfs/none');
    return {
      target: `ipfs:${publisher.rpc}#site`,
      env: {},
      version: `Kubo ${await publisher.run('version', '--number')}`,
      lacks: /^download\//, // the CAR is the site itself, which cannot hold its archives
      address: `${cold.gateway}/ipfs/{cid}`,
      read: async (path) => {
        const response = await fetch(`${cold.gateway}${await find()}/${encodePath(path)}`);
        const bytes = Buffer.from(await response.arrayBuffer());
        return response.ok ? bytes : undefined;
      },
      stop: async () => {
        await publisher.running.stop();
        await cold.running.stop();
      },
    };
  },
};
