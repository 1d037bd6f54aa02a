import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printDebianRules } from '../debian-apache.ts';
import { answers, findFreePort, startProgram } from '../process.ts';
import { findProgram } from '../programs.ts';
import type { Host } from './host.ts';

/** Of the modules that Debian switches on, those that have a say in which file is sent, as what type and how; each with Debian's settings. */
const modules = [
  'mpm_event',
  'authz_core',
  'alias',
  'autoindex',
  'dir',
  'mime',
  'negotiation',
  'filter',
  'deflate',
];

/**
 * Apache with Debian's modules, their settings, and the rules that Debian sets for `/var/www`. Log, lock and state are in scratch; a
 * root's Apache serves as www-data, as Debian's does.
 */
export const apache: Host = {
  name: 'Apache',
  needs: [{ command: 'apache2', debian: 'apache2' }], // apache2-bin has the program, but not the settings of the modules
  async start(root, scratch) {
    const command = findProgram('apache2') ?? 'apache2';
    const port = await findFreePort();
    const address = `http://127.0.0.1:${port}`;
    const settings = join(scratch, 'apache2.conf');
    const available = '/etc/apache2/mods-available';
    writeFileSync(
      settings,
      `${modules.map((name) => `Include ${available}/${name}.load\nIncludeOptional ${available}/${name}.conf`).join('\n')}
${process.getuid?.() === 0 ? 'User www-data\nGroup www-data' : ''}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
DefaultRuntimeDir ${JSON.stringify(scratch)}
PidFile ${JSON.stringify(join(scratch, 'apache2.pid'))}
ErrorLog ${JSON.stringify(join(scratch, 'error.log'))}
${printDebianRules(root, 'None')}
DocumentRoot ${JSON.stringify(root)}
`,
    );
    const { stop } = await startProgram(
      command,
      ['-d', scratch, '-f', settings, '-DFOREGROUND'],
      () => answers(address),
    );
    const { stdout } = spawnSync(command, ['-v'], { encoding: 'utf8' });
    return {
      address,
      version: `Apache ${/Apache\/([\d.]+)/.exec(stdout)?.[1] ?? '(version unknown)'}`,
      stop,
    };
  },
};
