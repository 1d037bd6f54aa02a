import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answers, findFreePort, startProgram } from '../process.ts';
import { findProgram } from '../programs.ts';
import type { Host } from './host.ts';

/**
 * nginx with the lines of Debian's `nginx.conf` and default site that decide what a reader gets: its types, compression of HTML,
 * `try_files`, and its own page for a missing address. Only the places of logs, state and temporary files differ, and the port.
 */
export const nginx: Host = {
  name: 'nginx',
  needs: [{ command: 'nginx', debian: 'nginx' }], // nginx-light is this package with one module more
  async start(root, scratch) {
    const command = findProgram('nginx') ?? 'nginx';
    const port = await findFreePort();
    const address = `http://127.0.0.1:${port}`;
    const settings = join(scratch, 'nginx.conf');
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (kind) => `${kind}_temp_path ${JSON.stringify(join(scratch, kind))};`,
    );
    writeFileSync(
      settings,
      `${process.getuid?.() === 0 ? 'user www-data;' : ''}
daemon off;
pid ${JSON.stringify(join(scratch, 'nginx.pid'))};
error_log stderr;
events {}
http {
  ${temporary.join('\n  ')}
  access_log off;
  sendfile on;
  tcp_nopush on;
  types_hash_max_size 2048;
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  gzip on;
  server {
    listen 127.0.0.1:${port};
    root ${JSON.stringify(root)};
    index index.html index.htm;
    location / { try_files $uri $uri/ =404; }
  }
}
`,
    );
    // -e: until it has read its settings, it would complain in /var/log, which only root may write
    const { stop } = await startProgram(
      command,
      ['-p', scratch, '-e', 'stderr', '-c', settings],
      () => answers(address),
    );
    const { stderr } = spawnSync(command, ['-v'], { encoding: 'utf8' });
    return {
      address,
      version: `nginx ${/nginx\/([\d.]+)/.exec(stderr)?.[1] ?? '(version unknown)'}`,
      stop,
    };
  },
};
