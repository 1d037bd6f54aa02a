import { spawnSync } from 'node:child_process';
import { answers, findFreePort, startProgram } from '../process.ts';
import { findProgram } from '../programs.ts';
import type { Host } from './host.ts';

/**
 * The command that many know by heart for "serve this folder". It runs in scratch and is told the folder, as `python3 -m` takes modules
 * from the folder that it runs in.
 */
export const python: Host = {
  name: 'Python http.server',
  needs: [{ command: 'python3', debian: 'python3' }],
  async start(root, scratch) {
    const command = findProgram('python3') ?? 'python3';
    const port = await findFreePort();
    const address = `http://127.0.0.1:${port}`;
    const parameters = [
      '-m',
      'http.server',
      String(port),
      '--bind',
      '127.0.0.1',
      '--directory',
      root,
    ];
    const { stop } = await startProgram(command, parameters, () => answers(address), {
      cwd: scratch,
    });
    const { stdout } = spawnSync(command, ['--version'], { encoding: 'utf8', cwd: scratch });
    return {
      address,
      version: `Python ${/Python (\S+)/.exec(stdout)?.[1] ?? '(version unknown)'} http.server`,
      stop,
    };
  },
};
