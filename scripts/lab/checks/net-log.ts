import { readFileSync } from 'node:fs';

/** What Chromium writes with `--log-net-log` (net/log in its sources); only what is read here. */
interface NetLog {
  events: { params?: Record<string, unknown> }[];
}

/**
 * Fields of events that name an address which was asked for, looked up or connected to, or a host
 * in `scheme://host:port`.
 */
const fields = [
  'url',
  'original_url',
  'new_url',
  'location',
  'host',
  'hostname',
  'group_id',
  'destination',
  'address',
  'remote_address',
];

/** Addresses of this machine. */
const loopback = /^(?:127\.\d+\.\d+\.\d+|\[?::1\]?|0\.0\.0\.0|\[?::\]?)(?::\d+)?$/;

/** Addresses that lead nowhere: inside of the browser itself. */
const inner =
  /^(?:about|blob|chrome|chrome-extension|chrome-search|data|devtools|file|javascript):/;

/**
 * All hosts that a browser had anything to do with while it wrote its log: requests, names looked
 * up, connections opened ahead. What a page asks for shows in other ways too; a name that is only
 * looked up shows here alone.
 * @returns `host:port` or `host`, sorted, without addresses of this machine
 */
export function readHosts(file: string): string[] {
  const { events } = JSON.parse(readFileSync(file, 'utf8')) as NetLog;
  const hosts = new Set<string>();
  for (const { params } of events) {
    for (const field of fields) {
      const value = params?.[field];
      if (typeof value !== 'string' || inner.test(value)) continue;
      const host = findHost(value);
      if (host !== undefined && !loopback.test(host)) hosts.add(host);
    }
  }
  return [...hosts].sort();
}

/** `pm/https://a.example:443 <…>` and `a.example` name a host too. */
function findHost(value: string): string | undefined {
  const address = /[a-z]+:\/\/[^\s/<>]+/.exec(value)?.[0];
  if (address !== undefined && URL.canParse(address)) return new URL(address).host || undefined;
  return /^[\w-]+(?:\.[\w-]+)+(?::\d+)?$/.test(value) ? value : undefined;
}
