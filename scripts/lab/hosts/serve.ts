import type { Host } from './host.ts';
import { startNpmServer } from './npm-server.ts';

/**
 * `npx serve FOLDER` with its own defaults, which strip `.html` and `index` by redirect and list folders without an index.
 * Only what a volunteer would not notice is set: the loopback address, no question to npm about updates, no touch of the clipboard.
 */
export const serve: Host = {
  name: 'serve (npm)',
  needs: [],
  start(root, scratch) {
    const parameters = (port: number) => [
      '--listen',
      `tcp://127.0.0.1:${port}`,
      '--no-clipboard',
      '--no-port-switching',
      root,
    ];
    return startNpmServer('serve', parameters, scratch, { NO_UPDATE_CHECK: '1' });
  },
};
