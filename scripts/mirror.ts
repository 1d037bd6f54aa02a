/** `npm run mirror -- SOURCE FOLDER`. Uses `node:*` alone: it runs without an install. */
import { inClone } from './checker/invocation.ts';
import { mirror } from './checker/mirror.ts';
import { runCommand } from './cli/command-line.ts';

await runCommand(() => mirror(process.argv.slice(2), inClone()), 1);
