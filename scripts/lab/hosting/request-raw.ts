import { request as requestPlain, type IncomingHttpHeaders } from 'node:http';
import { request as requestSecure } from 'node:https';

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
    const ask = address.startsWith('https:') ? requestSecure : requestPlain;
    const place = from === undefined ? {} : { localAddress: from, family: 4 };
    const request = ask(
      address,
      { method, headers, agent: false, timeout: 20_000, ...place },
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
