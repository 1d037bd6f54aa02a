import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ProgramError } from '../process.ts';
import type { Reader, Sight } from './client.ts';

const execute = promisify(execFile);

/** Every address but those of this machine goes to a proxy that is not there: a stranger's page under test reaches nobody. */
const noProxy = {
  http_proxy: 'http://127.0.0.1:9/',
  https_proxy: 'http://127.0.0.1:9/',
  no_proxy: 'localhost,127.0.0.1',
};

/** Runs a text browser once, with a home of its own, and gives what it prints; what it complains about goes with it. */
export async function dump(
  command: string,
  parameters: readonly string[],
  scratch: string,
): Promise<{ printed: string; complaint: string }> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: scratch,
    TMPDIR: scratch,
    LYNX_TEMP_SPACE: scratch,
    LC_ALL: 'C.UTF-8',
    TERM: 'dumb',
    ...noProxy,
  };
  try {
    const limits = { timeout: 30_000, killSignal: 'SIGKILL', maxBuffer: 50_000_000 } as const;
    const { stdout, stderr } = await execute(command, [...parameters], {
      cwd: scratch,
      env,
      ...limits,
    });
    return { printed: stdout, complaint: stderr };
  } catch (error) {
    // Lynx shows what a server says of a missing page as any other, but ends with an error then
    if (isFailure(error) && error.stdout !== '' && !error.killed)
      return { printed: error.stdout, complaint: error.stderr };
    const said = isFailure(error) ? error.stderr.trim().split('\n').at(-1) : '';
    throw new ProgramError(
      `${command} failed on ${parameters.at(-1) ?? ''}: ${said || String(error)}`,
      { cause: error },
    );
  }
}

const isFailure = (error: unknown): error is { stdout: string; stderr: string; killed?: boolean } =>
  error instanceof Error && 'stdout' in error && 'stderr' in error;

/** The numbered list of addresses at the end of a dump: `[3] http://…` (w3m) or `3. http://…` (Lynx). */
export function listAddresses(printed: string): { body: string; addresses: Map<number, string> } {
  const start = printed.search(/\nReferences:?\n(?![^]*\nReferences:?\n)/);
  if (start === -1) return { body: printed, addresses: new Map() };
  const rows = printed.slice(start).matchAll(/^ *\[?(\d+)[\].] (\S.*)$/gm);
  return {
    body: printed.slice(0, start),
    addresses: new Map([...rows].map(([, number, address = '']) => [Number(number), address])),
  };
}

/** A link of a text browser is a number beside an address: to follow it is to read what stands at that address of its own list. */
export function makeTextReader(version: string, read: (address: string) => Promise<Sight>): Reader {
  return {
    version,
    read,
    async follow(address, link) {
      const listed = (await read(address)).links?.find((entry) => entry.address === link.address);
      if (!listed)
        throw new ProgramError(
          `${version} lists no link “${link.text}” to ${link.address} on ${address}`,
        );
      return read(listed.address);
    },
    stop: () => Promise.resolve(),
  };
}
