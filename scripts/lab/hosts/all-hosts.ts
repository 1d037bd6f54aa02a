import { apache } from './apache.ts';
import { bucket } from './bucket.ts';
import { busybox } from './busybox.ts';
import { caddy } from './caddy.ts';
import { file } from './file.ts';
import type { Host } from './host.ts';
import { httpServer } from './http-server.ts';
import { ipfs } from './ipfs.ts';
import { kubo } from './kubo.ts';
import { lighttpd } from './lighttpd.ts';
import { misbehavingHosts } from './misbehaving.ts';
import { nginx } from './nginx.ts';
import { onionshare } from './onionshare.ts';
import { python } from './python.ts';
import { serve } from './serve.ts';
import { sirv } from './sirv.ts';

/** Every host of the lab, in the order of the table. Those without `needs` come with the project. */
export const allHosts: readonly Host[] = [
  nginx,
  caddy,
  apache,
  lighttpd,
  busybox,
  python,
  serve,
  httpServer,
  sirv,
  bucket,
  ipfs,
  kubo,
  onionshare,
  file,
  ...misbehavingHosts,
];
