import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answers, findFreePort, startProgram } from '../process.ts';
import { findProgram } from '../programs.ts';
import type { Host } from './host.ts';

interface Setting {
  root: string;
  scratch: string;
  port: number;
}

/**
 * A web server of the machine, with the settings that Debian gives it, but for logs, state and
 * port.
 */
interface WebServer {
  name: string;
  /** Its command, which is also the Debian package but where another one is named. */
  command: string;
  debian?: string;
  /** Settings that are written into scratch as `settings` before it starts. */
  settings?: (setting: Setting) => string;
  words: (setting: Setting) => readonly string[];
  /** Whether it keeps things in its user's folder: that is scratch, then. */
  homeless?: boolean;
}

/** The file of settings, for the words of a command. */
export const settingsIn = (scratch: string): string => join(scratch, 'settings');

const asUser = (line: string): string => (process.getuid?.() === 0 ? line : '');

/**
 * The lines of an `nginx.conf` outside of its `server`: who it runs as, and where it keeps what.
 */
export const printNginxMain = (scratch: string, errorLog: string, http: string): string =>
  `${asUser('user www-data;')}
daemon off;
pid ${JSON.stringify(join(scratch, 'nginx.pid'))};
error_log ${errorLog};
events {}
http {
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  .map((kind) => `  ${kind}_temp_path ${JSON.stringify(join(scratch, kind))};`)
  .join('\n')}
  include /etc/nginx/mime.types;
${http}
}
`;

/** `-e`: until it has read its settings, it would write errors to /var/log, which only root may. */
export const nginxWords = (scratch: string): string[] => [
  ...['-p', scratch],
  ...['-e', 'stderr'],
  ...['-c', settingsIn(scratch)],
];

/**
 * The lines of an `apache2.conf` outside of its hosts: modules with Debian's settings, who it runs
 * as, where it keeps what, and the rules by which Debian guards the disk and opens a document root.
 * A root's Apache serves as www-data, as Debian's does.
 * @param override what an `.htaccess` in the document root may set
 */
export const printApacheMain = (
  modules: readonly string[],
  { root, scratch }: Pick<Setting, 'root' | 'scratch'>,
  override: 'None' | 'All',
): string => {
  const available = '/etc/apache2/mods-available';
  return `Define APACHE_RUN_DIR ${JSON.stringify(scratch)}
${modules
  .map(
    (name) => `Include ${available}/${name}.load
${name === 'ssl' ? '' : `IncludeOptional ${available}/${name}.conf`}`,
  )
  .join('\n')}
${asUser('User www-data\nGroup www-data')}
ServerName localhost
DefaultRuntimeDir ${JSON.stringify(scratch)}
PidFile ${JSON.stringify(join(scratch, 'apache2.pid'))}
ErrorLog ${JSON.stringify(join(scratch, 'error.log'))}
<Directory />
  Options FollowSymLinks
  AllowOverride None
  Require all denied
</Directory>
<Directory ${JSON.stringify(root)}>
  Options Indexes FollowSymLinks
  AllowOverride ${override}
  Require all granted
</Directory>
<FilesMatch "^\\.ht">
  Require all denied
</FilesMatch>`;
};

export const apacheWords = (scratch: string): string[] => [
  ...['-d', scratch],
  ...['-f', settingsIn(scratch)],
  '-DFOREGROUND',
];

export const caddyWords = (scratch: string): string[] => [
  'run',
  ...['--config', settingsIn(scratch)],
  ...['--adapter', 'caddyfile'],
];

/** Where a program is to keep what it would keep in its user's folder. */
export const homeIn = (scratch: string): NodeJS.ProcessEnv => ({
  ...process.env,
  HOME: scratch,
  XDG_CONFIG_HOME: scratch,
  XDG_DATA_HOME: scratch,
});

