import { Agent as PlainAgent, type ClientRequestArgs } from 'node:http';
import { Agent as SecureAgent, type RequestOptions } from 'node:https';
import { type Socket, connect, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { quoteName } from '../../../core/text/plain-characters.ts';
import { AddressError, WebFault } from './address.ts';

/**
 * What opens connections to the host and keeps them for further requests; how many there are is the
 * caller's business.
 */
export interface Connections {
  readonly plain: PlainAgent;
  readonly secure: SecureAgent;
  /** Ends all of them, also those that are just being made. */
  close: () => void;
}

/**
 * `rejectUnauthorized` is said here, or a variable of the environment could turn it off. One
 * attempt at IPv6 or IPv4 may take longer than Node's own quarter of a second: many readers' lines
 * are slow.
 */
const settings = {
  keepAlive: true,
  rejectUnauthorized: true,
  autoSelectFamily: true,
  autoSelectFamilyAttemptTimeout: 3000,
} as const;

/** @param proxy undefined: straight to the host, whatever proxies the environment names */
export function openConnections(proxy: SocksProxy | undefined): Connections {
  const plain = new PlainAgent(settings);
  const secure = new SecureAgent(settings);
  const open = new Set<Socket>();
  if (proxy) leadThrough(proxy, plain, secure, open);
  const close = () => {
    plain.destroy();
    secure.destroy();
    for (const socket of open) socket.destroy();
  };
  return { plain, secure, close };
}

type Callback = (error: Error | null, socket: Duplex) => void;

/** Has both agents open their connections through the proxy. */
function leadThrough(
  proxy: SocksProxy,
  plain: PlainAgent,
  secure: SecureAgent,
  open: Set<Socket>,
): void {
  const connect = (
    options: ClientRequestArgs,
    callback: Callback | undefined,
    use: (socket: Socket) => Duplex,
  ): undefined => {
    const connecting = connectThrough(proxy, options.host ?? '', Number(options.port), (socket) => {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    });
    void connecting
      .then(use)
      .then((socket) => callback?.(null, socket), callback as ((error: Error) => void) | undefined);
  };
  const encrypt = secure.createConnection.bind(secure);
  plain.createConnection = (options, callback) => connect(options, callback, (socket) => socket);
  secure.createConnection = (options: RequestOptions, callback) =>
    connect(
      options,
      callback,
      (socket) => encrypt({ ...options, socket } as RequestOptions) as Duplex,
    );
}

/** A SOCKS5 proxy that looks up names itself, and that asks for no password. */
export interface SocksProxy {
  readonly host: string;
  readonly port: number;
}

/**
 * @param address `socks5h://HOST:PORT`
 * @throws AddressError
 */
export function parseProxy(address: string): SocksProxy {
  const [, host, port] =
    /^socks5h:\/\/(\[[0-9a-f:.]+\]|[a-z0-9.-]+):([0-9]{1,5})\/?$/i.exec(address) ?? [];
  if (host !== undefined && Number(port) >= 1 && Number(port) <= 65_535)
    return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  // With "socks5:" programs look up names themselves: who runs the network then learns which mirror
  // is checked.
  throw new AddressError(
    `The proxy ${quoteName(address)} is not in the form “socks5h://HOST:PORT”; the one of Tor is “socks5h://127.0.0.1:9050”.`,
  );
}

const version = 5;
const connectCommand = 1;
const kinds = { ipv4: 1, name: 3, ipv6: 4 } as const;

/** What RFC 1928, 6 says, and what Tor means by it. */
const replies: Readonly<Record<number, string>> = {
  1: 'it cannot reach the host now, or there is no such name',
  2: 'its rules forbid this host',
  3: 'the network of the host cannot be reached',
  4: 'the host cannot be reached: it may be off, or its name may be wrong',
  5: 'the host refuses the connection',
  6: 'the host took too long',
  7: 'it makes no connections',
  8: 'it does not know this kind of address',
};

/**
 * Opens a connection through a proxy (RFC 1928, CONNECT without a login). The caller ends it by
 * destroying what `begin` was given.
 * @param begin gets the socket at once, before anything is known of it
 * @throws WebFault
 */
export async function connectThrough(
  proxy: SocksProxy,
  host: string,
  port: number,
  begin: (socket: Socket) => void,
): Promise<Socket> {
  const target = encodeTarget(host, port);
  const socket = connect(proxy);
  begin(socket);
  const reply = new Reply(socket, proxy);
  socket.write(Buffer.from([version, 1, 0]));
  const choice = await reply.read(2);
  if (choice[0] !== version) throw reply.fail('is no SOCKS5 proxy');
  if (choice[1] !== 0) throw reply.fail('wants a login, expected one without');
  socket.write(Buffer.concat([Buffer.from([version, connectCommand, 0]), target]));
  const [answered, status = 0, , kind] = await reply.read(4);
  if (answered !== version) throw reply.fail('is no SOCKS5 proxy');
  if (status !== 0)
    throw reply.fail(`could not connect: ${replies[status] ?? `unknown reply ${status}`}`, 'later');
  const length = {
    [kinds.ipv4]: 4,
    [kinds.ipv6]: 16,
    [kinds.name]: kind === kinds.name ? ((await reply.read(1))[0] ?? 0) : 0,
  }[Number(kind)];
  if (length === undefined) throw reply.fail('is no SOCKS5 proxy');
  await reply.read(length + 2); // the proxy's own end of the connection, of no use to us
  reply.end();
  return socket;
}

/**
 * RFC 1928, 4 and 5: kind, address, port. A name stays a name, so that nobody but the proxy looks
 * it up.
 */
function encodeTarget(host: string, port: number): Buffer {
  const end = Buffer.from([port >> 8, port & 0xff]);
  const family = isIP(host);
  if (family === 4)
    return Buffer.concat([Buffer.from([kinds.ipv4, ...host.split('.').map(Number)]), end]);
  if (family === 6) return Buffer.concat([Buffer.from([kinds.ipv6]), encodeIpv6(host), end]);
  const name = Buffer.from(host.replace(/\.$/, ''), 'latin1'); // a URL's host is ASCII
  if (name.length > 255)
    throw new WebFault(
      'unreachable',
      `the name of the host has ${name.length} characters, expected at most 255`,
    );
  return Buffer.concat([Buffer.from([kinds.name, name.length]), name, end]);
}

/** As `URL` spells it: hexadecimal groups, with `::` for a run of zeros. */
function encodeIpv6(host: string): Buffer {
  const [before = [], after = []] = host
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const groups = [
    ...before,
    ...Array<string>(8 - before.length - after.length).fill('0'),
    ...after,
  ];
  return Buffer.from(
    groups.flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff]),
  );
}

