import type { Host } from './host.ts';
import {
  folderWithoutSlash,
  foldsCase,
  startPageForMissing,
  stripsHtml,
} from './misbehaving/addresses.ts';
import { brotli, gzip, latin1Header, stricterPolicy } from './misbehaving/headers.ts';
import { scriptAfterPolicy, scriptBeforePolicy } from './misbehaving/injections.ts';
import { hostOf } from './misbehaving/serve-habit.ts';

/**
 * Habits of hosts which cannot be started on this machine, since they are services of a company: each alone, in a small
 * server of ours, so that a page which breaks tells which habit breaks it.
 */
export const misbehavingHosts: readonly Host[] = [
  stripsHtml,
  folderWithoutSlash,
  foldsCase,
  startPageForMissing,
  stricterPolicy,
  gzip,
  brotli,
  latin1Header,
  scriptBeforePolicy,
  scriptAfterPolicy,
].map(hostOf);
