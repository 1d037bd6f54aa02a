import { execFile } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startProgram } from '../process.ts';
import { findProgram } from '../programs.ts';
import { explain } from './in-page.ts';
import type { Display } from './xvfb.ts';

/** Nothing kept, no scripts, no other host than this machine (the proxy is not there), and the whole screen. */
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

export interface Window {
  version: string;
  /** The addresses of the pages that it has gone to, first to last, and the page it shows; undefined while it still loads. */
  went: () => string[];
  shown: () => string | undefined;
  press: (...words: string[]) => Promise<string>;
}

/** NetSurf has no wire to be driven by: its own report tells where it is, its window's name what it shows, mouse and keys are the screen's. */
export async function open<T>(
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
  const moves = (output: string) => output.split(/browser_window_navigate: bw \S+ url /).slice(1); // each begins with where to
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
export async function until<T>(ask: () => T | undefined): Promise<T | undefined> {
  const deadline = performance.now() + 3000;
  for (let found = ask(); ; found = ask()) {
    if (found !== undefined || performance.now() > deadline) return found;
    await wait(50);
  }
}
