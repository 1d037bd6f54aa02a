import { describe, expect, test } from 'vitest';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { changeGarden, swap, type Changes } from '../helpers/build.ts';

/** All that is said of the garden with some files changed. */
const report = (changes: Changes): Promise<string> =>
  readCampaign(changeGarden(changes), 'the-campaign').then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );
const add = (text: string) => (before: string) => `${before}\n${text}\n`;
const frost = 'updates/en/2023/frost.md';

describe('what people write by mistake is reported with the place and the nearest true cause', () => {
  test.each<[name: string, changes: Changes, expected: string[]]>([
    [
      'a cell behind the last column',
      { [frost]: add('| Bed | Litres |\n| --- | --- |\n| Mint | 12 | at noon |') },
      ['2023/frost.md:19', 'a row of 3 cells in a table of 2 columns: "at noon" would be lost'],
    ],
    [
      'a mirror that ends before it begins',
      { 'mirrors/shed.yaml': swap('until: 2025-09-01', 'until: 2024-09-01') },
      ['mirrors/shed.yaml:4', 'a day not before "since"'],
    ],
    [
      'a field without a word, as one fault',
      { 'subjects/weather.yaml': swap('name: { en: Weather,', 'name: { en: "",') },
      ['1 fault in the campaign', 'subjects/weather.yaml:'],
    ],
    [
      'a dash without its space, in a record',
      { 'actions/plant-mint.yaml': swap('It took over', 'It - took over') },
      ['actions/plant-mint.yaml', 'between double quotes as \\u00A0'],
    ],
    [
      'a dash without its space, in a text',
      { [frost]: add('Mint - and sage.') },
      ['2023/frost.md:17', 'the character U+00A0: copy it from between these brackets [\u00a0]'],
    ],
    [
      'a plain | in a cell',
      { [frost]: add('| Bed | Litres |\n| --- | --- |\n| Mint | `a|b` |') },
      ['2023/frost.md:19', 'write a plain "|" as \\|'],
    ],
    [
      'a first button that leads to a heading which is not there',
      {
        'guides/en/day.mdx': swap('state: ', 'start: { label: Plant, heading: Mint }\nstate: '),
      },
      ['guides/en/day.mdx:', 'field "start.heading"', '"Mint"', 'a heading of this text'],
    ],
    [
      'a heading without a letter',
      { [frost]: add('## 🌱') },
      ['2023/frost.md:17', 'the heading "🌱"', 'letters or digits'],
    ],
    [
      'an image by reference that is not there',
      { [frost]: add('![Ice][I]\n\n[i]: ./ice.jpg\n[i]: ./other.jpg') },
      ['2023/frost.md:17', 'image ./ice.jpg', 'no file updates/en/2023/ice.jpg'],
    ],
    [
      'an image by reference without a description',
      { [frost]: add('![][i]\n\n[i]: ./ice.jpg') },
      ['2023/frost.md:17', '![](./ice.jpg), an image without a description'],
    ],
    [
      'an image by reference at another host',
      { [frost]: add('![Ice][i]\n\n[i]: https://elsewhere.invalid/ice.jpg') },
      ['2023/frost.md:17', 'an image at another host'],
    ],
    [
      'an image with a title',
      { [frost]: add('![Ice](./ice.jpg "Cold")') },
      ['2023/frost.md:17', 'the title "Cold" of the image ./ice.jpg', 'below the image'],
    ],
    [
      'an image without a description',
      { [frost]: add('![](./ice.jpg)') },
      ['2023/frost.md:17', 'an image without a description', '![Rakes at a shed](./rakes.jpg)'],
    ],
    [
      'an invisible character in a title',
      { [frost]: swap('title: ', 'title: Late\u200B ') },
      ['2023/frost.md:2', 'field "title"', 'an invisible character, U+200B, after "Late"'],
    ],
    [
      'an invisible character in a text',
      { [frost]: add('The mint\u00ADfroze.') },
      ['2023/frost.md:17', 'U+00AD, after "The mint"'],
    ],
    [
      'a direction-control character in a record',
      { 'actions/water-a-bed.yaml': swap('Twelve', '\u202ETwelve') },
      ['water-a-bed.yaml:2', 'field "text.en"', 'U+202E, at the beginning'],
    ],
    [
      'a name that Windows opens as a device',
      { 'updates/en/aux.md': '---\ntitle: x\n---\n' },
      ['updates/en/aux.md\n', 'a name that is a device on Windows'],
    ],
    [
      'a record of such a name',
      { 'actions/com1.yaml': 'title: x\n' },
      ['actions/com1.yaml\n', 'a name that is a device on Windows'],
    ],
    [
      'curved quotation marks as those of YAML',
      { [frost]: (text) => text.replace(/^title: (.*)$/m, 'title: “$1”') },
      ['2023/frost.md:2', 'straight quotation marks around a value'],
    ],
    [
      'a field twice',
      { [frost]: (text) => text.replace(/^(title: .*)$/m, '$1\n$1') },
      ['2023/frost.md:3', 'a field that this file has already', 'take one of the two out'],
    ],
    [
      'the ending .markdown',
      { 'updates/en/thaw.markdown': '---\ntitle: x\n---\n' },
      ['updates/en/thaw.markdown', 'rename it to thaw.md'],
    ],
    [
      'a file of a word processor',
      { 'guides/en/thaw.docx': 'x' },
      ['guides/en/thaw.docx', 'save it as plain text in markdown'],
    ],
  ])('%s', async (_name, changes, expected) => {
    const message = await report(changes);
    for (const part of expected) expect(message).toContain(part);
  });

  test('an update among the guides, as one fault', async () => {
    let update = '';
    const changes: Changes = { [frost]: (text) => ((update = text), `${text}\n`) };
    await report(changes);
    const message = await report({ 'guides/en/frost.md': update });
    expect(message).toContain(
      'guides/en/frost.md\n  found     the fields of an update\n' +
        '  expected  those of a guide, since it is in guides/\n' +
        '  to fix    move it to updates/en/frost.md',
    );
    expect(message).toMatch(/^1 fault in/);
  });

  test('a title that is a quotation is none', async () => {
    expect(
      await report({ [frost]: (text) => text.replace(/^title: .*$/m, 'title: "“Frost” it was"') }),
    ).toBe('nothing was refused');
  });
});
