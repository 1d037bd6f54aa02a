import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawTerminal, makeConstant } from '../../scripts/demo/picture.ts';
import { falsify } from '../../scripts/demo/workspace.ts';
import { makeFolder } from '../helpers/build.ts';
import { isLong } from '../helpers/depth.ts';
import { runNode } from '../helpers/run-node.ts';

/** The state of this clone: what git sees of it, and the result of its last build. */
const look = (): string =>
  spawnSync('git', ['status', '--porcelain', '--ignored'], { encoding: 'utf8' }).stdout;

/** Words alone: numbers of files and the breaks of lines may differ. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/\d+/g, '#')
    .split(/\s+/)
    .filter((word) => word !== '');

const pictured = (svg: string): string =>
  [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)]
    .map(([, words = '']) => words.replaceAll('&lt;', '<').replaceAll('&gt;', '>'))
    .join('\n')
    .replaceAll('&amp;', '&');

/** The first words in which a picture differs from lines that were printed: printed, drawn. */
function findOtherWords(lines: readonly string[], svg: string): (string | undefined)[] {
  const printed = makeConstant(lines.map((text) => ({ kind: 'output', text })));
  const words = wordsOf(printed.map(({ text }) => text).join('\n'));
  const drawn = wordsOf(pictured(svg));
  for (let at = 0; at < Math.max(words.length, drawn.length); at++)
    if (words[at] !== drawn[at]) return [words[at], drawn[at]];
  return [];
}

describe('the demonstration', () => {
  it('says what it did not find, and changes nothing, where a page lacks what it falsifies', () => {
    const file = join(makeFolder('page-'), 'a.html');
    writeFileSync(file, '<p>rakes</p>');
    expect(() => falsify(file, 'spades', 'x')).toThrow(/does not hold spades/);
    expect(readFileSync(file, 'utf8')).toBe('<p>rakes</p>');
  });

  it('is refused in words where git is missing, and leaves nothing', async () => {
    const tmp = realpathSync(makeFolder('no-git-'));
    const { code, output } = await runNode(['scripts/demo.ts'], { TMPDIR: tmp, PATH: tmp });
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringMatching(/git could not be started .* Install it, then try again\.\n$/),
    });
    expect(readdirSync(tmp)).toEqual([]);
  });

  it('takes its folder away when somebody stops it in the middle of a command', async () => {
    const tmp = realpathSync(makeFolder('stopped-'));
    const child = spawn(process.execPath, ['scripts/run.mjs', 'scripts/demo.ts'], {
      env: { ...process.env, TMPDIR: tmp },
      detached: true,
    });
    let output = '';
    child.stderr.on('data', (text) => (output += text));
    child.stdout.on('data', (text) => (output += text));
    const command = isLong ? 'npm run sign' : 'npm run keygen';
    while (!output.includes(command)) await once(child.stdout, 'data');
    expect(readdirSync(tmp)).toHaveLength(1);
    process.kill(-(child.pid ?? 0), 'SIGINT'); // Ctrl-C goes to the whole group
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, output }).toEqual({ code: 130, output: expect.stringMatching(/Stopped\.\n$/) });
    expect(readdirSync(tmp)).toEqual([]);
  });

  it('goes from a key to a false copy, changes nothing here, and is what its picture shows', async () => {
    const tmp = realpathSync(makeFolder('demo-'));
    const before = look();
    const { code, output } = await runNode(['scripts/run.mjs', 'scripts/demo.ts'], { TMPDIR: tmp });
    expect({ code, output }).toMatchObject({
      code: 0,
      output: expect.stringMatching(/: AUTHENTIC\n[^]*: TAMPERED\n[^]*A link leads elsewhere/),
    });
    expect(readdirSync(tmp)).toEqual([]);
    expect(look()).toBe(before);

    const [first = '', ...lines] = output.trimEnd().split('\n');
    const last = lines.pop() ?? '';
    expect(first).toMatch(/Nothing leaves this machine/);
    expect(last).toMatch(/are gone\.$/);
    expect(
      findOtherWords(lines, readFileSync('docs/demo.svg', 'utf8')),
      'npm run demo -- --record draws it anew',
    ).toEqual([]);
  }, 600_000); // three builds; a busy machine takes five times as long
});

describe('its picture', () => {
  const port = (text: string) => ({ kind: 'output' as const, text });

  it('is refused if a word of it is another one, is missing or was put in', () => {
    const lines = ['a host that was seized or paid,', 'port http://localhost:5000/'];
    const svg = drawTerminal(lines.map(port));
    expect(findOtherWords(lines, svg)).toEqual([]);
    expect(findOtherWords(lines, svg.replace('paid', 'sold'))).toEqual(['paid,', 'sold,']);
    expect(findOtherWords(lines, svg.replace(' seized', ''))).toEqual(['seized', 'or']);
    expect(findOtherWords(lines.slice(0, 1), svg)).toEqual([undefined, 'port']);
  });

  it('is the same for other keys, ports and days', () => {
    const draw = (id: string, first: number, second: number, day: string): string =>
      drawTerminal([
        port(`signed by ${id}, ${day}, RWQPc1E6qDCu…`),
        port(`http://localhost:${first}/ and http://localhost:${second}/`),
      ]);
    expect(draw('56AE30A83A51730F', 5000, 6000, '2026-11-28')).toBe(
      draw('0000111122223333', 7000, 3000, '2027-01-01'),
    );
  });

  it('shows markup as text, and breaks long lines at spaces', () => {
    const long = `<b> & ${'word '.repeat(40).trim()}`;
    const svg = drawTerminal([port(long)]);
    expect(svg).not.toContain('<b>');
    expect(wordsOf(pictured(svg))).toEqual(wordsOf(long));
    expect(svg.match(/<text /g)?.length).toBeGreaterThan(2);
  });
});
