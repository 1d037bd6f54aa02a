import { ProgramError } from '../process.ts';
import type { Sight } from './client.ts';

/*
 * What the graphical browsers are asked about a page. Each function is sent to the browser as it is
 * and runs there: none may use anything from outside of itself. All of them read what the browser
 * has made of the page, never its source.
 */

export function look(): Sight {
  const links = [...document.links].map((link) => ({
    address: link.href,
    text: link.textContent.replace(/\s+/g, ' ').trim(),
  }));
  return { address: location.href, title: document.title, text: document.body.innerText, links };
}

/**
 * Where to click for a link: on the one with these words and this address; if none has both, on the
 * first with the address. Null where there is none, or where nobody could hit it: it has no room,
 * or something lies over it.
 */
export function findLink(wanted: {
  text: string;
  address: string;
}): { x: number; y: number } | null {
  const links = [...document.links].filter(({ href }) => href === wanted.address);
  const link =
    links.find(({ textContent }) => textContent.replace(/\s+/g, ' ').trim() === wanted.text) ??
    links[0];
  // Whoever wants a link of a folded menu opens it first.
  link?.closest('details')?.setAttribute('open', '');
  link?.scrollIntoView({ block: 'center', behavior: 'instant' });
  // the first of its lines: the middle of a broken link may lie next to it
  const line = link?.getClientRects()[0];
  if (!link || !line) return null;
  const middle = { x: line.left + line.width / 2, y: line.top + line.height / 2 };
  return link.contains(document.elementFromPoint(middle.x, middle.y)) ? middle : null;
}

/**
 * A body without a style fills the window but for a margin, without a colour, in the font that a
 * browser takes where no style names one.
 */
export function hasStyle(): boolean {
  const bare = document.createElement('span');
  // set by script, which the page's policy leaves alone; nothing of the page reaches it then
  bare.style.all = 'initial';
  document.documentElement.append(bare);
  const [own, page] = [getComputedStyle(bare), getComputedStyle(document.body)];
  const [ownFont, ownColor] = [own.fontFamily, own.color];
  bare.remove();
  const isNarrow =
    document.body.getBoundingClientRect().width < document.documentElement.clientWidth - 64;
  return (
    page.fontFamily !== ownFont ||
    page.color !== ownColor ||
    page.backgroundColor !== 'rgba(0, 0, 0, 0)' ||
    isNarrow
  );
}

/** The result links: those after the search box, within what holds both. */
export function listResults(): string[] {
  const box = document.querySelector('input[type=search]');
  const links = [...(box?.parentElement?.querySelectorAll<HTMLAnchorElement>('a[href]') ?? [])];
  return links
    .filter((link) => box && box.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING)
    .map(({ href }) => href);
}

/**
 * Results come one after the other: asks until there are some and their number has stayed the same
 * for half a second, for 10 s.
 */
export async function awaitResults(list: () => Promise<string[]>): Promise<string[]> {
  const deadline = performance.now() + 10_000;
  let before: string[] = [];
  for (let same = 0; same < 5 && performance.now() < deadline;) {
    await new Promise((done) => setTimeout(done, 100));
    const now = await list();
    same = now.length > 0 && now.length === before.length ? same + 1 : 0;
    before = now;
  }
  return before;
}

export const noLink = (link: { text: string; address: string }, address: string) =>
  new ProgramError(`no link “${link.text}” to ${link.address} can be activated on ${address}`);

/** The first line of what a driver reports: the rest is its own stack. */
export const explain =
  (name: string, address: string) =>
  (error: unknown): never => {
    if (error instanceof ProgramError) throw error;
    const [said = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new ProgramError(`${name} failed on ${address}: ${said}`, { cause: error });
  };
