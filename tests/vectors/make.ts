/**
 * `node tests/vectors/make.ts [FOLDER]`: writes the vectors, the same bytes each time, into this
 * folder or another one.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MadeCase, TargetContent, TrustName, VectorCase } from './case.ts';
import { carCases } from './cases/cars.ts';
import { chainCases } from './cases/chains.ts';
import { downloadCases } from './cases/downloads.ts';
import { editionCases } from './cases/editions.ts';
import { fileCases } from './cases/files.ts';
import { manifestCases } from './cases/manifests.ts';
import { signatureCases } from './cases/signatures.ts';
import { trustCases } from './cases/trusts.ts';
import { clones } from './cases/world.ts';
import { zipCases } from './cases/zips.ts';
import type { Site } from './writers/edition.ts';
import { keyFile } from './writers/keys.ts';

/** In the order of the specification. */
const allCases: readonly MadeCase[] = [
  ...fileCases,
  ...manifestCases,
  ...editionCases,
  ...signatureCases,
  ...trustCases,
  ...chainCases,
  ...zipCases,
  ...carCases,
  ...downloadCases,
];

/** Writes all cases with what they need into a folder, in place of those that are there. */
export function makeVectors(folder: string): void {
  for (const part of ['targets', 'trust', 'keys'])
    rmSync(join(folder, part), { recursive: true, force: true });
  for (const [name, files] of Object.entries(clones)) writeSite(join(folder, 'trust', name), files);
  const cases = allCases.map((made) => writeCase(folder, made));
  const names = cases.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two cases are called ${twice}`);
  // One case a line, so that a change of one is a change of a line.
  const lines = cases.map((each) => JSON.stringify(each)).join(',\n');
  writeFileSync(join(folder, 'cases.json'), `[\n${lines}\n]\n`);
}

function writeCase(folder: string, made: MadeCase): VectorCase {
  const { name, target, today, verdict, rules, says } = made;
  if (typeof target !== 'string') writeTarget(join(folder, targetOf(made)), target);
  return {
    name,
    target: targetOf(made),
    trust: writeTrust(folder, made.trust),
    today,
    exit: verdict === null ? 2 : verdict === 'authentic' ? 0 : 1,
    verdict,
    rules,
    says,
    ...(typeof target !== 'string' && 'links' in target && { links: target.links }),
  };
}

function targetOf({ name, target }: MadeCase): string {
  if (typeof target !== 'string')
    return `targets/${name}${'ending' in target ? target.ending : ''}`;
  const shared = allCases.find((other) => other.name === target);
  if (!shared) throw new Error(`${name} shares the target of ${target}, which is no case`);
  return targetOf(shared);
}

function writeTarget(path: string, content: TargetContent): void {
  if ('files' in content) writeSite(path, content.files);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content.bytes);
  }
}

function writeSite(folder: string, files: Site): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

function writeTrust(folder: string, trust: TrustName): VectorCase['trust'] {
  if (trust === null) return null;
  if ('clone' in trust) return { clone: `trust/${trust.clone}` };
  const files =
    'keyFiles' in trust
      ? trust.keyFiles
      : Object.fromEntries(
          trust.keys.map((key) => [`${key.name.replaceAll(' ', '-')}.pub`, keyFile(key)]),
        );
  writeSite(
    join(folder, 'keys'),
    new Map(Object.entries(files).map(([name, content]) => [name, Buffer.from(content)])),
  );
  return {
    keys: Object.keys(files).map((name) => `keys/${name}`),
    ...('threshold' in trust && trust.threshold !== undefined && { threshold: trust.threshold }),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  makeVectors(process.argv[2] ?? import.meta.dirname);
