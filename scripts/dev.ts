/**
 * `npm run dev`: shows the campaign while it is edited, with live reload. Search, feeds and checks
 * of the pages need a build.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { campaignFolder } from '../src/campaign/read/campaign-folder.ts';
import { noteDev } from './build/build-lock.ts';
import { project } from './build/project.ts';
import { runCommand } from './cli/command-line.ts';

const astro = join(project, 'node_modules/astro/bin/astro.mjs');

await runCommand(async () => {
  const end = noteDev(campaignFolder());
  const child = spawn(process.execPath, [astro, 'dev', ...process.argv.slice(2)], {
    stdio: 'inherit',
    // as a shell may have it for other programs, pages do not follow the files
    env: { ...process.env, NODE_ENV: 'development' },
  });
  process.on('SIGINT', () => {});
  return new Promise<number>((done) =>
    child.on('exit', (code) => {
      end();
      done(code ?? 0);
    }),
  );
});
