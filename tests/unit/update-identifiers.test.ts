import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CampaignError, type Fault } from '../../src/campaign/read/fault.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { drawIdentifier } from '../../src/campaign/schema/identifier.ts';
import { changeGarden, idLine, withOwnId, type Changes } from '../helpers/build.ts';

const frost = 'updates/en/2023/frost.md';
const text = readFileSync(`tests/fixtures/garden/${frost}`, 'utf8');
const id = /^id: (.*)$/m.exec(text)?.[1] ?? '';

const faultsOf = (changes: Changes): Promise<readonly Fault[]> =>
  readCampaign(changeGarden(changes), 'the-campaign').then(
    () => [],
    (error: unknown) => {
      if (!(error instanceof CampaignError)) throw error;
      return error.faults;
    },
  );
const give = (line: string): Changes => ({
  [frost]: (before) => before.replace(/^id: .*\n/m, line === '' ? '' : `${line}\n`),
});
/** What a fault proposes to write. */
const proposed = ({ fix }: Fault): string | undefined => / (id: [a-z][a-z0-9]{25})$/.exec(fix)?.[1];

describe('an update without an identifier of its own is refused, with one to write', () => {
  test.each([
    ['a missing one', '', 'nothing'],
    ['one that somebody has thought of', 'id: late-frost', '"late-frost"'],
    ['one of 25 signs', `id: ${id.slice(0, 25)}`, `"${id.slice(0, 25)}"`],
    ['one in capitals', `id: ${id.toUpperCase()}`, `"${id.toUpperCase()}"`],
    [
      'one that YAML takes for a number',
      'id: 12345678901234567890123456',
      '1.2345678901234568e+25',
    ],
  ])('%s', async (_name, line, found) => {
    const [fault, ...more] = await faultsOf(give(line));
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ file: frost, where: 'field "id"', found });
    const better = proposed(fault!);
    expect(better).toBeDefined();
    expect(await faultsOf(give(better!))).toEqual([]);
  });

  test('a copied file, whatever its name: the one that was published first keeps its identifier', async () => {
    const copy = (published: string): Changes => ({
      'updates/en/2022/a-copy.md': text.replace(/^published: .*$/m, `published: ${published}`),
    });
    const [fault, ...more] = await faultsOf(copy('2025-03-02'));
    expect(more).toEqual([]);
    expect(fault).toMatchObject({
      file: 'updates/en/2022/a-copy.md',
      found: `${id}, the identifier of ${frost}`,
    });
    expect(proposed(fault!)).toBeDefined();
    expect(await faultsOf(copy('2025-02-01'))).toMatchObject([{ file: frost }]);
  });

  test('a translation with the identifier of its original: it is an item of its own', async () => {
    const translated = (own: (text: string) => string): Changes => ({
      'updates/ar/2023/frost.md': own(text)
        .replace('Late frost', 'صقيع متأخر')
        .replace(
          'A late frost came over the garden in the spring of that year.',
          'جاء صقيع متأخر على الحديقة في ربيع ذلك العام كله.',
        )
        .replace('The gardeners', 'البستانيون')
        .replace('publisher:', 'translation: { of: 2, checked: false }\npublisher:'),
    });
    const about = async (changes: Changes) =>
      (await faultsOf(changes)).filter(({ where }) => where === 'field "id"');
    expect(await about(translated((same) => same))).toMatchObject([
      { found: expect.stringContaining('the identifier of') },
    ]);
    expect(await about(translated((same) => withOwnId(same, 'ar')))).toEqual([]);
  });

  test('two files at once, with different ones', async () => {
    const without = text.replace(/^id: .*\n/m, '');
    const faults = await faultsOf({
      'updates/en/2022/a.md': without,
      'updates/en/2022/b.md': without,
    });
    expect(new Set(faults.map(proposed)).size).toBe(2);
  });
});

describe('drawIdentifier', () => {
  test('draws each time another one, which YAML takes for a text', () => {
    const drawn = Array.from({ length: 2000 }, drawIdentifier);
    expect(new Set(drawn).size).toBe(2000);
    for (const each of drawn) expect(each).toMatch(/^[a-z][a-z0-9]{25}$/);
    expect(new Set(drawn.join('')).size).toBe(36);
  });
});

test('the identifiers of tests are of the same form', () => {
  expect(idLine('x')).toMatch(/^id: [a-z][a-z0-9]{25}$/);
});
