import { Agent as PlainAgent, type ClientRequestArgs } from 'node:http';
import { Agent as SecureAgent, type RequestOptions } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connectThrough, type SocksProxy } from './socks-proxy.ts';

/** What opens connections to the host and keeps them for further requests; how many there are is the caller's business. */
export interface Connections {
  readonly plain: PlainAgent;
  readonly secure: SecureAgent;
  /** Ends all of them, also those that are just being made. */
  close: () => void;
}

/**
 * `rejectUnauthorized` is said here, or a variable of the environment could turn it off. One attempt at IPv6 or IPv4 may take longer
 * than Node's own quarter of a second: many readers' lines are slow.
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
