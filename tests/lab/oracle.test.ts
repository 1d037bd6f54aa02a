import { describe, expect, test } from 'vitest';
import { allBehaviours } from '../../scripts/lab/oracle/all-behaviours.ts';
import { addHeaders, respond, type Behaviour } from '../../scripts/lab/oracle/behaviour.ts';
import type { checkHost } from '../../scripts/lab/oracle/check-host.ts';
import { runOracle, type OracleRow } from '../../scripts/lab/oracle/run-oracle.ts';
import { startChromium } from '../../scripts/lab/oracle/watchers.ts';
import { makeFolder } from '../helpers/build.ts';

/** Behaviours with a verdict that is wrong about them. */
const run = async (
  behaviours: readonly Behaviour[],
  check?: typeof checkHost,
): Promise<readonly OracleRow[]> =>
  (await runOracle(behaviours, [startChromium], makeFolder('oracle-'), check)).rows;

const careless: typeof checkHost = () =>
  Promise.resolve({ verdict: 'authentic', evidence: [], notes: [] });
const anxious: typeof checkHost = () =>
  Promise.resolve({ verdict: 'injected', evidence: ['It has a header.'], notes: [] });

const html = 'Content-Type: text/html';
const dangers: [name: string, behaviour: Behaviour, fault: RegExp][] = [
  [
    'other words',
    {
      name: 'another page',
      at: 'en/bare.html',
      answer: () => respond([html], '<!DOCTYPE html><title>Give</title><p>For seeds: MALLORY'),
    },
    /^verify says authentic, but Chromium \S+ differs in text/,
  ],
  [
    'true words in another look',
    addHeaders('no styles', "Content-Security-Policy: style-src 'none'"),
    /^verify notes nothing, but Chromium \S+ shows it without its style or pictures/,
  ],
  [
    'true words in colours that the host chose',
    {
      name: 'other colours',
      at: 'en/bare.html',
      answer: ({ page }) => respond([html], String(page).replace('color:#024', 'color:#fed')),
    },
    /^verify says authentic, but Chromium \S+ differs in source text, style, picture/,
  ],
  [
    'a request to another host',
    addHeaders('a preload', 'Link: <FOREIGN/x.png>; rel=preload; as=image'),
    /^verify says authentic, but Chromium \S+ asks another host \(GET \/x\.png\)/,
  ],
  [
    'a true page whose links lead elsewhere',
    {
      name: 'another folder',
      at: 'en/bare.html',
      answer: () => respond(['Location: /x/bare.html'], '', '302 Found'),
      elsewhere: { 'x/bare.html': ({ page }) => respond([html], page) },
    },
    /has links to x\/home\.html/,
  ],
  [
    'a cookie that is not noted',
    addHeaders('a cookie', 'Set-Cookie: reader=7'),
    /^verify notes nothing, but Chromium \S+ keeps reader=7/,
  ],
  [
    'a download that is not noted',
    addHeaders('a download', 'Content-Disposition: attachment'),
    /^verify notes nothing, but Chromium \S+ shows nothing \(page\.goto: Download is starting\)/,
  ],
];

describe('the oracle', () => {
  test('finds what a careless check calls authentic', async () => {
    const rows = await run(
      dangers.map(([, behaviour]) => behaviour),
      careless,
    );
    for (const [index, [name, , fault]] of dangers.entries())
      expect(rows[index]?.fault, name).toMatch(fault);
  });

  test('finds that an anxious check condemns what honest hosts do', async () => {
    const habit: Behaviour = {
      ...addHeaders('a server', 'Server: garden'),
      isHabit: true,
    };
    const [row] = await run([habit], anxious);
    expect(row?.fault).toBe('verify says injected of what real hosts do: It has a header.');
  });

  test('finds nothing where a true page comes plainly', async () => {
    const rows = await run([addHeaders('nothing of note', 'Server: garden')]);
    expect(rows[0]).toMatchObject({ fault: undefined, said: [], check: { verdict: 'authentic' } });
    expect([...rows[0]!.browsers.values()]).toEqual([{ distance: 'same', differences: [] }]);
  });

  test('tries each behaviour once, under a name of its own', () => {
    const names = allBehaviours.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.length).toBeGreaterThan(60);
  });
});
