import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ProgramError, startProgram } from '../process.ts';
import { findProgram } from '../programs.ts';
import type { Client, Sight } from './client.ts';
import { explain, noLink } from './in-page.ts';
import { startDisplay, xvfb, type Display, type Picture } from './xvfb.ts';

/**
 * Nothing kept, no scripts, no other host than this machine (the proxy is not there), and the whole
 * screen.
 */
const settings = [
  '--http_proxy=1',
  '--http_proxy_host=127.0.0.1',
  '--http_proxy_port=9',
  '--http_proxy_noproxy=localhost,127.0.0.1',
  '--enable_javascript=0',
  '--disc_cache_size=0',
  '--window_x=0',
  '--window_y=0',
  '--window_width=1280',
  '--window_height=1024',
];

interface Window {
  version: string;
  /**
   * The addresses of the pages that it has gone to, first to last, and the page it shows; undefined
   * while it still loads.
   */
  went: () => string[];
  shown: () => string | undefined;
  press: (...words: string[]) => Promise<string>;
}

/**
 * NetSurf has no wire to be driven by: its own report tells where it is, its window's name what it
 * shows, mouse and keys are the screen's.
 */
async function open<T>(
  address: string,
  folder: string,
  display: Display,
  use: (window: Window) => Promise<T>,
): Promise<T> {
  const folders = { HOME: folder, TMPDIR: folder, NETSURFRES: folder };
  const env = {
    PATH: process.env['PATH'],
    ...folders,
    DISPLAY: display.name,
    LANG: 'C.UTF-8',
    NO_AT_BRIDGE: '1',
    GSETTINGS_BACKEND: 'memory',
  };
  // each begins with where to
  const moves = (output: string) => output.split(/browser_window_navigate: bw \S+ url /).slice(1);
  const find = (output: string) =>
    / content_open: content \S+ (\S+)\n/.exec(moves(output).at(-1) ?? '')?.[1];
  const isReady = (output: string) => find(output) !== undefined;
  const { output, stop } = await startProgram(
    findProgram('netsurf-gtk') ?? 'netsurf-gtk',
    ['-v', ...settings, address],
    isReady,
    { cwd: folder, env },
  );
  try {
    const press = async (...words: string[]) =>
      (await promisify(execFile)('xdotool', words, { env, timeout: 10_000 })).stdout;
    const version = `NetSurf ${/NetSurf version '([\d.]+)/.exec(output())?.[1] ?? 'of unknown version'}`;
    return await use({
      version,
      went: () => moves(output()).map((move) => move.split('\n')[0] ?? ''),
      shown: () => find(output()),
      press,
    });
  } catch (error) {
    return explain('NetSurf', address)(error);
  } finally {
    await stop();
  }
}

/** Asks for 3 seconds. */
async function until<T>(ask: () => T | undefined): Promise<T | undefined> {
  const deadline = performance.now() + 3000;
  for (let found = ask(); ; found = ask()) {
    if (found !== undefined || performance.now() > deadline) return found;
    await wait(50);
  }
}

/** Below its bar of addresses, left of its scroll bar, above its line of state. */
const page = { top: 42, right: 1250, bottom: 990 };
/** Height of the bar for searching within the page, which moves the page down while it is open. */
const searchBar = 42;

/**
 * @throws ProgramError where it shows its own page about what went wrong, or nothing but one colour
 */
async function see({ shown, press }: Window, display: Display): Promise<Sight> {
  await until(shown);
  await wait(300); // time to draw, or to go on to where the page sends it
  const address = await until(shown);
  const title = (await press('search', '--onlyvisible', '--name', ' - NetSurf$', 'getwindowname'))
    .trim()
    .replace(/ - NetSurf$/, '');
  if (address === undefined || address.startsWith('about:'))
    throw new ProgramError(`NetSurf shows no page but its own: ${title}`);
  const { width, points } = display.look();
  const inside = points.filter(
    (_, index) =>
      index >= page.top * width && index < page.bottom * width && index % width < page.right,
  );
  // the edges of letters have more colours
  if (new Set(inside).size < 8) throw new ProgramError(`NetSurf shows ${address} as an empty page`);
  return { address, title, text: undefined, links: undefined };
}

/**
 * Where its own search within the page has marked words: the first point in which the picture with
 * the search bar differs from the one after it was closed, which moves the page up by the height of
 * the bar (by less at the end of the page) and leaves no mark. A color of the mark would not do: a
 * mark exchanges those of text and ground, and pages have dark parts as well as light ones.
 * @returns a point within the first letter, where it is once the bar is closed
 */
