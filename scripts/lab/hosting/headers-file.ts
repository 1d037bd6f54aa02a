import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllHeaders } from '@netlify/headers-parser';
import { findPackage } from '../hosts/npm-servers.ts';
import { listenFor } from '../hosts/habits/serve-habit.ts';
import { typePlainly, type Habit } from '../hosts/habits/habit.ts';
import { ProgramError } from '../process.ts';
import { adapt, type Configuration } from './configuration.ts';
import { applyCloudflareRules, readCloudflareRules } from './cloudflare-rules.ts';

type FindHeaders = (path: string) => Map<string, string>;

const needles = ['\n/*\n', '\n/SHA256SUMS', '\n/*.minisig', '\n/*.car'];
const hostsOwn = 'the host itself decides this, and no file changes it';

/**
 * By Netlify's own parser. Where two rules speak of one header, the one that is later, and says
 * more exactly where, counts.
 */
const netlify: Configuration = {
  file: 'hosting/headers.txt',
  name: 'headers.txt, as Netlify reads it',
  needs: [],
  variants: ['TLS'],
  hostsOwn,
  async start(text, setting) {
    const file = join(setting.scratch, '_headers');
    writeFileSync(file, place(text, setting.under));
    const { headers, errors } = await parseAllHeaders({
      headersFiles: [file],
      configHeaders: [],
      minimal: false,
    });
    if (errors[0] !== undefined) throw new ProgramError(`Netlify's parser: ${errors[0].message}`);
    const find: FindHeaders = (path) =>
      new Map(
        headers.flatMap((rule) =>
          'forRegExp' in rule && rule.forRegExp.test(path)
            ? Object.entries(rule.values).map(
                ([name, value]) => [name.toLowerCase(), value] as const,
              )
            : [],
        ),
      );
    return serve(setting, find, findPackage('@netlify/headers-parser').version);
  },
};

/** By the rules of Cloudflare's documentation. By itself it lets every site read the files. */
const cloudflare: Configuration = {
  file: 'hosting/headers.txt',
  name: 'headers.txt, as Cloudflare Pages reads it',
  needs: [],
  variants: ['TLS'],
  hostsOwn,
  async start(text, setting) {
    const rules = readCloudflareRules(place(text, setting.under));
    return serve(
      setting,
      (path) => applyCloudflareRules(rules, path, { 'access-control-allow-origin': '*' }),
      'rules of its documentation',
    );
  },
};

export const headersFiles: readonly Configuration[] = [netlify, cloudflare];

/**
 * As the file's first lines say: below a path, that path is before each line that begins with a
 * slash.
 */
const place = (text: string, under: string): string =>
  adapt(
    text,
    needles.map((needle) => [needle, needle.replace('\n', `\n${under}`)] as const),
  );

async function serve(
  { root, certificate }: Parameters<Configuration['start']>[1],
  find: FindHeaders,
  version: string,
) {
  const habit: Habit = {
    name: 'headers file',
    encoding: 'gzip',
    type: (path) => find(`/${path}`).get('content-type') ?? typePlainly(path),
  };
  const answer = listenFor(root, habit);
  const secure = createSecureServer(
    { key: certificate.key, cert: certificate.cert },
    (request, response) => {
      for (const [name, value] of find(new URL(request.url ?? '/', 'https://localhost').pathname))
        if (name !== 'content-type') response.setHeader(name, value);
      answer(request, response);
    },
  );
  const port = await listen(secure);
  const redirect = (request: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(301, { location: `https://localhost:${port}${request.url}` }).end();
  const plain = createServer(redirect);
  const plainPort = await listen(plain);
  const stop = async () => {
    for (const server of [secure, plain]) {
      server.close();
      server.closeAllConnections();
    }
  };
  return {
    address: `https://localhost:${port}`,
    plain: `http://localhost:${plainPort}`,
    version,
    readLogs: undefined,
    stop,
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port));
  });
}
