import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { ProgramError } from '../process.ts';

/** A package of npm as it is installed here. */
export interface NpmPackage {
  /** Name and version, for the table: `serve 14.2.7`. */
  version: string;
  /** The file that its command of the same name runs; undefined where it has none. */
  command: string | undefined;
}

/**
 * Finds an installed package: the lab's own, or else one of the site.
 * @throws ProgramError if it is not installed
 */
export function findPackage(name: string): NpmPackage {
  const file = findPackageFile(name);
  if (file === undefined)
    throw new ProgramError(`${name} is not installed. In scripts/lab: npm ci`);
  const { version, bin } = JSON.parse(readFileSync(file, 'utf8')) as {
    version: string;
    bin?: Record<string, string>;
  };
  const command = bin?.[name];
  return {
    version: `${name} ${version}`,
    command: command === undefined ? undefined : join(dirname(file), command),
  };
}

function findPackageFile(name: string): string | undefined {
  try {
    return findPackageJSON(name, import.meta.url);
  } catch {
    return undefined; // no such package in any folder above this file
  }
}
