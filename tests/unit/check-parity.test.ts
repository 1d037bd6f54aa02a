import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { changeGarden, type Changes } from '../helpers/build.ts';

const head = (title: string, description: string, more = '') =>
  `---\ntitle: ${title}\ndescription: ${description}\nstate: live\nversion: 1\n${more}published: 2025-03-01\nchecked: 2025-03-02\nsources: [{ name: A book about gardens }]\n---\n`;
const english = head('Pots', 'How many pots one needs, and where they may be put in a garden.');
const arabic = head(
  'أصص',
  'كم أصيصا يحتاج المرء وأين يمكن وضعها في حديقة صغيرة.',
  'translation: { of: 1, checked: false }\n',
);
const original = `
## First

Take 12 pots and 30 litres.

<Notice kind="warning">
Not at noon.
</Notice>

Type \`minisign -V\` and look at [the list](/guides.html).

| Bed | Litres |
| --- | --- |
| Mint | 4 |
| Sage | 9 |

1. Do this.
2. Do that.

\`\`\`
sha256sum -c SHA256SUMS
\`\`\`

![Pots](./pots.png)
`;
const translated = original
  .replace('First', 'أولا')
  .replace('Take 12 pots and 30 litres.', 'خذ 12 أصيصا و30 لترا.')
  .replace('Not at noon.', 'ليس عند الظهر.')
  .replace('Do this.', 'افعل هذا.');

const paint = (background: string) =>
  sharp({ create: { width: 2, height: 2, channels: 3, background } })
    .png()
    .toBuffer();
const [brown, green] = await Promise.all([paint('brown'), paint('green')]);

const report = (text: string, more: Changes = {}): Promise<string> =>
  readCampaign(
    changeGarden({
      'guides/en/pots.mdx': english + original,
      'guides/ar/pots.mdx': arabic + text,
      'guides/en/pots.png': brown,
      'guides/ar/pots.png': brown,
      ...more,
    }),
    'the-campaign',
  ).then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );

test('a translation that is built as its original is none', async () => {
  expect(await report(translated)).toBe('nothing was refused');
});

test('paragraphs in the words of the original are no translation', async () => {
  const clay = '\nPots of clay keep the roots cool, and dry sooner than others do.\n';
  const untouched = { 'guides/en/pots.mdx': english + original + clay };
  expect(await report(translated + clay, untouched)).toMatch(
    /guides\/ar\/pots\.mdx:\d+\n {2}found +1 of 1 paragraphs in the words of guides\/en\/pots\.mdx/,
  );
  const own = '\nتحافظ أصص الطين على برودة الجذور، وتجف قبل غيرها من الأصص في الحديقة.\n';
  expect(await report(translated + own, untouched)).toBe('nothing was refused');
});

