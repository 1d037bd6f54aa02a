import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkCampaign } from '../../src/campaign/check-campaign.ts';
import type { Fault } from '../../src/campaign/read/fault.ts';
import { calendar, carriedFiles, feeds } from '../../src/lib/paths.ts';
import { changeGarden, swap, type Changes } from '../helpers/build.ts';
import { runNode } from '../helpers/run-node.ts';

const watering = 'guides/en/watering.mdx';
const frost = 'updates/en/2023/frost.md';
const add = (text: string) => (before: string) => `${before}\n${text}\n`;
const check = (changes: Changes): Promise<Fault[]> =>
  checkCampaign(changeGarden(changes), 'the-garden');
const placesOf = (faults: readonly Fault[]): string[] =>
  faults
    .map(({ file, line, where }) => [file, line, where].filter((part) => part).join(' '))
    .sort();

describe('without a build', () => {
  test.each<[name: string, changes: Changes, place: string, words: string[]]>([
    [
      'a link to a guide that is not there',
      { [frost]: add('See [this](/guide/waterring.html).') },
      `${frost} 17`,
      ['/guide/waterring.html, which is no page', 'did you mean /guide/watering.html?'],
    ],
    [
      'a link by the name of a file',
      { [frost]: add('See [this](/guide/watering.mdx).') },
      `${frost} 17`,
      ['which is no page', 'did you mean /guide/watering.html?'],
    ],
    [
      'a link to a page of the engine that is not there',
      { [frost]: add('See [this](/actoins.html).') },
      `${frost} 17`,
      ['did you mean /actions.html?'],
    ],
    [
      'a link to a text that has a page of its own as a guide',
      { [frost]: add('See [this](/guide/about.html).') },
      `${frost} 17`,
      ['did you mean /about.html?'],
    ],
    ...(
      [
        ['a link to an ending alone', '/.html'],
        ['a link to a folder', '/guide/'],
        ['a link to a folder of the site', '/en'],
        ['a link to an ending of another kind', '/guide/watering.htm'],
        ['a link to a page as a folder', '/guide/watering.html/'],
        ['a link to an index document', '/index.html'],
        ['a link to an index document of a language', '/en/index.html'],
        ['a link from the page that it is on', 'about.html'],
        ['a link out of the site', '../../../watering.html'],
        ['a link to a photograph', './bed.jpg'],
        ['a link that browsers take for a host', '/\\\\evil.example/'],
        ['a link with a broken percent sign', '/guide/%zz.html'],
        ['a link to nothing', '<>'],
      ] as const
    ).map(([name, url]): [string, Changes, string, string[]] => [
      name,
      { [frost]: add(`See [this](${url}).`) },
      `${frost} 17`,
      ['which is no page'],
    ]),
    [
      'a link to a program of the device',
      { [frost]: add('See [this](tel:112).') },
      `${frost} 17`,
      ['a link to tel:112', 'under a prefix of a file in sites/'],
    ],
    [
      'a link to a host by its name alone',
      { [frost]: add('See [this](//spades.example/).') },
      `${frost} 17`,
      ['a link to //spades.example/', 'under a prefix of a file in sites/'],
    ],
    [
      'a link outside of which the register knows nothing',
      { [frost]: add('See [this](https://spades.example/).') },
      `${frost} 17`,
      ['a link to https://spades.example/', 'under a prefix of a file in sites/'],
    ],
    [
      'an account in a text',
      { [frost]: add('Pay to DE89 3704 0044 0532 0130 00.') },
      `${frost} 17`,
      ['DE89 3704 0044 0532 0130 00', 'none in a text'],
    ],
    [
      'a word of two scripts in a title',
      { [frost]: swap('title: ', 'title: Rаke ') },
      `${frost} 2 field "title"`,
      ['a word of letters of two scripts: Rаke'],
    ],
  ])('%s is found', async (_name, changes, place, words) => {
    const faults = await check(changes);
    expect(placesOf(faults)).toEqual([place]);
    for (const word of words) expect(JSON.stringify(faults)).toContain(word);
  });

  test('what is right is not found fault with', async () => {
    const links =
      'The [home](/home.html), [a list](/updates/2023.html), [in English](/en/guide/watering.html), ' +
      '[a place](/guide/watering.html#how), [here](#late), [rakes](https://rakes.example/), ' +
      '[us](../../about.html), [all](/all.html), [English](/en/), [files](/files.html), ' +
      '[a feed](/feed.xml), [words](/terms/a.html) and [a list](/updates/subjects.html).';
    expect(await check({ [frost]: add(links) })).toEqual([]);
  });
});

