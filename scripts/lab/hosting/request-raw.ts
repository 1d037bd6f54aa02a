import { Agent, request as requestPlain, type IncomingHttpHeaders } from 'node:http';
import { Agent as SecureAgent, request as requestSecure } from 'node:https';

/**
 * Connections stay open from one request to the next: most of the work would be their handshakes.
 */
const agents = {
  'http:': new Agent({ keepAlive: true }),
  'https:': new SecureAgent({ keepAlive: true }),
};

export interface RawResponse {
  status: number;
  headers: IncomingHttpHeaders;
  /** As it came: still compressed. */
  body: Buffer;
}

/**
 * Asks once and changes nothing of the answer: follows no redirect, undoes no compression.
 * @param from an address of this machine to ask from
 * @throws the system's error where nothing answers
 */
export function requestRaw(
  address: string,
  {
    method = 'GET',
    headers = {},
    from,
  }: { method?: string; headers?: Record<string, string>; from?: string } = {},
): Promise<RawResponse> {
  return new Promise((done, fail) => {
    const isSecure = address.startsWith('https:');
    const connection =
      from === undefined
        ? { agent: agents[isSecure ? 'https:' : 'http:'] }
        : { agent: false, localAddress: from, family: 4 };
    const request = (isSecure ? requestSecure : requestPlain)(
      address,
      { method, headers, timeout: 20_000, ...connection },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', fail);
        response.on('end', () =>
          done({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts),
          }),
        );
      },
    );
    request.on('timeout', () =>
      request.destroy(new Error(`${address} did not answer within 20 s`)),
    );
    request.on('error', fail);
    request.end();
  });
}