test.each<[name: string, change: (text: string) => string, expected: string[]]>([
  [
    'a number in another paragraph',
    (text) => text.replace('12 أصيصا و30', '30 أصيصا').replace('ليس عند', 'ليس 12 عند'),
    ['numbers', 'expected  12, as in guides/en/pots.mdx:13'],
  ],
  [
    'two rows exchanged',
    (text) => text.replace('| Mint | 4 |\n| Sage | 9 |', '| Sage | 9 |\n| Mint | 4 |'),
    ['guides/ar/pots.mdx:24  numbers', 'found     9', 'found     4'],
  ],
  [
    'an option more in a command',
    (text) => text.replace('`minisign -V`', '`minisign -V -f`'),
    ['commands', 'found     minisign -V -f', 'expected  minisign -V,'],
  ],
  [
    'another block of code',
    (text) => text.replace('sha256sum -c', 'sha1sum -c'),
    ['commands', 'sha1sum -c SHA256SUMS', 'sha256sum -c SHA256SUMS'],
  ],
  [
    'a warning that was moved',
    (text) => {
      const notice = /<Notice[^]*<\/Notice>\n\n/.exec(text)?.[0] ?? '';
      return `${text.replace(notice, '')}\n${notice}`;
    },
    ['a paragraph as block 3', '<Notice:warning>, as in guides/en/pots.mdx:15'],
  ],
  [
    'a warning that was reduced',
    (text) => text.replace('"warning"', '"note"'),
    ['<Notice:note> as block 3', '<Notice:warning>'],
  ],
  [
    'a warning that was struck out',
    (text) => text.replace('ليس عند الظهر.', '~~ليس عند الظهر.~~'),
    ['words struck out', 'expected  none'],
  ],
  [
    'a paragraph less',
    (text) => text.replace('خذ 12 أصيصا و30 لترا.\n\n', ''),
    ['<Notice:warning> as block 2', 'a paragraph, as in guides/en/pots.mdx:13'],
  ],
  ['a paragraph more', (text) => `${text}\nكلمة.\n`, ['a paragraph as block', '12 blocks']],
  [
    'a heading less high',
    (text) => text.replace('## أولا', '### أولا'),
    ['a heading of level 3', 'a heading of level 2'],
  ],
  [
    'a step less',
    (text) => text.replace('2. Do that.\n', ''),
    ['a block of code as block', 'a paragraph in list > listItem'],
  ],
  [
    'a link in another paragraph',
    (text) =>
      text
        .replace('[the list](/guides.html)', 'the list')
        .replace('افعل هذا.', '[افعل](/guides.html) هذا.'),
    ['links', 'found     none', 'expected  /guides.html'],
  ],
])('%s is a fault of the translation', async (_name, change, expected) => {
  expect(change(translated)).not.toBe(translated);
  const message = await report(change(translated));
  expect(message).toContain('guides/ar/pots.mdx:');
  for (const part of expected) expect(message).toContain(part);
});

test('another picture under the same name is one, and a picture in the language of the page is none', async () => {
  expect(await report(translated, { 'guides/ar/pots.png': green })).toMatch(
    /guides\/ar\/pots\.mdx:\d+ {2}images\n {2}found {5}SHA-256/,
  );
  const named = { 'guides/en/pots.en.png': brown, 'guides/ar/pots.ar.png': green };
  expect(
    await report(translated.replace('pots.png', 'pots.ar.png'), {
      ...named,
      'guides/en/pots.mdx': english + original.replace('pots.png', 'pots.en.png'),
    }),
  ).toBe('nothing was refused');
});

describe('a translation that follows an older version', () => {
  const raised = {
    'guides/en/pots.mdx': `${english.replace('version: 1', 'version: 2')}${original}\n## New\n\nA paragraph came with it.\n`,
  };

  test('may lack what has come since, if it is words alone', async () => {
    expect(await report(translated, raised)).toBe('nothing was refused');
  });

  test.each<[name: string, change: (text: string) => string, expected: string[]]>([
    [
      'a warning less',
      (text) => text.replace(/<Notice[^]*<\/Notice>\n\n/, ''),
      ['a paragraph as block 1', '<Notice:warning>, as in guides/en/pots.mdx:15'],
    ],
    [
      'an option more in a command',
      (text) => text.replace('`minisign -V`', '`minisign -V -f`'),
      ['commands', 'found     minisign -V -f'],
    ],
    [
      'another number',
      (text) => text.replace('30', '300'),
      ['numbers', 'found     300', 'expected  30'],
    ],
    [
      'a link more',
      (text) => `${text}\n[كلمة](/about.html)\n`,
      ['a paragraph as block', 'the end of the text, as in guides/en/pots.mdx'],
    ],
    [
      'a picture less',
      (text) => text.replace('![Pots](./pots.png)', ''),
      ['the end of the text as block', 'a paragraph, as in guides/en/pots.mdx'],
    ],
  ])('has a fault with %s', async (_name, change, expected) => {
    expect(change(translated)).not.toBe(translated);
    const message = await report(change(translated), raised);
    for (const part of expected) expect(message).toContain(part);
  });
});
