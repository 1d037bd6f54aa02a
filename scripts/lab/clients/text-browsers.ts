import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ProgramError } from '../process.ts';
import type { Client, Reader, Sight } from './client.ts';

const execute = promisify(execFile);

/**
 * Every address but those of this machine goes to a proxy that is not there: a stranger's page
 * under test reaches nobody.
 */
const noProxy = {
  http_proxy: 'http://127.0.0.1:9/',
  https_proxy: 'http://127.0.0.1:9/',
  no_proxy: 'localhost,127.0.0.1',
};

/**
 * Runs a text browser once, with a home of its own, and gives what it prints; its errors go with
 * it.
 */
async function dump(
  command: string,
  parameters: readonly string[],
  scratch: string,
): Promise<{ printed: string; errors: string }> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: scratch,
    TMPDIR: scratch,
    LYNX_TEMP_SPACE: scratch,
    LC_ALL: 'C.UTF-8',
    TERM: 'dumb',
    ...noProxy,
  };
  try {
    const limits = { timeout: 30_000, killSignal: 'SIGKILL', maxBuffer: 50_000_000 } as const;
    const { stdout, stderr } = await execute(command, [...parameters], {
      cwd: scratch,
      env,
      ...limits,
    });
    return { printed: stdout, errors: stderr };
  } catch (error) {
    // Lynx shows what a server says of a missing page as any other, but ends with an error then
    if (isFailure(error) && error.stdout !== '' && !error.killed)
      return { printed: error.stdout, errors: error.stderr };
    const said = isFailure(error) ? error.stderr.trim().split('\n').at(-1) : '';
    throw new ProgramError(
      `${command} failed on ${parameters.at(-1) ?? ''}: ${said || String(error)}`,
      { cause: error },
    );
  }
}

const isFailure = (error: unknown): error is { stdout: string; stderr: string; killed?: boolean } =>
  error instanceof Error && 'stdout' in error && 'stderr' in error;

/**
 * The numbered list of addresses at the end of a dump: `[3] http://…` (w3m) or `3. http://…`
 * (Lynx).
 */
function listAddresses(printed: string): { body: string; addresses: Map<number, string> } {
  const start = printed.search(/\nReferences:?\n(?![^]*\nReferences:?\n)/);
  if (start === -1) return { body: printed, addresses: new Map() };
  const rows = printed.slice(start).matchAll(/^ *\[?(\d+)[\].] (\S.*)$/gm);
  return {
    body: printed.slice(0, start),
    addresses: new Map([...rows].map(([, number, address = '']) => [Number(number), address])),
  };
}

/**
 * A link of a text browser is a number next to an address: to follow it is to read what is at
 * that address of its own list.
 */
function makeTextReader(version: string, read: (address: string) => Promise<Sight>): Reader {
  return {
    version,
    read,
    async follow(address, link) {
      const listed = (await read(address)).links?.find((entry) => entry.address === link.address);
      if (!listed)
        throw new ProgramError(
          `${version} lists no link “${link.text}” to ${link.address} on ${address}`,
        );
      return read(listed.address);
    },
    stop: () => Promise.resolve(),
  };
}

/**
 * Widest that Lynx takes: lines break at the ends of paragraphs, seldom within them. Percent signs
 * in addresses stay as they are.
 */
const lynxSettings = [
  '-dump',
  '-nopause',
  '-cookies=off',
  '-display_charset=utf-8',
  '-list_decoded=off',
  '-width=1024',
];

