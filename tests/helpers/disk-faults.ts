/** Functions of `node:fs` by which files and folders are written. */
type Written = 'mkdtempSync' | 'mkdirSync' | 'open' | 'writeFileSync' | 'renameSync' | 'rmSync';

/**
 * Settings by which a process of Node finds a disk that is full, read-only or in use: a function of
 * `node:fs` fails for paths with `part` in them. Real disks need the right to mount.
 */
export function withDiskFault(
  written: Written,
  code: string,
  part: string,
): { NODE_OPTIONS: string } {
  const program = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const real = fs[${JSON.stringify(written)}];
    fs[${JSON.stringify(written)}] = (...words) => {
      const isMeant = words.some((word) => typeof word === 'string' && word.includes(${JSON.stringify(part)}));
      if (!isMeant) return real(...words);
      const error = Object.assign(new Error(${JSON.stringify(`${code}: planted`)}), {
        code: ${JSON.stringify(code)}, syscall: ${JSON.stringify(written)}, path: words[0],
      });
      const last = words.at(-1);
      if (${JSON.stringify(written)} !== 'open') throw error;
      last(error);
    };
    syncBuiltinESMExports();`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}` };
}
