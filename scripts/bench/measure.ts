import { spawn } from 'node:child_process';
import { UserError } from '../../src/kit/core/text/user-error.ts';
import { readTree, readWaited } from './process-tree.ts';

/** A command of a run; several make one run together. */
export interface Step {
  readonly program: string;
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes of a run that did its work: a checker that finds faults has worked too. */
  readonly good?: readonly number[];
}

/** What was used up to a moment of a run. */
export interface Moment {
  /** Seconds since the run began. */
  readonly wall: number;
  /** Seconds of all processes, user and system. */
  readonly cpu: number;
}

export interface Use extends Moment {
  /** Most bytes that all processes held at once, of what was looked at. */
  readonly memory: number;
}

/** A program under measurement that has failed, with what it said. */
export class BenchError extends UserError {
  override readonly name = 'BenchError';
}

/** How often memory is looked at, in milliseconds. */
const interval = 100;
const shown = 4_000;

/**
 * Runs commands one after another, and measures all processes that they start.
 * @param onLine is called with each line that they print, and what was used until then
 * @throws BenchError where one of them fails
 */
export async function measure(
  steps: readonly Step[],
  onLine: (line: string, moment: Moment) => void = () => undefined,
): Promise<Use> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  let [cpu, memory] = [0, 0];
  for (const step of steps) {
    const use = await runStep(step, (line, below) =>
      onLine(line, { wall: seconds(), cpu: cpu + below }),
    );
    cpu += use.cpu;
    memory = Math.max(memory, use.memory);
  }
  return { wall: seconds(), cpu, memory };
}

function runStep(
  { program, words, cwd, env, good = [0] }: Step,
  onLine: (line: string, cpu: number) => void,
): Promise<{ cpu: number; memory: number }> {
  return new Promise((done, fail) => {
    const before = readWaited();
    let [seen, memory, output, rest] = [0, 0, '', ''];
    const child = spawn(program, words, {
      ...{ cwd, stdio: ['ignore', 'pipe', 'pipe'] },
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1', ...env },
    });
    const look = (): void => {
      if (child.pid === undefined) return;
      const now = readTree(child.pid);
      [seen, memory] = [Math.max(seen, now.cpu), Math.max(memory, now.memory)];
    };
    const timer = setInterval(look, interval);
    const take = (text: string): void => {
      output = (output + text).slice(-shown);
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      if (lines.length === 0) return;
      look();
      for (const line of lines) onLine(line, seen);
    };
    child.stdout?.setEncoding('utf8').on('data', take);
    child.stderr?.setEncoding('utf8').on('data', take);
    const kill = (): void => void child.kill();
    process.once('exit', kill); // somebody stops the bench
    const end = (): void => {
      clearInterval(timer);
      process.off('exit', kill);
    };
    child.on('error', (error) => {
      end();
      fail(new BenchError(`${program} could not be started: ${error.message}.`));
    });
    child.on('close', (code) => {
      end();
      // A process that its parent did not wait for is missing in the one sum, one that ended
      // between two looks in the other.
      if (code !== null && good.includes(code))
        done({ cpu: Math.max(readWaited() - before, seen), memory });
      else
        fail(
          new BenchError(
            `${[program, ...words].join(' ')} ended with ${code ?? 'a signal'}, expected ` +
              `${good.join(' or ')}. What it said last:\n${output}`,
          ),
        );
    });
  });
}
