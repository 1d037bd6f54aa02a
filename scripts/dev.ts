/**
 * `npm run dev`: shows the campaign while it is edited, with live reload. Search, feeds and checks
 * of the pages need a build.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { campaignFolder } from '../src/campaign/read/campaign-folder.ts';
import { noteDev } from './build/build-lock.ts';
import { project } from './build/project.ts';
import { runCommand } from './cli/command-line.ts';

const astro = join(project, 'node_modules/astro/bin/astro.mjs');

/**
 * Passes on what Astro says, but for its stack traces: they name lines of programs that an editor
 * has not written. VERBOSE=1 shows all.
 */
function showWords(from: Readable, to: NodeJS.WritableStream): void {
  if (process.env['VERBOSE']) return void from.pipe(to);
  createInterface({ input: from }).on('line', (line) => {
    if (!isTrace.test(stripVTControlCharacters(line))) to.write(`${line}\n`);
  });
}

const isTrace = /^\s*(?:at .*|Stack trace:|\[\.\.\.\] See full stack trace.*)$/;

await runCommand(async () => {
  const end = noteDev(campaignFolder());
  const child = spawn(process.execPath, [astro, 'dev', ...process.argv.slice(2)], {
    stdio: ['inherit', 'pipe', 'pipe'],
    env: {
      ...(process.stdout.isTTY && { FORCE_COLOR: '1' }),
      ...process.env,
      // as a shell may have it for other programs, pages do not follow the files
      NODE_ENV: 'development',
    },
  });
  showWords(child.stdout, process.stdout);
  showWords(child.stderr, process.stderr);
  // Ctrl-C reaches the child by itself; what a supervisor sends is passed on, or the server would
  // outlive this process.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise<number>((done) =>
    child.on('exit', (code) => {
      end();
      done(code ?? 0);
    }),
  );
});
