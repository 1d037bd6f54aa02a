import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProgram } from '../process.ts';
import { findProgram } from '../programs.ts';

export const xvfb = { command: 'Xvfb', debian: 'xvfb' };

/** A picture, row by row: each point is a number 0xRRGGBB. */
export interface Picture {
  width: number;
  points: number[];
}

export interface Display {
  /** What programs get as `DISPLAY`. */
  name: string;
  /** What is on the screen now. */
  look: () => Picture;
  stop: () => Promise<void>;
}

/**
 * A screen that nobody sees, on the first number that is free (Xvfb chooses it), reached from this
 * machine only.
 */
export async function startDisplay(scratch: string): Promise<Display> {
  const screen = ['-screen', '0', '1280x1024x24', '-fbdir', scratch];
  const isReady = (output: string) => /^\d+$/m.test(output);
  const { output, stop } = await startProgram(
    findProgram('Xvfb') ?? 'Xvfb',
    [...screen, '-nolisten', 'tcp', '-displayfd', '1'],
    isReady,
  );
  return {
    name: `:${/^\d+$/m.exec(output())?.[0]}`,
    look: () => readPicture(join(scratch, 'Xvfb_screen0')),
    stop,
  };
}

/**
 * Xvfb keeps its screen in a file: XWD, a head of big-endian numbers, 12 bytes for each colour of a
 * table, then the points.
 */
function readPicture(file: string): Picture {
  const bytes = readFileSync(file);
  const number = (place: number) => bytes.readUInt32BE(place * 4);
  const [start, width, height, row] = [
    number(0) + number(19) * 12,
    number(4),
    number(5),
    number(12),
  ];
  const points = Array.from({ length: width * height }, (_, index) => {
    const place = start + Math.floor(index / width) * row + (index % width) * 4;
    return bytes.readUInt32LE(place) & 0xffffff;
  });
  return { width, points };
}
