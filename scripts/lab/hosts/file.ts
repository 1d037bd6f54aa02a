import { pathToFileURL } from 'node:url';
import type { Host } from './host.ts';

/** No host at all: the folder as it lies on a disk or a USB stick, opened by `file://`. */
export const file: Host = {
  name: 'a folder on disk, file://',
  needs: [],
  limits: {
    bytes:
      'nothing stands between the files and the browser, so there are no answers to compare; the browser resolves the links itself',
    search:
      'browsers let no script of a file: page load another file, so the search box stays away; the list of pages serves',
  },
  start: (root) =>
    Promise.resolve({
      address: pathToFileURL(root).href,
      version: '',
      stop: () => Promise.resolve(),
    }),
};
