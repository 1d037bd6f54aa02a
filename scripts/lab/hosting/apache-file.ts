import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apacheWords, printApacheMain, readVersion, settingsIn } from '../hosts/servers.ts';
import { answers, findFreePort, startProgram } from '../process.ts';
import { findProgram } from '../programs.ts';
import { adapt, logsIn, type Configuration } from './configuration.ts';

/** Debian's modules that have a say in what is sent, and those that the file asks for. */
const modules = [
  ...['mpm_event', 'authz_core', 'alias', 'autoindex', 'dir', 'env', 'mime', 'negotiation'],
  ...['setenvif', 'filter', 'deflate', 'headers', 'rewrite', 'socache_shmcb', 'ssl'],
];

/** Of the lines for the main configuration, the one that is outside of every virtual host. */
const outside = /^ServerTokens /;

/**
 * `hosting/apache.txt` as the `.htaccess` of the site, and the lines that it has for the main
 * configuration there; around them Debian's settings, with its log of all hosts, so that only these
 * lines can keep requests out of it.
 */
export const apacheFile: Configuration = {
  file: 'hosting/apache.txt',
  name: 'apache.txt',
  needs: [{ command: 'apache2', debian: 'apache2' }],
  variants: ['TLS', 'onion'],
  async start(text, { variant, root, under, scratch, certificate }) {
    const [plainPort, port] = [await findFreePort(), await findFreePort()];
    // The redirect keeps the port that was asked for; here TLS has another one. Without TLS, this
    // machine's name counts as an onion's, too.
    const changes: [string, string][] =
      variant === 'TLS'
        ? [['https://%{HTTP_HOST}', `https://localhost:${port}`]]
        : [['!\\.onion(', '!(?:\\.onion|localhost)(']];
    writeFileSync(
      join(root, under, '.htaccess'),
      adapt(text, [
        ...changes,
        ['ErrorDocument 403 /', `ErrorDocument 403 ${under}/`],
        ['ErrorDocument 404 /', `ErrorDocument 404 ${under}/`],
      ]),
      { mode: 0o644 },
    );
    const lines = text
      .split('\n')
      .filter((line) => line.startsWith('#| '))
      .map((line) => line.slice(3));
    const makeHost = (at: number, more = '') => `<VirtualHost 127.0.0.1:${at}>
ServerName localhost
DocumentRoot ${JSON.stringify(root)}
${lines.filter((line) => !outside.test(line)).join('\n')}
${more}</VirtualHost>`;
    const tls = `SSLEngine on
SSLCertificateFile ${JSON.stringify(certificate.certFile)}
SSLCertificateKeyFile ${JSON.stringify(certificate.keyFile)}
`;
    writeFileSync(
      settingsIn(scratch),
      `${printApacheMain(modules, { root, scratch }, 'All')}
${[plainPort, port].map((each) => `Listen 127.0.0.1:${each}`).join('\n')}
LogLevel warn
LogFormat "%h %l %u %t \\"%r\\" %>s %O" common
CustomLog ${JSON.stringify(join(scratch, 'access.log'))} common
${lines.filter((line) => outside.test(line)).join('\n')}
${makeHost(plainPort)}
${makeHost(port, variant === 'TLS' ? tls : '')}
`,
    );
    const address = `${variant === 'TLS' ? 'https' : 'http'}://localhost:${port}`;
    const running = await startProgram(
      findProgram('apache2') ?? 'apache2',
      apacheWords(scratch),
      () => answers(address),
    );
    return {
      address,
      plain: variant === 'TLS' ? `http://localhost:${plainPort}` : address,
      version: readVersion('apache2', scratch),
      readLogs: logsIn(scratch, running),
      stop: running.stop,
    };
  },
};
