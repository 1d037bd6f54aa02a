import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answers, findFreePort, startProgram } from '../process.ts';
import { findProgram } from '../programs.ts';
import type { Host } from './host.ts';

/**
 * Caddy with the `Caddyfile` that Debian installs: a root and `file_server`, nothing else. Its control port is off, as it is the same
 * for every Caddy of a machine, and so are certificates: the loopback address has none.
 */
export const caddy: Host = {
  name: 'Caddy',
  needs: [{ command: 'caddy', debian: 'caddy' }],
  async start(root, scratch) {
    const command = findProgram('caddy') ?? 'caddy';
    const port = await findFreePort();
    const address = `http://127.0.0.1:${port}`;
    const settings = join(scratch, 'Caddyfile');
    writeFileSync(
      settings,
      `{
	admin off
	auto_https off
}
http://:${port} {
	bind 127.0.0.1
	root * ${JSON.stringify(root)}
	file_server
}
`,
    );
    const env = { ...process.env, HOME: scratch, XDG_CONFIG_HOME: scratch, XDG_DATA_HOME: scratch }; // it saves its settings and an identity
    const parameters = ['run', '--config', settings, '--adapter', 'caddyfile'];
    const { stop } = await startProgram(command, parameters, () => answers(address), {
      cwd: scratch,
      env,
    });
    const { stdout } = spawnSync(command, ['version'], { encoding: 'utf8', env });
    return {
      address,
      version: `Caddy ${/\d+(\.\d+)+/.exec(stdout)?.[0] ?? '(version unknown)'}`,
      stop,
    };
  },
};
