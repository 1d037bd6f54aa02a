/** `npm run keygen -- FILE`. Uses `node:*` alone: it runs without an install. */
import { inClone } from './checker/invocation.ts';
import { keygen } from './checker/keygen.ts';
import { runCommand } from './cli/command-line.ts';

await runCommand(() => keygen(process.argv.slice(2), inClone()));