test('each page of the engine can be linked to', async () => {
  const pages = readdirSync('src/pages/[lang]')
    .filter((file) => /^[a-z-]+\.astro$/.test(file))
    .map((file) => file.replace('.astro', '.html'));
  expect(pages.length).toBeGreaterThan(8);
  const links = pages.map((page) => `[Page](/${page})`).join(' ');
  expect(await check({ [frost]: add(links) })).toEqual([]);
});

test('each file of a language that is no list can be linked to', async () => {
  const files = [...carriedFiles, calendar.file, ...Object.values(feeds).map(({ file }) => file)];
  const links = files.map((file) => `[File](/${file})`).join(' ');
  expect(await check({ [frost]: add(links) })).toEqual([]);
});

describe('all faults are named at once, each by its cause', () => {
  test('a fault of site.yaml hides none of the other files', async () => {
    const faults = await check({
      'site.yaml': swap('textLicence: CC0', 'textLicense: CC0'),
      [watering]: swap('state: live', 'state: alive'),
      'actions/plant-mint.yaml': Buffer.from([0x74, 0xff, 0xfe]),
    });
    expect(placesOf(faults)).toEqual([
      'actions/plant-mint.yaml',
      `${watering} 4 field "state"`,
      'site.yaml 12 field "textLicense"',
    ]);
  });

  test('whoever links to a file with a fault is not at fault', async () => {
    const faults = await check({
      [watering]: swap('state: live', 'state: alive'),
      'sites/rakes.yaml': swap('state: live', 'state: alive'),
      [frost]: add('See [this](/guide/watering.html) and [rakes](https://rakes.example/).'),
    });
    expect(placesOf(faults)).toEqual([
      `${watering} 4 field "state"`,
      'sites/rakes.yaml 4 field "state"',
    ]);
  });

  test('a mistyped language of site.yaml is one fault, at its line', async () => {
    const faults = await check({ 'site.yaml': swap('tag: ar,', 'tag: arr,') });
    expect(faults).toEqual([
      expect.objectContaining({
        file: 'site.yaml',
        line: 6,
        found: expect.stringMatching(/^no language "ar", though \d+ files have texts in it/),
        fix: 'write "ar" instead of "arr", of which there is no text',
      }),
    ]);
  });

  test('a language that site.yaml has not is one fault, however many files have it', async () => {
    const faults = await check({
      'site.yaml': swap('  - { tag: ar, name: العربية, direction: rtl }\n', ''),
    });
    expect(placesOf(faults)).toEqual(['site.yaml 4 field "languages"']);
    expect(faults[0]?.fix).toBe('add { tag: ar, name: … } to "languages", or take the texts out');
  });

  test('a single text in an unknown language is a fault of that text', async () => {
    const faults = await check({ 'guides/de/watering.mdx': 'x' });
    expect(placesOf(faults)).toEqual(['guides/de/watering.mdx']);
  });
});

describe('what site.yaml chooses is from a list', () => {
  test.each<[line: string, place: string, expected: string]>([
    ['font: comic', 'site.yaml 15 field "font"', 'one of serif, sans, old-style, humanist'],
    ['menu: [actions, day]', 'site.yaml 15 field "menu"', '"search" among them'],
    ['menu: [search, search]', 'site.yaml 15 field "menu"', 'each page once'],
    ['menu: [search, shop]', 'site.yaml 15 field "menu.1"', 'one of actions, way, day'],
    ['home: { sections: [news, news] }', 'site.yaml 15 field "home.sections"', 'each section once'],
  ])('%s is refused', async (line, place, expected) => {
    const faults = await check({ 'site.yaml': add(line) });
    expect(placesOf(faults)).toEqual([place]);
    expect(faults[0]?.expected).toContain(expected);
  });
});

describe('npm run check', () => {
  const run = (changes: Changes, ...words: string[]) =>
    runNode(['scripts/check.ts', ...words], { CONTENT_DIR: changeGarden(changes) });

  test('ends with 1 and prints file and line, and with --all every fault', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 41 }, (_, index) => [`guides/en/g${index}.md`, 'x']),
    );
    const { code, stderr } = await run(many);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^41 faults in the campaign .*guides\/en\/g0\.md:1\n {2}found /s);
    expect(stderr).toContain('… and 1 more');
    expect((await run(many, '--all')).stderr.match(/^guides\/en\/g\d+\.md:1$/gm)).toHaveLength(41);
  });

  test('ends with 0 where there is no fault', async () => {
    expect(await run({})).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^no fault in the 27 files of /),
    });
  });
});

test('the default campaign has no fault that a check without a build finds', async () => {
  expect(await checkCampaign('src/content', 'src/content')).toEqual([]);
});
