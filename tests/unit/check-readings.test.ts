import { describe, expect, test } from 'vitest';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { changeGarden, swap, type Changes } from '../helpers/build.ts';

const report = (changes: Changes): Promise<string> =>
  readCampaign(changeGarden(changes), 'the-campaign').then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );
const watering = 'guides/ar/watering.mdx';
const mint = 'actions/plant-mint.yaml';
const translations = (checked: string) => (yaml: string) =>
  `${yaml}translations: { ar: { of: 1, checked: ${checked} } }\n`;
describe('under the mark of a native reader', () => {
  test.each<[what: string, changes: Changes]>([
    ['a word', { [watering]: swap('بالدلو.', 'بالخرطوم.') }],
    ['the title', { [watering]: swap('title: الري', 'title: الزراعة') }],
    ['the description', { [watering]: swap('وفي أي ساعة من اليوم.', 'وفي أي ساعة من الليل.') }],
  ])('%s that was changed in a text is a fault, which says how to go on', async (_, changes) => {
    const message = await report(changes);
    expect(message).toMatch(/^1 fault/);
    expect(message).toMatch(/guides\/ar\/watering\.mdx:9 {2}field "translation\.checked"/);
    expect(message).toMatch(/found {5}read-\w{16}, the mark of other words than these/);
    expect(message).toMatch(
      /write false; or, once a native reader has read these words, read-\w{16}/,
    );
  });

  test('words that were changed in a record are a fault, those of another language are not', async () => {
    const record = (mark: string, arabic: string, english = 'Readers were asked') => ({
      [mint]: (yaml: string) =>
        translations(mark)(
          yaml.replace('{ en: Readers were asked to', `{ ar: ${arabic}, en: ${english} to`),
        ),
    });
    const message = await report(record('true', 'ازرعوا النعناع'));
    const [mark = ''] = /read-[0-9a-f]{16}$/m.exec(message) ?? [];
    expect(await report(record(mark, 'ازرعوا النعناع'))).toBe('nothing was refused');
    expect(await report(record(mark, 'ازرعوا النعناع', 'Some were asked'))).toBe(
      'nothing was refused',
    );
    expect(await report(record(mark, 'لا تزرعوا النعناع'))).toMatch(
      /plant-mint\.yaml:\d+ {2}field "translations\.ar\.checked"/,
    );
  });

  test('other line ends change no words', async () => {
    const changes = {
      [watering]: (text: string) => {
        const [head, ...body] = text.split('\n---\n');
        return `${head}\n---\n${body.join('\n---\n').replaceAll('\n', '\r\n')}`;
      },
    };
    expect(await report(changes)).toBe('nothing was refused');
  });
});

test.each(['yes', 'read-', 'read-0123456789ABCDEF'])('the mark %j is none', async (mark) => {
  const message = await report({ [watering]: swap('read-2ff6a496696ac28f', mark) });
  expect(message).toContain('false, or "read-" and 16 digits');
});
