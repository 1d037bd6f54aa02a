import { appendFileSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { project } from '../../build/project.ts';
import { explainMissing } from '../programs.ts';
import { leftOut, type CheckResult } from '../report.ts';
import { readFiles, type StaticSite } from '../site.ts';
import { armNeeds, makeArmMachine } from './arm-machine.ts';
import { buildClone, makeClone } from './clone.ts';
import { compareBuild } from './compare-build.ts';
import { machineMarks } from './other-machine.ts';

/**
 * Builds on another processor, by an emulator: the campaign under test, and one with a
 * photograph. What compresses pictures, style and the index is other machine
 * code there.
 */
export async function checkArm(
  site: StaticSite,
  clone: string,
  scratch: string,
  report: (line: string) => void,
): Promise<[string, CheckResult][]> {
  const name = 'on arm64, emulated';
  const reason =
    process.platform === 'linux' && process.arch === 'x64'
      ? explainMissing(armNeeds)
      : 'only Linux on x64 emulates it';
  if (reason !== undefined) return [[name, leftOut(reason)]];
  const armClone = join(scratch, 'clone');
  mkdirSync(armClone, { recursive: true });
  makeClone(armClone, machineMarks.branch);
  report('fetching the packages for arm64 from the npm registry');
  const command = [makeArmMachine(armClone)];
  const expected = { node: process.version, processor: 'arm64' };
  const photographs = { CONTENT_DIR: await addPhotograph(join(scratch, 'campaign')) };
  const here = join(scratch, 'built-here');
  await buildClone(clone, here, { command: [process.execPath], settings: photographs });
  const builds = [
    [name, site.files, {}],
    [`${name}, with photographs`, readFiles(here), photographs],
  ] as const;
  const rows: [string, CheckResult][] = [];
  for (const [title, files, settings] of builds) {
    const outDir = join(scratch, `result-${rows.length}`);
    const build = { name: title, command, settings, expected };
    rows.push([title, (await compareBuild({ files }, armClone, outDir, build, report)).result]);
  }
  return rows;
}

/**
 * Makes a campaign with a photograph in it.
 * @returns its folder
 */
async function addPhotograph(folder: string): Promise<string> {
  cpSync(join(project, 'tests/fixtures/garden'), folder, { recursive: true });
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  await sharp({ create: { width: 1800, height: 1200, channels: 3, background: '#284', noise } })
    .blur(2)
    .jpeg()
    .toFile(join(folder, 'guides/en/bed.jpg'));
  appendFileSync(join(folder, 'guides/en/digging.md'), '\n![A bed of mint](./bed.jpg)\n');
  return folder;
}
