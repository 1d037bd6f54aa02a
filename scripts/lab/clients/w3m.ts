import { ProgramError } from '../process.ts';
import type { Client, Sight } from './client.ts';
import { dump, listAddresses, makeTextReader } from './dump.ts';

/** Nothing kept from one page to the next, and lines so wide that they hold a paragraph. */
const settings = [
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
async function read(address: string, scratch: string): Promise<Sight> {
  const get = (...options: string[]) => dump('w3m', [...settings, ...options], scratch);
  const { printed: facts, complaint } = await get('-dump_extra', address);
  const ended = /^W3m-current-url: (.*)$/m.exec(facts)?.[1];
  if (ended === undefined)
    throw new ProgramError(`w3m shows nothing of ${address}: ${complaint.trim()}`);
  const { printed: text } = await get('-dump', ended);
  const { addresses } = listAddresses(
    (await get('-o', 'display_link_number=1', '-dump', ended)).printed,
  );
  const { printed: half } = await get('-halfdump', ended); // rendered, but with its marks: the titles and the words of each link
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

const marks: Record<string, string> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  amp: '&',
};
const decode = (text: string) =>
  text.replace(/&(?:#(\d+)|(\w+));/g, (whole, code?: string, name?: string) =>
    code ? String.fromCodePoint(Number(code)) : (marks[name ?? ''] ?? whole),
  );

export const w3m: Client = {
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
      (address) => read(address, scratch),
    );
  },
};
