import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import serveFiles from 'sirv';
import { answers, findFreePort, ProgramError, startProgram } from '../process.ts';
import type { Host, RunningHost } from './host.ts';
import { serveOnLoopback } from './loopback.ts';

/** A package of npm as it is installed here. */
export interface NpmPackage {
  /** Name and version, for the table: `serve 14.2.7`. */
  version: string;
  /** The file that its command of the same name runs; undefined where it has none. */
  command: string | undefined;
}

/**
 * Finds an installed package: the lab's own, or else one of the site.
 * @throws ProgramError if it is not installed
 */
export function findPackage(name: string): NpmPackage {
  const file = findPackageFile(name);
  if (file === undefined)
    throw new ProgramError(`${name} is not installed. In scripts/lab: npm ci`);
  const { version, bin } = JSON.parse(readFileSync(file, 'utf8')) as {
    version: string;
    bin?: Record<string, string>;
  };
  const command = bin?.[name];
  return {
    version: `${name} ${version}`,
    command: command === undefined ? undefined : join(dirname(file), command),
  };
}

function findPackageFile(name: string): string | undefined {
  try {
    return findPackageJSON(name, import.meta.url);
  } catch {
    return undefined; // no such package in any folder above this file
  }
}

/**
 * Starts the command of an npm package as `npx` would, with this process's own Node.
 * @param parameters what follows the command, once the port is known
 * @param environment variables beyond those of the lab
 * @throws ProgramError if the package is not installed, or its server does not start
 */
async function startNpmServer(
  name: string,
  parameters: (port: number) => string[],
  scratch: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<RunningHost> {
  const { command, version } = findPackage(name);
  if (command === undefined)
    throw new ProgramError(
      `${name} has no command any more: another version than the lab knows is installed.`,
    );
  const port = await findFreePort();
  const address = `http://127.0.0.1:${port}`;
  const { stop } = await startProgram(
    process.execPath,
    [command, ...parameters(port)],
    () => answers(address),
    { cwd: scratch, env: { ...process.env, NO_COLOR: '1', ...environment } },
  );
  return { address, version, stop };
}

/**
 * `npx serve FOLDER` with its own defaults, which strip `.html` and `index` by redirect and list
 * folders without an index. Only what a volunteer would not notice is set: the loopback address, no
 * question to npm about updates, no touch of the clipboard.
 */
const serve: Host = {
  name: 'serve (npm)',
  needs: [],
  start: (root, scratch) =>
    startNpmServer(
      'serve',
      (port) => [
        ...['--listen', `tcp://127.0.0.1:${port}`],
        ...['--no-clipboard', '--no-port-switching', root],
      ],
      scratch,
      { NO_UPDATE_CHECK: '1' },
    ),
};

/**
 * `npx http-server FOLDER`: folders by their index.html, an hour of cache, folders without an index
 * listed.
 */
const httpServer: Host = {
  name: 'http-server (npm)',
  needs: [],
  start: (root, scratch) =>
    startNpmServer('http-server', (port) => [root, '-a', '127.0.0.1', '-p', String(port)], scratch),
};

/**
 * sirv as `npx sirv-cli FOLDER` has it: the files are listed once at the start, and a missing
 * address is a 404, no start page (`single`). It gives a folder without its slash at once, with no
 * redirect, and it hides dot files.
 */
const sirv: Host = {
  name: 'sirv (npm)',
  needs: [],
  async start(root) {
    const files = serveFiles(root, { dev: false, etag: true, single: false });
    const { origin, stop } = await serveOnLoopback((request, response) => files(request, response));
    return { address: origin, version: findPackage('sirv').version, stop };
  },
};

/** In the order of the table. */
export const npmServers: readonly Host[] = [serve, httpServer, sirv];
