import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildInto } from './build.ts';
import { makeScratch } from './setup-scratch.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The default campaign, built once for all tests of a run. */
    defaultSite: string;
    /** The second campaign of the fixtures, built once. */
    gardenSite: string;
  }
}

/**
 * Builds what most tests of pages look at. The setups of projects run one after another, and a
 * build puts its folder in place whole or not at all: the first project of a run builds for the
 * others.
 */
export default async function setup(project: TestProject): Promise<void> {
  const scratch = makeScratch(project);
  const defaultSite = join(scratch, 'default');
  const gardenSite = join(scratch, 'garden');
  if (!existsSync(defaultSite)) await buildInto(defaultSite);
  if (!existsSync(gardenSite))
    await buildInto(gardenSite, { CONTENT_DIR: 'tests/fixtures/garden' });
  project.provide('defaultSite', defaultSite);
  project.provide('gardenSite', gardenSite);
}
