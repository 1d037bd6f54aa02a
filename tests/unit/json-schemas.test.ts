import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeJsonSchemas, type JsonSchema } from '../../scripts/new/json-schemas.ts';
import { faultPatterns, makeVscodeFiles } from '../../scripts/new/vscode-files.ts';
import { formatFaults } from '../../src/campaign/read/fault.ts';
import { listCampaignFiles, readText } from '../../src/campaign/read/folder.ts';
import { readSite } from '../../src/campaign/read/read-site.ts';
import { parseSource } from '../../src/campaign/read/source-file.ts';
import { collectionNames } from '../../src/campaign/schema/collections.ts';
import { changeGarden } from '../helpers/build.ts';
import { runNode } from '../helpers/run-node.ts';

/** What is used here of the validator that editors build on, which html-validate brings. */
interface Validator {
  compile: (schema: JsonSchema) => ((data: unknown) => boolean) & { errors?: unknown };
}
const require = createRequire(createRequire(import.meta.url).resolve('html-validate'));
const { Ajv } = require('ajv') as { Ajv: new (options: object) => Validator };

const campaign = 'src/content';
const { locales } = readSite(campaign, campaign);
const schemas = makeJsonSchemas(locales);
const checks = new Map(
  [...schemas].map(([name, schema]) => [
    name,
    new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema),
  ]),
);

const kindOf = (file: string): string | undefined =>
  file === 'site.yaml' ? 'site' : [...schemas.keys()].find((name) => file.startsWith(`${name}/`));
const files = listCampaignFiles(campaign).filter((file) => /\.(?:yaml|mdx?)$/.test(file));
const dataOf = (file: string): Record<string, unknown> => {
  const source = parseSource(file, readText(campaign, file));
  if ('found' in source) throw new Error(`${file}: ${source.found}`);
  return source.data as Record<string, unknown>;
};
const errorsOf = (kind: string, data: unknown): string => {
  const check = checks.get(kind);
  if (!check) throw new Error(`no schema of ${kind}`);
  return check(data) ? '' : JSON.stringify(check.errors);
};

test('there is a schema of each kind of file', () => {
  expect([...schemas.keys()].sort()).toEqual(['languages', 'site', ...collectionNames()].sort());
});

describe('a schema refuses', () => {
  test.each<
    [name: string, file: string, change: (data: Record<string, unknown>) => void, words: string]
  >([
    [
      'a field that nothing reads',
      'actions/write-a-letter.yaml',
      (data) => (data['stat'] = 'live'),
      'additionalProperties',
    ],
    [
      'a state that is none',
      'actions/write-a-letter.yaml',
      (data) => (data['state'] = 'alive'),
      '/state',
    ],
    ['a missing field', 'initiatives/viasna.yaml', (data) => delete data['checked'], 'checked'],
    [
      'a language that there is not',
      'initiatives/viasna.yaml',
      (data) => Object.assign(data['summary'] as object, { xx: 'x' }),
      '/summary',
    ],
    [
      'a text without the main language',
      'initiatives/viasna.yaml',
      (data) => (data['summary'] = { be: 'Так' }),
      "'en'",
    ],
    [
      'a number in the place of a text',
      'site.yaml',
      (data) => (data['textLicence'] = 4),
      '/textLicence',
    ],
    ['a date in words', 'dates/edition-2015.yaml', (data) => (data['date'] = 'May'), '/date'],
    [
      'an identifier in capitals',
      'updates/en/2015/why-the-day-matters.md',
      (data) => (data['id'] = 'ABC'),
      '/id',
    ],
    [
      'a string of the interface that is missing',
      'interface/en.yaml',
      (data) => delete (data['nav'] as Record<string, unknown>)['home'],
      'home',
    ],
  ])('%s', (_name, file, change, words) => {
    const data = dataOf(file);
    expect(errorsOf(kindOf(file) ?? '', data)).toBe('');
    change(data);
    expect(errorsOf(kindOf(file) ?? '', data)).toContain(words);
  });
});

test('every file of the default campaign is right by the schema of its kind', () => {
  expect(files.length).toBeGreaterThan(200);
  const wrong = files.flatMap((file) => {
    const kind = kindOf(file);
    const errors = kind === undefined ? '' : errorsOf(kind, dataOf(file));
    return errors === '' ? [] : [`${file}: ${errors}`];
  });
  expect(wrong).toEqual([]);
});

test('fields have the comments of new files, for whoever completes them', () => {
  const state = schemas.get('actions')?.properties?.['state'];
  expect(state).toMatchObject({
    description: expect.stringContaining('What a reader may rely on'),
  });
});

describe('the settings of an editor', () => {
  const shipped = makeVscodeFiles(locales, `${campaign}/`, '');

  test('in this repository are those that `npm run schemas` writes', () => {
    for (const [path, text] of shipped)
      expect(readFileSync(path, 'utf8') === text, `${path}: run npm run schemas`).toBe(true);
  });

  test('name a schema that is there for each YAML file of the campaign, and no other file', () => {
    const settings = JSON.parse(shipped.get('.vscode/settings.json') ?? '') as {
      'yaml.schemas': Record<string, string>;
    };
    const patterns = Object.entries(settings['yaml.schemas']);
    expect(patterns.every(([schema]) => shipped.has(schema.replace('./', '')))).toBe(true);
    const covering = (file: string) =>
      patterns.filter(([, pattern]) => {
        const [folder, rest] = pattern.split('/**/');
        return rest === undefined ? file === pattern : file.startsWith(`${folder}/`);
      }).length;
    const yaml = files.filter((file) => file.endsWith('.yaml')).map((file) => join(campaign, file));
    expect(yaml.filter((file) => covering(file) !== 1)).toEqual([]);
  });

  test('read the faults of `npm run check` as it prints them', () => {
    const rest = { where: 'field "state"', found: '"alive"', expected: 'y', fix: 'z' };
    const faults = [
      { ...rest, file: 'guides/en/a-b.mdx', line: 12 },
      { ...rest, file: 'site.yaml' },
    ];
    const lines = formatFaults(faults, 'the campaign src/content').split('\n');
    const read = faultPatterns.map(([place, found]) =>
      lines.flatMap((line, index) => {
        const at = new RegExp(place.regexp).exec(line);
        const what = new RegExp(found.regexp).exec(lines[index + 1] ?? '');
        return at && what ? [[...at.slice(1), what[1]]] : [];
      }),
    );
    expect(read).toEqual([[['guides/en/a-b.mdx', '12', '"alive"']], [['site.yaml', '"alive"']]]);
  });

  test('of another campaign are written into its own folder', async () => {
    const folder = changeGarden({});
    const { code, output } = await runNode(['scripts/schemas.ts'], { CONTENT_DIR: folder });
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('20 files in') });
    const tasks = readFileSync(join(folder, '.vscode/tasks.json'), 'utf8');
    expect(JSON.parse(tasks)).toMatchObject({
      tasks: [{ command: expect.stringMatching(/^npm --prefix "[^"]+" run check$/) }],
    });
    expect(tasks).toContain('"CONTENT_DIR": "${workspaceFolder}"');
    const site = JSON.parse(
      readFileSync(join(folder, '.vscode/schemas/site.json'), 'utf8'),
    ) as JsonSchema;
    expect(site.properties?.['name']).toMatchObject({
      required: ['en'],
      additionalProperties: false,
    });
  });
});
