import { execFile } from 'node:child_process';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

/** Its path begins with that of the project, and it is not in the project. */
const outside = `${process.cwd()}-sites-${process.pid}`;
afterAll(() => rmSync(outside, { recursive: true, force: true }));

test.skipIf(process.platform === 'win32')(
  'a build under umask 077, into a folder whose path begins as that of the project, is there for a web server',
  async () => {
    const outDir = join(outside, 'garden');
    const command = `umask 077; exec "${process.execPath}" scripts/run.mjs scripts/build.ts`;
    const env = { CONTENT_DIR: 'tests/fixtures/garden', OUT_DIR: outDir, CACHE_DIR: `${outDir}.c` };
    await promisify(execFile)('sh', ['-c', command], { env: { ...process.env, ...env } });
    const modes = readdirSync(outDir, { recursive: true, withFileTypes: true }).map((item) => {
      const mode = statSync(join(item.parentPath, item.name)).mode & 0o777;
      return `${item.isDirectory() ? 'folder' : 'file'} ${mode.toString(8)}`;
    });
    expect([...new Set(modes)].sort()).toEqual(['file 644', 'folder 755']);
    expect(statSync(outDir).mode & 0o777).toBe(0o755);
  },
);
