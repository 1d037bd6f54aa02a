/** `npm run verify -- COPY`. Uses `node:*` alone: it runs without an install. */
import { inClone } from './checker/invocation.ts';
import { verify } from './checker/verify.ts';
import { runCommand } from './cli/command-line.ts';

await runCommand(() => verify(process.argv.slice(2), inClone()), 2);
