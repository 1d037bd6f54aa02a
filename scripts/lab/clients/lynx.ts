import { ProgramError } from '../process.ts';
import type { Client, Sight } from './client.ts';
import { dump, listAddresses, makeTextReader } from './dump.ts';

/** Widest that Lynx takes: lines break at the ends of paragraphs, seldom within them. Percent signs in addresses stay as they are. */
const settings = [
  '-dump',
  '-nopause',
  '-cookies=off',
  '-display_charset=utf-8',
  '-list_decoded=off',
  '-width=1024',
];

async function read(address: string, scratch: string): Promise<Sight> {
  // made for crawlers: the only way to have it print the title, and where redirects have led to
  const { printed, complaint } = await dump(
    'lynx',
    [...settings, '-crawl', '-nolist', address],
    scratch,
  );
  const [, ended, title, text] = /^THE_URL:(.*)\nTHE_TITLE:(.*)\n([^]*)$/.exec(printed) ?? [];
  if (ended === undefined || title === undefined)
    throw new ProgramError(
      `Lynx shows nothing of ${address}: ${complaint.trim().split('\n').at(-1)}`,
    );
  const { printed: numbered } = await dump('lynx', [...settings, ended], scratch);
  return {
    address: ended.replace(/^file:\/\/localhost\//, 'file:///'),
    title,
    text,
    links: readLinks(numbered),
  };
}

/** Numbers stand before the links and tell no end: the words of a link are taken to go on until the next number or the end of its line. */
function readLinks(printed: string): Sight['links'] {
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

export const lynx: Client = {
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
      (address) => read(address, scratch),
    );
  },
};