async function readWithLynx(address: string, scratch: string): Promise<Sight> {
  // made for crawlers: the only way to have it print the title, and where redirects have led to
  const { printed, errors } = await dump(
    'lynx',
    [...lynxSettings, '-crawl', '-nolist', address],
    scratch,
  );
  const [, ended, title, text] = /^THE_URL:(.*)\nTHE_TITLE:(.*)\n([^]*)$/.exec(printed) ?? [];
  if (ended === undefined || title === undefined)
    throw new ProgramError(`Lynx shows nothing of ${address}: ${errors.trim().split('\n').at(-1)}`);
  const { printed: numbered } = await dump('lynx', [...lynxSettings, ended], scratch);
  return {
    address: ended.replace(/^file:\/\/localhost\//, 'file:///'),
    title,
    text,
    links: readNumberedLinks(numbered),
  };
}

/**
 * Numbers are before the links and tell no end: the words of a link are taken to go on until the
 * next number or the end of its line.
 */
function readNumberedLinks(printed: string): Sight['links'] {
  const { body, addresses } = listAddresses(printed);
  let from = 0;
  return [...addresses].map(([number, address]) => {
    const start = body.indexOf(`[${number}]`, from);
    if (start === -1) return { address, text: '' }; // a link that nothing shows
    from = start + `[${number}]`.length;
    const next = body.indexOf(`[${number + 1}]`, from);
    const line = body.slice(from, next === -1 ? undefined : next).split('\n')[0] ?? '';
    return { address, text: line.trim() };
  });
}

const lynx: Client = {
  name: 'Lynx',
  needs: [{ command: 'lynx', debian: 'lynx' }],
  scripts: false,
  limits: {
    search: 'The search box needs scripts.',
    style: 'Lynx shows text in a terminal, without style.',
  },
  async start(scratch) {
    const { printed } = await dump('lynx', ['-version'], scratch);
    return makeTextReader(
      `Lynx ${/Version (\S+)/.exec(printed)?.[1] ?? 'of unknown version'}`,
      (address) => readWithLynx(address, scratch),
    );
  },
};

/** Nothing kept from one page to the next, and lines so wide that they hold a paragraph. */
const w3mSettings = [
  '-cols',
  '4000',
  '-no-cookie',
  '-o',
  'use_history=0',
  '-o',
  'ext_halfdump=1',
  '-O',
  'UTF-8',
];

/** What w3m makes of a page comes in parts, each by an option of its own. */
async function readWithW3m(address: string, scratch: string): Promise<Sight> {
  const get = (...options: string[]) => dump('w3m', [...w3mSettings, ...options], scratch);
  const { printed: facts, errors } = await get('-dump_extra', address);
  const ended = /^W3m-current-url: (.*)$/m.exec(facts)?.[1];
  if (ended === undefined)
    throw new ProgramError(`w3m shows nothing of ${address}: ${errors.trim()}`);
  const { printed: text } = await get('-dump', ended);
  const { addresses } = listAddresses(
    (await get('-o', 'display_link_number=1', '-dump', ended)).printed,
  );
  // rendered, but with its marks: the titles and the words of each link
  const { printed: half } = await get('-halfdump', ended);
  const title = decode(/<title_alt title="([^"]*)"/.exec(half)?.[1] ?? '');
  return {
    address: ended,
    title,
    text,
    links: [...addresses].map(([number, address]) => ({ address, text: readLink(half, number) })),
  };
}

/** A link that goes on in the next line is opened anew there, with the same number. */
function readLink(half: string, number: number): string {
  const pieces = half.matchAll(new RegExp(`<a [^>]*hseq="${number}"[^>]*>([^]*?)</a>`, 'g'));
  return decode([...pieces].map(([, words = '']) => words.replace(/<[^>]*>/g, '')).join(' '))
    .replace(/\s+/g, ' ')
    .trim();
}

const references: Record<string, string> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  amp: '&',
};
const decode = (text: string) =>
  text.replace(/&(?:#(\d+)|(\w+));/g, (whole, code?: string, name?: string) =>
    code ? String.fromCodePoint(Number(code)) : (references[name ?? ''] ?? whole),
  );

const w3m: Client = {
  name: 'w3m',
  needs: [{ command: 'w3m', debian: 'w3m' }],
  scripts: false,
  limits: {
    search: 'The search box needs scripts.',
    style: 'w3m shows text in a terminal, without style.',
  },
  async start(scratch) {
    const { printed } = await dump('w3m', ['-version'], scratch);
    return makeTextReader(
      `w3m ${/w3m\/([^,\s]+)/.exec(printed)?.[1] ?? 'of unknown version'}`,
      (address) => readWithW3m(address, scratch),
    );
  },
};

export const textBrowsers: readonly Client[] = [lynx, w3m];
