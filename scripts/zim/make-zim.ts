import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { quoteName } from '../../src/kit/core/text/plain-characters.ts';
import type { Publication } from '../publish/publication.ts';
import { describeSite } from './describe-site.ts';
import { ZimError } from './zim-error.ts';

/** The name of the icon in the ZIM file; no page links to it. */
const icon = 'zim-icon.png';

export interface MadeZim {
  readonly bytes: number;
  readonly title: string;
  /** The page that it opens with. */
  readonly welcome: string;
  /** Its date, YYYY-MM-DD. */
  readonly date: string;
  /** What zimcheck warns of. */
  readonly warnings: readonly string[];
}

/**
 * Makes a ZIM file of all files of a site, each byte for byte, and lets zimcheck look at it. What
 * it says of itself comes from the pages, its date from the edition: nothing in it tells of the
 * machine or the day. Its bytes differ each time all the same, by a random number that zimwriterfs
 * puts in.
 * @param tag the language that it opens in; undefined for the page of all languages
 * @throws ZimError where a program is missing, or zimcheck finds a fault
 */
export async function makeZim(
  { folder, scratch, build, date }: Publication,
  tag: string | undefined,
  target: string,
): Promise<MadeZim> {
  const site = describeSite(folder, tag);
  const day = date ?? site.updated;
  writeFileSync(
    join(folder, icon),
    await sharp(Buffer.from(site.icon), { density: 400 })
      .resize(48, 48, { fit: 'contain', background: '#fff' })
      .flatten({ background: '#fff' })
      .png()
      .toBuffer(),
  );
  const made = join(scratch, 'site.zim');
  // A time of the file's own: zimwriterfs writes the day into it.
  run('faketime', [
    ...[`${day} 00:00:00`, 'zimwriterfs'],
    ...['--welcome', site.welcome, '--illustration', icon],
    ...['--language', site.languages.join(',')],
    ...['--title', site.title, '--description', site.description],
    ...['--name', `${build.campaign}_${tag ?? 'all'}`],
    ...['--creator', site.campaign, '--publisher', site.campaign],
    ...[folder, made],
  ]);
  const warnings = checkZim(made);
  const bytes = readFileSync(made).length;
  // Another disk may hold the target: copied first, so that it appears there whole.
  copyFileSync(made, `${target}.part`);
  renameSync(`${target}.part`, target);
  return { bytes, title: site.title, welcome: site.welcome, date: day, warnings };
}

/**
 * @returns what zimcheck warns of
 * @throws ZimError with what it finds wrong
 */
function checkZim(file: string): string[] {
  const { status, lines } = run('zimcheck', ['-A', '-D', file], true);
  const kinds = ['WARNING', 'ERROR'] as const;
  const [warnings = [], errors = []] = kinds.map((kind) => listParts(lines, kind));
  if (status === 0 && errors.length === 0 && lines.some((line) => /Status: Pass$/.test(line)))
    return warnings;
  throw new ZimError(
    `zimcheck refuses the ZIM file, and none was kept: ${quoteName([...errors, ...warnings].join(' / ') || lines.slice(-3).join(' / '), 2000)}`,
  );
}

/** Each `[ERROR] …` with the lines below it, in one. */
const listParts = (lines: readonly string[], kind: string): string[] =>
  lines
    .join('\n')
    .split(/^(?=\[)/m)
    .filter((part) => part.startsWith(`[${kind}]`))
    .map((part) =>
      part
        .slice(kind.length + 2)
        .replace(/\s+/g, ' ')
        .trim(),
    );

/** Runs a program in UTC and in no language, with no name of this machine in its environment. */
function run(
  command: string,
  words: readonly string[],
  mayFail = false,
): { status: number | null; lines: string[] } {
  const { status, stdout, stderr, error } = spawnSync(command, words, {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { PATH: process.env['PATH'], TZ: 'UTC', LC_ALL: 'C.UTF-8' },
  });
  if (error)
    throw new ZimError(
      `${command} could not be started (${error.message}). Install what a ZIM file is made with (Debian: apt-get install zim-tools faketime), then try again.`,
    );
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  if (status !== 0 && !mayFail)
    throw new ZimError(
      `${basename(command)} ended with ${status}: ${quoteName(lines.slice(-3).join(' / '), 600)}`,
    );
  return { status, lines };
}
