import { spawnSync } from 'node:child_process';
import { answers, findFreePort, startProgram } from '../process.ts';
import { findProgram } from '../programs.ts';
import type { Host } from './host.ts';

/** The web server inside busybox, as on routers and rescue systems: one command without settings, in the foreground. */
export const busybox: Host = {
  name: 'busybox httpd',
  needs: [{ command: 'busybox', debian: 'busybox' }], // Debian's busybox-static has the same server
  async start(root, scratch) {
    const command = findProgram('busybox') ?? 'busybox';
    const port = await findFreePort();
    const address = `http://127.0.0.1:${port}`;
    const { stop } = await startProgram(
      command,
      ['httpd', '-f', '-p', `127.0.0.1:${port}`, '-h', root],
      () => answers(address),
      { cwd: scratch },
    );
    const { stdout } = spawnSync(command, { encoding: 'utf8' });
    return {
      address,
      version: `busybox ${/BusyBox v([\d.]+)/.exec(stdout)?.[1] ?? '(version unknown)'}`,
      stop,
    };
  },
};
