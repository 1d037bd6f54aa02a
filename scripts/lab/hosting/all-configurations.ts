import { apacheFile } from './apache-file.ts';
import { caddyFile } from './caddy-file.ts';
import type { Configuration } from './configuration.ts';
import { headersFiles } from './headers-file.ts';
import { nginxFile } from './nginx-file.ts';

/** Every text of `hosting/`, in the order of the table. Those without `needs` come with the project. */
export const allConfigurations: readonly Configuration[] = [
  nginxFile,
  caddyFile,
  apacheFile,
  ...headersFiles,
];
