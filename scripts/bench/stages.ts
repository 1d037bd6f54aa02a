import type { Moment } from './measure.ts';

/** A part of a build of ours. */
export interface Stage extends Moment {
  readonly name: string;
}

/** Which line of a verbose build begins which stage, in their order. */
const begins: readonly (readonly [line: RegExp, stage: string])[] = [
  [/\[content\] Syncing/, 'read and check the campaign'],
  [/\[build\] Building static/, 'bundle'],
  [/generating static routes/, 'render pages'],
  [/\[vyrai\/post-build\] write edition/, 'steps over pages'],
  [/\[vyrai\/post-build\] write files to take along/, 'index for search'],
  [/\[vyrai\/post-build\] index words/, 'write and measure pages'],
  [/signing and packing/, 'manifest and archives'],
];

/** Cuts a build into its stages by the lines that it prints. */
export class StageClock {
  private readonly cuts: { name: string; at: Moment }[] = [
    { name: 'start', at: { wall: 0, cpu: 0 } },
  ];

  /** Takes a line of the build, with what was used until then. */
  take(line: string, at: Moment): void {
    const index = begins.findIndex(([pattern]) => pattern.test(line));
    const name = begins[index]?.[1];
    const known = begins.findIndex(([, stage]) => stage === this.cuts.at(-1)?.name);
    if (name !== undefined && index > known) this.cuts.push({ name, at });
  }

  /**
   * @param end what the whole build used
   * @returns each stage with its own seconds
   */
  stages(end: Moment): Stage[] {
    return this.cuts.map(({ name, at }, index) => {
      const next = this.cuts[index + 1]?.at ?? end;
      return { name, wall: next.wall - at.wall, cpu: next.cpu - at.cpu };
    });
  }
}

/**
 * Reads a line of a step over pages, which `VERBOSE=1 npm run build` prints.
 * @returns its CPU seconds, or nothing where the line is another one
 */
export function parseStep(line: string): { name: string; cpu: number } | undefined {
  const [, name = '', cpu = ''] =
    /\[vyrai\/post-build\] (.+): (\d+\.\d\d) s CPU$/.exec(line.trim()) ?? [];
  return name === '' ? undefined : { name, cpu: Number(cpu) };
}
