import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answers, findFreePort, startProgram } from '../process.ts';
import { findProgram } from '../programs.ts';
import type { Host } from './host.ts';

/**
 * lighttpd with the lines of Debian's `lighttpd.conf` that concern files: its modules, names of start pages, names that it refuses,
 * and the types that Debian's script makes of `/etc/mime.types`. Errors go to its output.
 */
export const lighttpd: Host = {
  name: 'lighttpd',
  needs: [{ command: 'lighttpd', debian: 'lighttpd' }],
  async start(root, scratch) {
    const command = findProgram('lighttpd') ?? 'lighttpd';
    const port = await findFreePort();
    const address = `http://127.0.0.1:${port}`;
    const settings = join(scratch, 'lighttpd.conf');
    writeFileSync(
      settings,
      `server.modules = ( "mod_indexfile", "mod_access", "mod_alias", "mod_redirect" )
server.document-root = ${JSON.stringify(root)}
server.upload-dirs = ( ${JSON.stringify(scratch)} )
server.bind = "127.0.0.1"
server.port = ${port}
${process.getuid?.() === 0 ? 'server.username = "www-data"\nserver.groupname = "www-data"' : ''}
index-file.names = ( "index.php", "index.html" )
url.access-deny = ( "~", ".inc" )
static-file.exclude-extensions = ( ".php", ".pl", ".fcgi" )
include_shell "/usr/share/lighttpd/create-mime.conf.pl"
server.modules += ( "mod_dirlisting", "mod_staticfile" )
`,
    );
    const { stop } = await startProgram(command, ['-D', '-f', settings], () => answers(address), {
      cwd: scratch,
    });
    const { stdout } = spawnSync(command, ['-v'], { encoding: 'utf8' });
    return {
      address,
      version: `lighttpd ${/lighttpd\/([\d.]+)/.exec(stdout)?.[1] ?? '(version unknown)'}`,
      stop,
    };
  },
};