/** What a proxy answers, read to the byte: what comes after belongs to the host. */
class Reply {
  readonly #socket: Socket;
  readonly #proxy: SocksProxy;
  #fault: WebFault | undefined;
  #wake: () => void = () => undefined;

  constructor(socket: Socket, proxy: SocksProxy) {
    this.#socket = socket;
    this.#proxy = proxy;
    socket.on('error', this.#stop).on('close', this.#stop).on('readable', this.#go);
  }

  async read(length: number): Promise<Buffer> {
    for (;;) {
      const bytes: Buffer | null = this.#socket.read(length) as Buffer | null;
      if (bytes?.length === length) return bytes; // less where the proxy has hung up
      if (this.#fault) throw this.#fault;
      await new Promise<void>((done) => (this.#wake = done));
    }
  }

  /** Gives up the connection. */
  fail(what: string, again: 'later' | 'never' = 'never', cause?: unknown): WebFault {
    this.#socket.destroy();
    return new WebFault(
      'unreachable',
      `the proxy ${quoteName(`${this.#proxy.host}:${this.#proxy.port}`)} ${what}`,
      { again, cause },
    );
  }

  end(): void {
    this.#socket.off('error', this.#stop).off('close', this.#stop).off('readable', this.#go);
  }

  readonly #go = (): void => this.#wake();
  readonly #stop = (error?: unknown): void => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    this.#fault ??=
      code === 'ECONNREFUSED'
        ? this.fail(`does not answer (${code}): start it, or name another port`, 'never', error)
        : this.fail(`hung up${code === undefined ? '' : ` (${code})`}`, 'later', error);
    this.#wake();
  };
}
