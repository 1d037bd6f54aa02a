import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { explainDiskError, findDiskError } from '../../src/kit/node/disk-error.ts';
import { makeFolder, tryBuild } from '../helpers/build.ts';
import { withDiskFault } from '../helpers/disk-faults.ts';

describe('what another program says of a disk', () => {
  it.each<[output: string, words: string | undefined]>([
    ['[ERROR] ENOSPC: no space left on device, write', 'the disk is full (ENOSPC)'],
    [
      'Failed to write file\n\nCaused by:\n    No space left on device (os error 28)',
      'the disk is full (ENOSPC)',
    ],
    [
      '[ERROR] [vite] ✗ Build failed\nRead-only file system (os error 30)',
      'the disk is for reading only (EROFS)',
    ],
    ['[ERROR] Cannot find package "x" (ERR_MODULE_NOT_FOUND)', undefined],
    ['(os error 9999) (os error 0)', undefined],
  ])('%j is %j', (output, words) => {
    expect(findDiskError(output)).toBe(words);
  });

  it('is not said of other errors', () => {
    expect(explainDiskError(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBeUndefined();
    expect(explainDiskError(new Error('the disk is full'))).toBeUndefined();
  });
});

describe('a build on a disk that does not take it', () => {
  it.each<[what: string, fault: Parameters<typeof withDiskFault>, words: RegExp]>([
    ['is full', ['writeFileSync', 'ENOSPC', 'SHA256SUMS'], /the disk is full \(ENOSPC\)/],
    ['is for reading only', ['mkdtempSync', 'EROFS', '.site.'], /for reading only \(EROFS\)/],
  ])('since it %s says so in words, and leaves the old result', async (_, fault, words) => {
    const out = join(makeFolder('full-'), 'site');
    cpSync(inject('gardenSite'), out, { recursive: true });
    const before = readFileSync(join(out, 'SHA256SUMS'));
    const { code, output } = await tryBuild(out, {
      CONTENT_DIR: 'tests/fixtures/garden',
      CACHE_DIR: makeFolder('cache-'),
      ...withDiskFault(...fault),
    });
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(words) });
    expect(output).toContain('The previous result is untouched.');
    expect(output).not.toMatch(/Stack trace|\n\s+at /);
    expect(readFileSync(join(out, 'SHA256SUMS'))).toEqual(before);
    expect(readdirSync(dirname(out))).toEqual(['site']);
  });
});
