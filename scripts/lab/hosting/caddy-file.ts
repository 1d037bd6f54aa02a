import { writeFileSync } from 'node:fs';
import { caddyWords, homeIn, readVersion, settingsIn } from '../hosts/servers.ts';
import { answers, findFreePort, startProgram } from '../process.ts';
import { findProgram } from '../programs.ts';
import { adapt, chooseVariant, logsIn, type Configuration } from './configuration.ts';

/**
 * `hosting/caddy.txt` as the whole Caddyfile. The certificate is ours instead of one that Caddy
 * would order, the ports are others, and its control port is off, as it is the same for every Caddy
 * of a machine.
 */
export const caddyFile: Configuration = {
  file: 'hosting/caddy.txt',
  name: 'caddy.txt',
  needs: [{ command: 'caddy', debian: 'caddy' }],
  variants: ['TLS', 'onion'],
  async start(text, { variant, root, under, scratch, certificate }) {
    const [plainPort, port] = [await findFreePort(), await findFreePort()];
    const own = `\n{\n\tadmin off\n\tskip_install_trust\n\thttp_port ${plainPort}\n\tdefault_bind 127.0.0.1\n`;
    const changes: [string, string][] =
      variant === 'TLS'
        ? [
            [
              'mirror.example.invalid { # TLS\n',
              `localhost:${port} {\n\ttls ${JSON.stringify(certificate.certFile)} ${JSON.stringify(certificate.keyFile)}\n`,
            ],
          ]
        : [['http://:8080 {', `http://:${port} {`]];
    writeFileSync(
      settingsIn(scratch),
      adapt(chooseVariant(text, variant), [
        ['\n{\n', own],
        ...changes,
        ['root * /srv/mirror', `root * ${JSON.stringify(root)}`],
        ['rewrite * /404.html', `rewrite * ${under}/404.html`],
      ]),
    );
    const address = `${variant === 'TLS' ? 'https' : 'http'}://localhost:${port}`;
    const running = await startProgram(
      findProgram('caddy') ?? 'caddy',
      caddyWords(scratch),
      () => answers(address),
      { cwd: scratch, env: homeIn(scratch) },
    );
    return {
      address,
      plain: variant === 'TLS' ? `http://localhost:${plainPort}` : address,
      version: readVersion('caddy', scratch),
      readLogs: logsIn(scratch, running),
      stop: running.stop,
    };
  },
};
