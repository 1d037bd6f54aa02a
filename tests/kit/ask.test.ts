import { spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../helpers/build.ts';

/** Runs keygen on a terminal, which the program `script` makes, and types as soon as it asks. */
function typeAtKeygen(
  typed: string,
): Promise<{ code: number | null; shown: string; written: string[] }> {
  const folder = makeFolder('keys-');
  const command = `"${process.execPath}" scripts/keygen.ts "${join(folder, 'anna')}"`;
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (shown === '') child.stdin.write(typed);
    shown += text;
  });
  return new Promise((done) =>
    child.on('close', (code) => done({ code, shown, written: readdirSync(folder) })),
  );
}

describe.skipIf(spawnSync('script', ['--version']).error)('a question on a terminal', () => {
  it.each([
    ['Ctrl-C', '\x03'],
    ['Ctrl-D', '\x04'],
  ])('ends with %s, in one word, and nothing is written', async (_, typed) => {
    const { code, shown, written } = await typeAtKeygen(typed);
    expect({ code, written }).toEqual({ code: 130, written: [] });
    expect(shown).toMatch(/Stopped\.\s*$/);
    expect(shown).not.toMatch(/\n\s+at |unsettled/);
  });

  it('keeps what is typed off the screen', async () => {
    const { code, shown } = await typeAtKeygen('mint\r');
    expect(code).toBe(2);
    expect(shown).toMatch(/has 4 characters/);
    expect(shown).not.toContain('mint');
  });
});
