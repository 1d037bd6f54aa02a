import { ProgramError, answers, startProgram } from '../process.ts';
import { findProgram } from '../programs.ts';
import type { Host } from './host.ts';

/**
 * It takes a port of its own choice. This line of its web server comes when it has the port; the
 * one for the recipient comes even if not.
 */
const addressPrinted = /Running on (http:\/\/127\.0\.0\.1:\d+)/;

/**
 * OnionShare's website mode as a volunteer starts it, without Tor in between: `--local-only` leaves
 * the onion service out and keeps the web server. `--public` drops the private key, which Tor would
 * ask for. Its settings and compressed copies are below HOME.
 */
export const onionshare: Host = {
  name: 'OnionShare',
  needs: [{ command: 'onionshare-cli', debian: 'onionshare-cli' }],
  limits: {
    style:
      "OnionShare adds a policy of its own (default-src 'self'), which drops styles written into " +
      'a page; --disable_csp would lift it.',
    search:
      "OnionShare adds a policy of its own (default-src 'self'), which stops scripts in a page " +
      'and WebAssembly; --disable_csp would lift it.',
  },
  async start(root, scratch) {
    // it prints the address at once, not by the block
    const env: NodeJS.ProcessEnv = { ...process.env, HOME: scratch, PYTHONUNBUFFERED: '1' };
    delete env['XDG_CONFIG_HOME']; // would go before HOME
    const isReady = (output: string) => {
      const [, address] = addressPrinted.exec(output) ?? [];
      return address !== undefined && answers(address);
    };
    const command = findProgram('onionshare-cli') ?? 'onionshare-cli';
    const running = await startProgram(
      command,
      ['--website', '--local-only', '--public', root],
      isReady,
      { cwd: scratch, env },
    );
    const [, address] = addressPrinted.exec(running.output()) ?? [];
    if (address === undefined) {
      await running.stop();
      throw new ProgramError('onionshare-cli started, but printed no address.');
    }
    return {
      address,
      version: `OnionShare ${/ v(\d+(\.\d+)*) /.exec(running.output())?.[1] ?? '(version unknown)'}`,
      stop: running.stop,
    };
  },
};
