import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildInto } from './build.ts';
import { unpackBrowser } from './browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for whatever a test writes; it goes when the run ends. */
    scratch: string;
    /** The default campaign, built once for all tests. */
    defaultSite: string;
    /** The second campaign of the fixtures, built once. */
    gardenSite: string;
  }
}

/** Builds what most tests look at, and puts the browser in place, before any test runs. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'vyrai-tests-'));
  const defaultSite = join(folder, 'default');
  const gardenSite = join(folder, 'garden');
  await buildInto(defaultSite);
  await buildInto(gardenSite, { CONTENT_DIR: 'tests/fixtures/garden' });
  project.provide('scratch', folder);
  project.provide('defaultSite', defaultSite);
  project.provide('gardenSite', gardenSite);
  await unpackBrowser();
  return () => rmSync(folder, { recursive: true, force: true });
}
