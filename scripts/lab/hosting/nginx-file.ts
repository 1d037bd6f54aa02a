import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nginxWords, printNginxMain, readVersion, settingsIn } from '../hosts/servers.ts';
import { answers, findFreePort, startProgram } from '../process.ts';
import { findProgram } from '../programs.ts';
import { adapt, chooseVariant, logsIn, type Configuration } from './configuration.ts';

/**
 * `hosting/nginx.txt` where its first lines say: included by an `nginx.conf` that, as Debian's,
 * keeps both logs, so that only the file itself can keep requests out of them.
 */
export const nginxFile: Configuration = {
  file: 'hosting/nginx.txt',
  name: 'nginx.txt',
  needs: [{ command: 'nginx', debian: 'nginx' }],
  variants: ['TLS', 'onion'],
  async start(text, { variant, root, under, scratch, certificate }) {
    const [plainPort, port] = [await findFreePort(), await findFreePort()];
    const secure: [string, string][] = [
      ['    listen [::]:80;', '    #'],
      ['    listen [::]:443 ssl http2;', '    #'],
      ['listen 80;', `listen 127.0.0.1:${plainPort};`],
      ['listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`],
      ['https://$host', `https://$host:${port}`],
      ['mirror.example.invalid;', 'localhost;'],
      ['/etc/letsencrypt/live/mirror/fullchain.pem', certificate.certFile],
      ['/etc/letsencrypt/live/mirror/privkey.pem', certificate.keyFile],
    ];
    const changes: [string, string][] =
      variant === 'TLS' ? secure : [['127.0.0.1:8080', `127.0.0.1:${port}`]];
    const settings = adapt(chooseVariant(text, variant), [
      ...changes,
      ['root /srv/mirror;', `root ${JSON.stringify(root)};`],
      ['=404 /404.html', `=404 ${under}/404.html`],
    ]);
    writeFileSync(join(scratch, 'mirror.conf'), settings);
    writeFileSync(
      settingsIn(scratch),
      printNginxMain(
        scratch,
        JSON.stringify(join(scratch, 'error.log')),
        `  access_log ${JSON.stringify(join(scratch, 'access.log'))};
  include ${JSON.stringify(join(scratch, 'mirror.conf'))};`,
      ),
    );
    const scheme = variant === 'TLS' ? 'https' : 'http';
    const address = `${scheme}://localhost:${port}`;
    const running = await startProgram(findProgram('nginx') ?? 'nginx', nginxWords(scratch), () =>
      answers(address),
    );
    return {
      address,
      plain: variant === 'TLS' ? `http://localhost:${plainPort}` : address,
      version: readVersion('nginx', scratch),
      readLogs: logsIn(scratch, running),
      stop: running.stop,
    };
  },
};
