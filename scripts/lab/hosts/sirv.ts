import serveFiles from 'sirv';
import type { Host } from './host.ts';
import { serveOnLoopback } from './loopback.ts';
import { findPackage } from './npm-package.ts';

/**
 * sirv as `npx sirv-cli FOLDER` has it: the files are listed once at the start, and a missing address is a 404, no start page
 * (`single`). It gives a folder without its slash at once, with no redirect, and it hides dot files.
 */
export const sirv: Host = {
  name: 'sirv (npm)',
  needs: [],
  async start(root) {
    const files = serveFiles(root, { dev: false, etag: true, single: false });
    const { origin, stop } = await serveOnLoopback((request, response) => files(request, response));
    return { address: origin, version: findPackage('sirv').version, stop };
  },
};
