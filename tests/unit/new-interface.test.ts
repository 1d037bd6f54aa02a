import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { completeInterfaces } from '../../scripts/new/interface.ts';
import { checkCampaign } from '../../src/campaign/check-campaign.ts';
import { changeGarden } from '../helpers/build.ts';

const read = (folder: string, tag: string): string =>
  readFileSync(join(folder, `interface/${tag}.yaml`), 'utf8');
const without = (pattern: RegExp) => (text: string) => text.replace(pattern, '');
const faultsOf = (folder: string) => checkCampaign(folder, 'the-garden');

describe('the interface of a campaign that was begun with an older program', () => {
  test('is refused when it is no map, and stays as it is', () => {
    const folder = changeGarden({ 'interface/en.yaml': '- a list\n' });
    expect(() => completeInterfaces(folder)).toThrow('interface/en.yaml: no map');
    expect(read(folder, 'en')).toBe('- a list\n');
  });

  test('is at fault with the command that completes it', async () => {
    const folder = changeGarden({ 'interface/en.yaml': without(/^ {2}searched: .*\n/m) });
    expect(await faultsOf(folder)).toMatchObject([
      {
        where: 'field "updates.searched"',
        fix: expect.stringContaining('npm run new -- interface'),
      },
    ]);
  });

  test('is not touched where nothing is missing', () => {
    const folder = changeGarden({});
    const before = read(folder, 'ar');
    expect(completeInterfaces(folder)).toEqual([]);
    expect(read(folder, 'ar')).toBe(before);
  });

  test('gets what is missing in its place, and every other byte stays', async () => {
    const whole = read(changeGarden({}), 'en');
    const folder = changeGarden({
      'interface/en.yaml': (text) =>
        text
          .replace(/^ {2}skip: .*\n/m, '') // the first of its group
          .replace(/^ {2}searched: .*\n/m, '') // in the middle
          .replace(/^mail:\n(?: .*\n)*/m, '') // a whole group
          .replace(/^home:$/m, '# our own words\nhome:'),
    });
    const cut = read(folder, 'en');
    expect(completeInterfaces(folder)).toEqual([
      { file: 'interface/en.yaml', added: ['nav.skip', 'updates.searched', 'mail'] },
    ]);
    const completed = read(folder, 'en');
    expect(Object.keys(parse(completed) as object)).toEqual(Object.keys(parse(whole) as object));
    const added = completed.split('\n').filter((line) => !cut.split('\n').includes(line));
    expect(added.length).toBeGreaterThan(4);
    expect(completed.split('\n').filter((line) => !added.includes(line))).toEqual(cut.split('\n'));
    expect(await faultsOf(folder)).toEqual([]);
  });

  test('says of texts in English that they are to be translated', () => {
    const folder = changeGarden({ 'interface/ar.yaml': without(/^ {2}searched: .*\n/m) });
    completeInterfaces(folder);
    expect(read(folder, 'ar')).toMatch(
      /^ {2}# not translated into ar:\n {2}searched: "We last looked /m,
    );
  });

  test('is written whole for a new language', () => {
    const folder = changeGarden({
      'site.yaml': (text) => text.replace(/^(languages:\n)/m, '$1  - { tag: de, name: Deutsch }\n'),
    });
    expect(completeInterfaces(folder)).toEqual([
      { file: 'interface/de.yaml', added: ['the whole file'] },
    ]);
    expect(read(folder, 'de')).toMatch(/^# NOT TRANSLATED/);
  });

  test('keeps a file that ends without a line end whole', async () => {
    const folder = changeGarden({});
    const path = join(folder, 'interface/en.yaml');
    const text = read(folder, 'en').trimEnd();
    writeFileSync(path, text.slice(0, text.lastIndexOf('\n')));
    expect(completeInterfaces(folder)[0]?.added).toHaveLength(1);
    expect(await faultsOf(folder)).toEqual([]);
  });
});
