import { spawn, spawnSync } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { serveOnLoopback } from '../hosts/loopback.ts';
import { pythonTypes, typeOf } from '../hosts/media-types.ts';
import { ProgramError } from '../process.ts';
import type { PublishServer } from './publish-server.ts';

const branch = 'pages';

/**
 * A forge: git's own program for HTTP takes the branch, and readers get each file of its newest
 * commit, as Pages of a forge serve it.
 */
export const gitServer: PublishServer = {
  name: 'git over HTTP (git http-backend)',
  needs: [{ command: 'git', debian: 'git' }],
  async start(scratch) {
    const repository = join(scratch, 'site.git');
    const git = (...words: string[]) =>
      spawnSync('git', [`--git-dir=${repository}`, ...words], { maxBuffer: 2 ** 28 });
    git('init', '--quiet', '--bare', repository);
    git('config', 'http.receivepack', 'true');
    const read = async (path: string): Promise<Buffer | undefined> => {
      const { status, stdout } = git('cat-file', 'blob', `${branch}:${path}`);
      return status === 0 ? stdout : undefined;
    };
    const [forge, readers] = [
      await serveOnLoopback((request, response) => answerAsForge(scratch, request, response)),
      await serveOnLoopback(async (request, response) => {
        const path = decodeURIComponent(request.url?.slice(1) ?? '').replace(
          /^$|\/$/,
          '$&index.html',
        );
        const bytes = await read(path);
        const type = typeOf(path, pythonTypes) ?? 'application/octet-stream';
        response.writeHead(bytes ? 200 : 404, { 'content-type': type });
        response.end(request.method === 'HEAD' ? undefined : bytes);
      }),
    ];
    return {
      target: `git:${forge.origin}/site.git#${branch}`,
      env: {},
      version: spawnSync('git', ['--version'], { encoding: 'utf8' }).stdout.trim(),
      read,
      list: async () =>
        git('ls-tree', '-r', '-z', '--name-only', branch)
          .stdout.toString()
          .split('\0')
          .filter((path) => path !== ''),
      address: readers.origin,
      stop: async () => {
        await forge.stop();
        await readers.stop();
      },
    };
  },
};

/** Runs git's program for one request, by the rules of CGI (RFC 3875). */
async function answerAsForge(
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const program = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: String(request.headers['content-encoding'] ?? ''),
      ...(request.headers['git-protocol'] !== undefined && {
        GIT_PROTOCOL: String(request.headers['git-protocol']),
      }),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  program.stdin.on('error', () => {}); // it has read what it wants
  request.pipe(program.stdin);
  const pieces: Buffer[] = [];
  for await (const piece of program.stdout) pieces.push(piece as Buffer);
  const answer = Buffer.concat(pieces);
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) throw new ProgramError('git http-backend gave no answer.');
  for (const line of answer.subarray(0, end).toString('latin1').split('\r\n')) {
    const [name = '', value = ''] = line.split(': ');
    if (name.toLowerCase() === 'status') response.statusCode = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.end(answer.subarray(end + 4));
}