function findMark(marked: Picture, plain: Picture): { x: number; y: number } | undefined {
  const rows = range(page.bottom - page.top - searchBar).map((row) => page.top + searchBar + row);
  const differs = (x: number, y: number, shift: number) =>
    marked.points[x + y * marked.width] !== plain.points[x + (y - shift) * plain.width];
  // Every 16th column is enough to see by how much the page moved.
  const columns = range(page.right).filter((x) => x % 16 === 0);
  const countAt = (shift: number) =>
    rows.reduce((sum, y) => sum + columns.filter((x) => differs(x, y, shift)).length, 0);
  const counts = range(searchBar + 1).map(countAt);
  const shift = counts.lastIndexOf(Math.min(...counts));
  const first = rows
    .map((y) => ({ x: range(page.right).find((x) => differs(x, y, shift)), y: y - shift }))
    .find(({ x }) => x !== undefined);
  // within the first letter, in the middle of its height
  return first?.x === undefined ? undefined : { x: first.x + 4, y: first.y + 8 };
}

/**
 * What to look for: the first words of a link, of letters that every keyboard has, since its search
 * passes over others; then the first word alone, since it finds no words that a line's end divides.
 */
function beginningsOf(text: string): string[] {
  const words = (/^[ -~]+(?=\s|$)/.exec(text)?.[0] ?? text).split(' ');
  return [...new Set([words.slice(0, 3).join(' '), words[0] ?? text])];
}

const range = (length: number): number[] => [...Array(length).keys()];

/**
 * Looks for the words of a link with NetSurf's own search within the page, and clicks on what that
 * marks.
 * @param match how many places with these words to pass over: they may be in other links too, or
 *   in the text
 * @returns the page that the link leads to; "elsewhere" where the words are no link there, or lead
 *   to another page; "unmarked"
 *   where the search has found no such words
 */
async function click(
  window: Window,
  display: Display,
  words: string,
  address: string,
  match: number,
): Promise<Sight | 'elsewhere' | 'unmarked'> {
  await see(window, display);
  await window.press('key', 'ctrl+f', 'type', '--delay', '20', words);
  for (let passed = 0; passed < match; passed++) await window.press('key', 'Return');
  // it searches with each letter: what it marks at first may have the beginning of the words only
  await wait(300);
  const marked = display.look();
  await window.press('key', 'Escape');
  await wait(300);
  const place = findMark(marked, display.look());
  if (!place) return 'unmarked';
  const before = window.went().length;
  await window.press('mousemove', String(place.x), String(place.y), 'click', '1');
  return (await until(() => window.went()[before])) === address
    ? see(window, display)
    : 'elsewhere';
}

export const netsurf: Client = {
  name: 'NetSurf',
  needs: [
    { command: 'netsurf-gtk', debian: 'netsurf-gtk' },
    { command: 'xdotool', debian: 'xdotool' },
    xvfb,
  ],
  scripts: false,
  // its search takes no other letters from the keyboard, and finds short words everywhere
  canFollow: (text) => /^[ -~]{4,}(?=\s|$)/.test(text),
  limits: {
    text: 'NetSurf gives its picture and the title of the page only: the picture is not empty, its words are not read.',
    links: 'NetSurf does not list its links.',
    search: 'The search box needs scripts.',
    style: 'NetSurf does not tell what style it applies, and knows only a part of CSS.',
  },
  async start(scratch) {
    const folder = join(scratch, 'home');
    mkdirSync(folder);
    // without a list of search engines of its own it fetches the picture of one, far away
    writeFileSync(
      join(folder, 'SearchEngines'),
      'None|localhost|http://localhost/?q=%s|resource:favicon.png|\n',
    );
    const display = await startDisplay(scratch);
    const version = await open('about:blank', folder, display, (window) =>
      Promise.resolve(window.version),
    ).catch(async (error: unknown) => {
      await display.stop();
      throw error;
    });
    return {
      version,
      read: (address) => open(address, folder, display, (window) => see(window, display)),
      async follow(address, link) {
        for (const words of beginningsOf(link.text)) {
          for (let match = 0; match < 5; match++) {
            const found = await open(address, folder, display, (window) =>
              click(window, display, words, link.address, match),
            );
            if (found === 'unmarked') break;
            if (found !== 'elsewhere') return found;
          }
        }
        throw noLink(link, address);
      },
      stop: display.stop,
    };
  },
};
