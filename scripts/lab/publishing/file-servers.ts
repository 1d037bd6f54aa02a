import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { serveFolder } from '../../build/serve.ts';
import { findFreePort, startProgram, type Running } from '../process.ts';
import { findProgram, type Program } from '../programs.ts';
import { listSiteFiles } from '../site.ts';
import { rcloneProgram, readIn, type PublishServer, type RunningServer } from './publish-server.ts';

/** Whether something takes connections at a port of this machine. */
const isOpen = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => done(true)).once('error', () => done(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.end());
  });

/** A server of files: what it takes, and the folder on the disk that readers are shown of it. */
interface FileServer {
  readonly name: string;
  readonly needs: readonly Program[];
  /** Of the folder that it stores files in: where in it the site goes; empty for the root. */
  readonly path: string;
  /** Starts it, and gives the lines of rclone's settings for it. */
  readonly serve: (
    store: string,
    port: number,
    scratch: string,
  ) => Promise<{ running: Running; remote: string[]; version: string }>;
}

const firstLine = (command: string, ...words: string[]): string => {
  const { stdout, stderr } = spawnSync(findProgram(command) ?? command, words, {
    encoding: 'utf8',
  });
  return `${stdout}${stderr}`.trim().split('\n')[0] ?? '';
};

const start = (command: string, words: readonly string[], port: number, cwd: string) =>
  startProgram(findProgram(command) ?? command, words, () => isOpen(port), { cwd });

const programs: readonly FileServer[] = [
  {
    // A home with a document root in it, as shared hosts have it; no shell, as they forbid it.
    name: 'SFTP (OpenSSH)',
    needs: [
      rcloneProgram,
      { command: 'sshd', debian: 'openssh-server' },
      { command: 'ssh-keygen', debian: 'openssh-client' },
    ],
    path: 'public',
    async serve(store, port, scratch) {
      const makeKey = (name: string) =>
        spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(scratch, name)]);
      for (const name of ['host-key', 'key']) makeKey(name);
      // Its separated half changes its root to this folder, which Debian's service would make.
      if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
      writeFileSync(
        join(scratch, 'sshd_config'),
        `Port ${port}
ListenAddress 127.0.0.1
HostKey ${join(scratch, 'host-key')}
AuthorizedKeysFile ${join(scratch, 'key.pub')}
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin yes
Subsystem sftp internal-sftp
ForceCommand internal-sftp -d ${store}
`,
      );
      const words = ['-D', '-e', '-f', join(scratch, 'sshd_config')];
      return {
        running: await start('sshd', words, port, scratch),
        remote: [
          ...['type = sftp', 'host = 127.0.0.1', `port = ${port}`, 'shell_type = none'],
          ...[`user = ${userInfo().username}`, `key_file = ${join(scratch, 'key')}`],
        ],
        version: firstLine('ssh', '-V').split(/[ ,]/)[0]?.replace('_', ' ') ?? 'OpenSSH',
      };
    },
  },
  {
    name: 'FTP (vsftpd)',
    needs: [rcloneProgram, { command: 'vsftpd', debian: 'vsftpd' }],
    path: '',
    async serve(store, port, scratch) {
      writeFileSync(
        join(scratch, 'vsftpd.conf'),
        `listen=YES
listen_address=127.0.0.1
listen_port=${port}
background=NO
run_as_launching_user=YES
seccomp_sandbox=NO
anonymous_enable=YES
no_anon_password=YES
anon_root=${store}
allow_writeable_chroot=YES
write_enable=YES
anon_upload_enable=YES
anon_mkdir_write_enable=YES
anon_other_write_enable=YES
anon_umask=022
local_enable=NO
`,
      );
      return {
        running: await start('vsftpd', [join(scratch, 'vsftpd.conf')], port, scratch),
        remote: [
          'type = ftp',
          'host = 127.0.0.1',
          `port = ${port}`,
          'user = anonymous',
          `pass = ${firstLine('rclone', 'obscure', 'none')}`,
        ],
        version: 'vsftpd', // it says its version to terminals only
      };
    },
  },
  {
    name: 'WebDAV (rclone serve)',
    needs: [rcloneProgram],
    path: '',
    async serve(store, port, scratch) {
      const words = ['serve', 'webdav', store, `--addr=127.0.0.1:${port}`];
      return {
        running: await start('rclone', words, port, scratch),
        remote: ['type = webdav', `url = http://127.0.0.1:${port}`, 'vendor = other'],
        version: firstLine('rclone', 'version'),
      };
    },
  },
];

async function startFileServer(
  { path, serve }: FileServer,
  scratch: string,
): Promise<RunningServer> {
  const [store, state] = [join(scratch, 'store'), join(scratch, 'state')];
  for (const folder of [store, state]) mkdirSync(folder, { mode: 0o755 });
  const { running, remote, version } = await serve(store, await findFreePort(), state);
  const settings = join(state, 'rclone.conf');
  writeFileSync(settings, `[place]\n${remote.join('\n')}\n`);
  const folder = join(store, path);
  const readers = await serveFolder(folder, 0);
  return {
    target: `rclone:place:${path}`,
    env: { RCLONE_CONFIG: settings },
    version,
    read: readIn(folder),
    list: async () => (existsSync(folder) ? listSiteFiles(folder) : []),
    address: `http://localhost:${(readers.address() as AddressInfo).port}`,
    stop: async () => {
      readers.close();
      readers.closeAllConnections();
      await running.stop();
    },
  };
}

/** Servers that take single files: an edition comes to them through rclone. */
export const fileServers: readonly PublishServer[] = programs.map((server) => ({
  name: server.name,
  needs: server.needs,
  start: (scratch) => startFileServer(server, scratch),
}));
