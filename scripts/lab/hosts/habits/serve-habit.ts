import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { encodePath } from '../../site.ts';
import type { Host } from '../host.ts';
import { listSiteFiles } from '../../site.ts';
import { serveOnLoopback } from '../loopback.ts';
import { habits } from './habits.ts';
import {
  isText,
  routeMissing,
  routePlainly,
  typePlainly,
  type Files,
  type Habit,
} from './habit.ts';

/**
 * A host of ours with one habit. It serves what it listed at its start and nothing else, so no
 * address leads out of the root.
 */
export function hostWith(habit: Habit): Host {
  return {
    name: `ours: ${habit.name}`,
    needs: [],
    ...(habit.limits && { limits: habit.limits }),
    async start(root) {
      const { origin, stop } = await serveOnLoopback(listenFor(root, habit));
      return { address: origin, version: '', stop };
    },
  };
}

/** One host for each habit. */
export const habitHosts: readonly Host[] = habits.map(hostWith);

/**
 * Answers requests from a folder, listed now. Headers that are set before are kept, but for those
 * that say what the body is.
 */
export function listenFor(
  root: string,
  habit: Habit,
): (request: IncomingMessage, response: ServerResponse) => void {
  const files = readFiles(root, habit);
  return (request, response) => answer(root, files, habit, request, response);
}

function readFiles(root: string, { fold = (path) => path }: Habit): Files {
  const paths = new Map(listSiteFiles(root).map((path) => [fold(path), path]));
  const depth = (path: string) => path.split('/').length;
  const starts = [...paths.keys()].filter((path) => path.split('/').at(-1) === 'index.html');
  return { paths, start: starts.sort((a, b) => depth(a) - depth(b))[0] };
}

function answer(
  root: string,
  files: Files,
  habit: Habit,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (!['GET', 'HEAD'].includes(request.method ?? ''))
    return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
  const [address = '', ...query] = (request.url ?? '/').split('?');
  const path = decode(address);
  if (path === undefined) return void response.writeHead(400).end();
  const send = (status: number, type: string, plain: Buffer) => {
    const { body, headers } = habit.encoding
      ? compress(plain, type, habit.encoding, request.headers['accept-encoding'] ?? '')
      : { body: plain, headers: {} };
    response.writeHead(status, {
      'content-type': type,
      'content-length': body.length,
      ...headers,
      ...habit.headers,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  const extra = habit.extra?.[path];
  if (extra !== undefined) return send(200, typePlainly(path), Buffer.from(extra));
  const stored = habit.fold?.(path) ?? path;
  const route = (habit.route ?? routePlainly)(stored, files) ?? routeMissing(stored, files);
  if (route === undefined)
    return send(404, 'text/plain; charset=utf-8', Buffer.from('not found\n'));
  if ('to' in route) {
    const location = ['/' + encodePath(route.to), ...query].join('?');
    return void response.writeHead(route.status, { location, 'content-length': 0 }).end();
  }
  const bytes = readFileSync(join(root, files.paths.get(route.file) ?? route.file));
  const type = (habit.type ?? typePlainly)(route.file);
  send(
    route.status,
    type,
    habit.alter && type.startsWith('text/html')
      ? Buffer.from(habit.alter(bytes.toString('utf8')))
      : bytes,
  );
}

/** The path of an address without its first slash; undefined if it is no address of UTF-8. */
function decode(address: string): string | undefined {
  try {
    return decodeURIComponent(address).slice(1);
  } catch {
    return undefined; // a stray per cent sign: the client's fault, and said so by a 400
  }
}

/**
 * What hosts take when they compress on the way; the best quality is for files that are compressed
 * ahead.
 */
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/**
 * Compresses a text for those who accept it, as hosts do on the way.
 * @param accepted the header `accept-encoding`
 */
function compress(
  body: Buffer,
  contentType: string,
  encoding: 'gzip' | 'br',
  accepted: string,
): { body: Buffer; headers: Record<string, string> } {
  if (!isText(contentType)) return { body, headers: {} };
  const vary = { vary: 'Accept-Encoding' };
  if (!accepts(accepted, encoding)) return { body, headers: vary };
  return {
    body: encoding === 'br' ? brotliCompressSync(body, quick) : gzipSync(body),
    headers: { ...vary, 'content-encoding': encoding },
  };
}

function accepts(header: string, encoding: string): boolean {
  const choices = header
    .split(',')
    .map((choice) => choice.split(';').map((part) => part.trim().toLowerCase()));
  return choices.some(
    ([name, ...settings]) =>
      name === encoding && !settings.some((setting) => /^q=0(\.0*)?$/.test(setting)),
  );
}
