import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { answers, findFreePort, ProgramError, startProgram } from '../process.ts';
import { findProgram, type Program } from '../programs.ts';
import type { Host } from './host.ts';

const program: Program = {
  command: 'ipfs',
  otherwise: 'Kubo 0.40 or later, from its makers or built with Go',
};

/**
 * Kubo, which most gateways run, as a volunteer's own node with `ipfs daemon --offline`: the profile `test` leaves out all that
 * looks for others, and every port is of the loopback address. The folder is added as `import-folder.ts` adds it, by the
 * profile `unixfs-v1-2025` (Kubo ≥ 0.40), with its dot files (`-H`).
 */
export const kubo: Host = {
  name: 'IPFS gateway (Kubo)',
  needs: [program],
  async start(root, scratch) {
    const command = findProgram(program.command);
    if (command === undefined) throw new ProgramError('ipfs is not on this machine.');
    // its home too, since it keeps more there than its store; telemetry is on unless told
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
