import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for whatever a test writes; it is removed when the run ends. */
    scratch: string;
  }
}

/**
 * The one folder that all tests of a run write into. Whichever setup comes first makes it, since
 * vitest runs those of its projects before the one of the root.
 */
export function makeScratch({ vitest }: TestProject): string {
  const root = vitest.getRootProject();
  const { scratch } = root.getProvidedContext() as { scratch?: string };
  if (scratch !== undefined) return scratch;
  const folder = mkdtempSync(join(tmpdir(), 'vyrai-tests-'));
  root.provide('scratch', folder);
  vitest.onClose(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export default function setup(project: TestProject): void {
  makeScratch(project);
}
