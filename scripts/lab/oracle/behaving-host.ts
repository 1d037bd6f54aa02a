import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { respond, type Behaviour, type Surroundings } from './behaviour.ts';
import { foreignPage, type SignedSite } from './signed-site.ts';

/** What was asked of a listener since it was last emptied. */
export interface Heard {
  /** `METHOD path` of each request. */
  readonly requests: string[];
  connections: number;
}

/** A host that behaves in one way, and another host that counts who asks it. */
export interface BehavingHost {
  /** `http://127.0.0.1:PORT/` */
  readonly base: string;
  readonly own: Heard;
  readonly foreign: Heard;
  stop: () => void;
}

const typeOf = (path: string): string =>
  /(?:^|\/|\.html)$/.test(path)
    ? 'text/html'
    : path.endsWith('.png')
      ? 'image/png'
      : path.endsWith('.xml')
        ? 'text/xml'
        : 'text/plain; charset=utf-8';

/**
 * Serves a site plainly, except where the behaviour says otherwise. Each answer ends its
 * connection, so that what lies behind it is part of it.
 * @param behaviour undefined: plainly throughout
 * @param name of a host that it may name
 */
export async function startBehavingHost(
  site: SignedSite,
  behaviour: Behaviour | undefined,
  name: string,
): Promise<BehavingHost> {
  const foreign = await listen((path) =>
    path.endsWith('.css')
      ? respond(['Content-Type: text/css'], 'body{display:none!important}')
      : respond(['Content-Type: text/html'], foreignPage),
  );
  const answers = new Map<string, (surroundings: Surroundings) => Buffer>();
  if (behaviour) answers.set(behaviour.at, behaviour.answer);
  for (const [path, answer] of Object.entries(behaviour?.elsewhere ?? {}))
    answers.set(path, answer);
  const own = await listen((path) => {
    const relative = decodeURIComponent(path.replace(/[?#].*/s, '').slice(1));
    const find = (at: string) => site.files.get(at.replace(/(^|\/)$/, '$1index.html'));
    const page = find(relative);
    const answer = answers.get(relative);
    if (answer)
      return answer({
        page: page ?? find(behaviour?.at ?? '') ?? Buffer.alloc(0),
        file: (path) => find(path) ?? Buffer.alloc(0),
        foreign: `http://127.0.0.1:${foreign.port}`,
        name,
        host: `127.0.0.1:${own.port}`,
      });
    return page
      ? respond([`Content-Type: ${typeOf(relative)}`], page)
      : respond(['Content-Type: text/html'], site.files.get('404.html') ?? '', '404 Not Found');
  });
  return {
    base: `http://127.0.0.1:${own.port}/`,
    own: own.heard,
    foreign: foreign.heard,
    stop: () => {
      own.stop();
      foreign.stop();
    },
  };
}

interface Listener {
  readonly port: number;
  readonly heard: Heard;
  stop: () => void;
}

async function listen(answer: (path: string) => Buffer): Promise<Listener> {
  const heard: Heard = { requests: [], connections: 0 };
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    heard.connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    let asked = '';
    socket.on('data', (bytes) => {
      asked += bytes.toString('latin1');
      if (!asked.includes('\r\n\r\n')) return;
      const [method = '', path = '/'] = asked.split(' ', 2);
      heard.requests.push(`${method} ${path}`);
      asked = '';
      socket.end(answer(path));
    });
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', done);
  });
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    stop: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