const servers: readonly WebServer[] = [
  {
    // The lines of Debian's nginx.conf and default site that decide what a reader gets.
    name: 'nginx',
    command: 'nginx', // nginx-light is this package with one module more
    settings: ({ root, scratch, port }) =>
      printNginxMain(
        scratch,
        'stderr',
        `  access_log off;
  sendfile on;
  tcp_nopush on;
  types_hash_max_size 2048;
  default_type application/octet-stream;
  gzip on;
  server {
    listen 127.0.0.1:${port};
    root ${JSON.stringify(root)};
    index index.html index.htm;
    location / { try_files $uri $uri/ =404; }
  }`,
      ),
    words: ({ scratch }) => nginxWords(scratch),
  },
  {
    // The Caddyfile that Debian installs. Its control port is off, as it is the same for every
    // Caddy of a machine, and so are certificates: the loopback address has none.
    name: 'Caddy',
    command: 'caddy',
    settings: ({ root, port }) => `{
	admin off
	auto_https off
}
http://:${port} {
	bind 127.0.0.1
	root * ${JSON.stringify(root)}
	file_server
}
`,
    words: ({ scratch }) => caddyWords(scratch),
    homeless: true,
  },
  {
    // Of the modules that Debian switches on, those that have a say in which file is sent, and how.
    name: 'Apache',
    command: 'apache2', // apache2-bin has the program, but not the settings of the modules
    settings: ({ root, scratch, port }) => `${printApacheMain(
      [
        ...['mpm_event', 'authz_core', 'alias', 'autoindex', 'dir', 'mime', 'negotiation'],
        ...['filter', 'deflate'],
      ],
      { root, scratch },
      'None',
    )}
Listen 127.0.0.1:${port}
DocumentRoot ${JSON.stringify(root)}
`,
    words: ({ scratch }) => apacheWords(scratch),
  },
  {
    // The lines of Debian's lighttpd.conf that concern files, and the types that its script makes
    // of /etc/mime.types. Errors go to its output.
    name: 'lighttpd',
    command: 'lighttpd',
    settings: ({ root, scratch, port }) =>
      `server.modules = ( "mod_indexfile", "mod_access", "mod_alias", "mod_redirect" )
server.document-root = ${JSON.stringify(root)}
server.upload-dirs = ( ${JSON.stringify(scratch)} )
server.bind = "127.0.0.1"
server.port = ${port}
${asUser('server.username = "www-data"\nserver.groupname = "www-data"')}
index-file.names = ( "index.php", "index.html" )
url.access-deny = ( "~", ".inc" )
static-file.exclude-extensions = ( ".php", ".pl", ".fcgi" )
include_shell "/usr/share/lighttpd/create-mime.conf.pl"
server.modules += ( "mod_dirlisting", "mod_staticfile" )
`,
    words: ({ scratch }) => ['-D', '-f', settingsIn(scratch)],
  },
  {
    // As on routers and rescue systems: one command without settings, in the foreground.
    name: 'busybox httpd',
    command: 'busybox', // Debian's busybox-static has the same server
    words: ({ root, port }) => ['httpd', '-f', '-p', `127.0.0.1:${port}`, '-h', root],
  },
  {
    // The command that many know by heart. It runs in scratch and gets the folder as an argument,
    // as `python3 -m` takes modules from the folder that it runs in.
    name: 'Python http.server',
    command: 'python3',
    words: ({ root, port }) => [
      ...['-m', 'http.server', String(port)],
      ...['--bind', '127.0.0.1'],
      ...['--directory', root],
    ],
  },
];

/** How each program says its version. */
const versions: Readonly<Record<string, [words: string[], pattern: RegExp, name: string]>> = {
  nginx: [['-v'], /nginx\/([\d.]+)/, 'nginx'],
  caddy: [['version'], /(\d+(?:\.\d+)+)/, 'Caddy'],
  apache2: [['-v'], /Apache\/([\d.]+)/, 'Apache'],
  lighttpd: [['-v'], /lighttpd\/([\d.]+)/, 'lighttpd'],
  busybox: [[], /BusyBox v([\d.]+)/, 'busybox'],
  python3: [['--version'], /Python (\S+)/, 'Python http.server'],
};

/** The program and version that runs by a command: `nginx 1.22.1`. */
export function readVersion(command: string, scratch: string): string {
  const [words = [], pattern = /$^/, name = command] = versions[command] ?? [];
  const path = findProgram(command) ?? command;
  const options = { encoding: 'utf8', cwd: scratch, env: homeIn(scratch) } as const;
  const { stdout, stderr } = spawnSync(path, words, options);
  return `${name} ${pattern.exec(`${stdout}${stderr}`)?.[1] ?? '(version unknown)'}`;
}

const makeHost = ({ name, command, debian, settings, words, homeless }: WebServer): Host => ({
  name,
  needs: [{ command, debian: debian ?? command }],
  async start(root, scratch) {
    const port = await findFreePort();
    const address = `http://127.0.0.1:${port}`;
    const setting = { root, scratch, port };
    if (settings) writeFileSync(settingsIn(scratch), settings(setting));
    const { stop } = await startProgram(
      findProgram(command) ?? command,
      words(setting),
      () => answers(address),
      { cwd: scratch, ...(homeless && { env: homeIn(scratch) }) },
    );
    return { address, version: readVersion(command, scratch), stop };
  },
});

export const webServers: readonly Host[] = servers.map(makeHost);
