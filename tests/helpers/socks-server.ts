import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface SocksServer {
  /** `socks5h://127.0.0.1:PORT`. */
  address: string;
  /** `host:port` of all that was asked for, with the kind of address: `name`, `ipv4` or `ipv6`. */
  asked: string[];
  stop: () => Promise<void>;
}

const kinds: Record<number, 'ipv4' | 'name' | 'ipv6'> = { 1: 'ipv4', 3: 'name', 4: 'ipv6' };

/**
 * A SOCKS5 proxy (RFC 1928) that looks names up in a table of its own, and makes real connections.
 * @param ports where to connect on the loopback address, by `host:port`; whatever is not in it is
 *   “host unreachable”
 */
export async function startSocksServer(ports: Record<string, number>): Promise<SocksServer> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(async (socket) => {
    const track = (end: Socket) =>
      sockets.add(end.on('error', () => end.destroy()).on('close', () => sockets.delete(end)));
    track(socket);
    const read = async (length: number): Promise<Buffer> => {
      for (;;) {
        const bytes = socket.read(length) as Buffer | null;
        if (bytes) return bytes;
        await new Promise((done) => socket.once('readable', done));
      }
    };
    const [, methods = 0] = await read(2);
    if (!(await read(methods)).includes(0)) return void socket.end(Buffer.from([5, 0xff]));
    socket.write(Buffer.from([5, 0]));
    const kind = kinds[(await read(4))[3] ?? 0] ?? 'name';
    const host =
      kind === 'name'
        ? String(await read((await read(1))[0] ?? 0))
        : kind === 'ipv4'
          ? (await read(4)).join('.')
          : (await read(16)).toString('hex').match(/.{4}/g)?.join(':');
    const place = `${host}:${(await read(2)).readUInt16BE()}`;
    asked.push(`${kind} ${place}`);
    const port = ports[place];
    if (port === undefined) return void socket.end(Buffer.from([5, 4, 0, 1, 0, 0, 0, 0, 0, 0]));
    const far = connect(port, '127.0.0.1', () => {
      // says its own end as a name, of any length
      socket.write(Buffer.from([5, 0, 0, 3, 4, 1, 2, 3, 4, 0, 80]));
      socket.pipe(far).pipe(socket);
    });
    track(far);
  });
  return { ...(await listen(server, sockets)), asked };
}

/**
 * Something in the place of a proxy, which gives one answer to each message, and then hangs up or
 * falls silent.
 */
export async function startSocksStub(
  answers: readonly Buffer[],
  fallsSilent = false,
): Promise<Omit<SocksServer, 'asked'>> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const left = [...answers];
    socket
      .on('error', () => socket.destroy())
      .on('data', () => {
        socket.write(left.shift() ?? '');
        if (left.length === 0 && !fallsSilent) socket.end();
      });
  });
  return listen(server, sockets);
}

async function listen(
  server: Server,
  sockets: ReadonlySet<Socket>,
): Promise<Omit<SocksServer, 'asked'>> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      for (const socket of sockets) socket.destroy();
    });
  return { address: `socks5h://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}
