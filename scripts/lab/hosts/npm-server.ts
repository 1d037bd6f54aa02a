import { answers, findFreePort, ProgramError, startProgram } from '../process.ts';
import type { Standing } from './host.ts';
import { findPackage } from './npm-package.ts';

/**
 * Starts the command of an npm package as `npx` would, with this process's own Node.
 * @param parameters what follows the command, once the port is known
 * @param environment variables beyond those of the lab
 * @throws ProgramError if the package is not installed, or its server does not start
 */
export async function startNpmServer(
  name: string,
  parameters: (port: number) => string[],
  scratch: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<Standing> {
  const { command, version } = findPackage(name);
  if (command === undefined)
    throw new ProgramError(
      `${name} has no command any more: another version than the lab knows is installed.`,
    );
  const port = await findFreePort();
  const address = `http://127.0.0.1:${port}`;
  const env = { ...process.env, NO_COLOR: '1', ...environment };
  const { stop } = await startProgram(
    process.execPath,
    [command, ...parameters(port)],
    () => answers(address),
    { cwd: scratch, env },
  );
  return { address, version, stop };
}
