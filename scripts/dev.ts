/**
 * `npm run dev`: shows the campaign while it is edited, with live reload. Search, feeds and checks
 * of the pages need a build.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const astro = fileURLToPath(new URL('../node_modules/astro/bin/astro.mjs', import.meta.url));
const child = spawn(process.execPath, [astro, 'dev', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.on('SIGINT', () => {});
child.on('exit', (code) => process.exit(code ?? 0));
