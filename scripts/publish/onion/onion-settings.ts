/**
 * Settings with which Caddy and tor of this machine serve a folder as an onion service, each
 * started by systemd for one user. Nothing listens but on the loopback address, and nobody but tor
 * asks it.
 */

/** The ready settings of a site; their first lines say how an onion service takes them. */
export const originalSettings = 'hosting/caddy.txt';

/** Paths that Caddy, tor and systemd all read as they are, without quotation marks. */
export const plainPath = /^\/[\w./-]+$/;

/**
 * The files by their names.
 * @param folder absolute, and a `plainPath`
 * @param original the text of the site's `hosting/caddy.txt`
 */
export const printOnionSettings = (
  folder: string,
  original: string,
): Readonly<Record<string, string>> => ({
  Caddyfile: original
    .split('\n')
    .filter((line) => !line.endsWith('# TLS'))
    .map((line) => line.replace(/^(\s*)# (.*) # onion$/, '$1$2'))
    .join('\n')
    // Attack: another user of the machine changes the settings of a Caddy that listens for orders.
    .replace('\n{\n', '\n{\n\tadmin off\n')
    .replace('root * /srv/mirror', `root * ${folder}/site`),
  torrc: `DataDirectory ${folder}/tor
HiddenServiceDir ${folder}/tor/service
HiddenServicePort 80 127.0.0.1:8080
SocksPort 0
`,
  'mirror-web.service': printUnit(
    'Pages of the mirror',
    `caddy run --config ${folder}/Caddyfile --adapter caddyfile`,
    [`XDG_DATA_HOME=${folder}/caddy`, `XDG_CONFIG_HOME=${folder}/caddy`],
  ),
  'mirror-tor.service': printUnit('The mirror as an onion service', `tor -f ${folder}/torrc`, []),
});

const printUnit = (description: string, command: string, environment: readonly string[]): string =>
  `[Unit]
Description=${description}

[Service]
ExecStart=/usr/bin/env ${command}
${environment.map((line) => `Environment=${line}\n`).join('')}Restart=on-failure
NoNewPrivileges=yes
# Who reads is nobody's business: what the programs print is not kept.
StandardOutput=null
StandardError=null

[Install]
WantedBy=default.target
`;
