import { chromiumWithoutScripts, chromiumWithScripts } from './chromium.ts';
import type { Client } from './client.ts';
import { firefoxWithoutScripts, firefoxWithScripts } from './firefox.ts';
import { lynx } from './lynx.ts';
import { netsurf } from './netsurf.ts';
import { w3m } from './w3m.ts';
import { webkitWithoutScripts, webkitWithScripts } from './webkit.ts';

/** Every program of the lab, in the order of the table. Those without `needs` come with the project. */
export const allClients: readonly Client[] = [
  chromiumWithScripts,
  chromiumWithoutScripts,
  firefoxWithScripts,
  firefoxWithoutScripts,
  webkitWithScripts,
  webkitWithoutScripts,
  lynx,
  w3m,
  netsurf,
];
