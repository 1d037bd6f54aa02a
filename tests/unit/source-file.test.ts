import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/campaign/read/fault.ts';
import { parseSource, type SourceFile } from '../../src/campaign/read/source-file.ts';

function read(file: string, text: string): SourceFile {
  const result = parseSource(file, text);
  if (!('lineOf' in result)) throw new Error(`a fault: ${result.found}`);
  return result;
}

function fail(file: string, text: string): Fault {
  const result = parseSource(file, text);
  if ('lineOf' in result) throw new Error(`no fault, but ${JSON.stringify(result.data)}`);
  return result;
}

describe('parseSource of markdown', () => {
  it.each([
    ['nothing', '', '""'],
    ['no front matter', 'Only words.\n', '"Only words.\\n"'],
    ['a front matter that is never closed', '---\ntitle: x\n', '"---\\ntitle: x\\n"'],
    ['a front matter after a line', '\n---\ntitle: x\n---\n', '"\\n---\\ntitle: x\\n---\\n"'],
    [
      'a front matter after a heading',
      '# A\n---\ntitle: x\n---\n',
      '"# A\\n---\\ntitle: x\\n---\\n"',
    ],
    ['an indented first line', ' ---\ntitle: x\n---\n', '" ---\\ntitle: x\\n---\\n"'],
    ['four hyphens', '----\ntitle: x\n----\n', '"----\\ntitle: x\\n----\\n"'],
    ['an end of four hyphens', '---\ntitle: x\n----\n', '"---\\ntitle: x\\n----\\n"'],
    [
      'a beginning that is cut off in the message',
      `${'word '.repeat(20)}`,
      '"word word word word word word "',
    ],
  ])('refuses %s', (_, text, found) => {
    expect(fail('updates/en/a.md', text)).toEqual({
      file: 'updates/en/a.md',
      line: 1,
      found,
      expected:
        'a first line "---", the fields of the page, and a line "---", with ordinary ends of lines',
      fix: 'begin the file with the front matter that the other pages of this folder have',
    });
  });

  it('names the line of the file where the YAML is wrong', () => {
    const { file, line, expected, fix } = fail(
      'guides/en/a.mdx',
      '---\ntitle: x\nstate: live\ntext: y: z\n---\nBody\n',
    );
    expect({ file, line, expected }).toEqual({
      file: 'guides/en/a.mdx',
      line: 4,
      expected: 'YAML: name: "text"',
    });
    expect(fix).toContain('in double quotes');
  });

  it.each([
    ['a page', '---\ntitle: x\n---\nBody\n', { title: 'x' }, 'Body\n', 4],
    [
      'a page with Windows line ends',
      '---\r\ntitle: x\r\n---\r\nBody\r\n',
      { title: 'x' },
      'Body\r\n',
      4,
    ],
    [
      'a page with an empty line before its words',
      '---\ntitle: x\n---\n\nBody',
      { title: 'x' },
      '\nBody',
      4,
    ],
    [
      'a page with spaces after the hyphens',
      '--- \ntitle: x\n---\t\nBody',
      { title: 'x' },
      'Body',
      4,
    ],
    ['a page without a body', '---\ntitle: x\n---\n', { title: 'x' }, '', 4],
    ['a page without fields', '---\n---\nBody', null, 'Body', 3],
    [
      'a page whose body has rules',
      '---\ntitle: x\n---\nA\n\n---\n\nB: c\n\n---\n',
      { title: 'x' },
      'A\n\n---\n\nB: c\n\n---\n',
      4,
    ],
    [
      'a page with hyphens in a field',
      '---\ntitle: x --- y\ntext: "---"\n---\nBody',
      { title: 'x --- y', text: '---' },
      'Body',
      5,
    ],
    [
      'a page with several fields',
      '---\ntitle: x\nlist:\n  - a\n  - b\n---\nBody',
      { title: 'x', list: ['a', 'b'] },
      'Body',
      7,
    ],
  ])('reads %s', (_, text, data, body, bodyLine) => {
    const source = read('updates/en/a.md', text);
    expect(source.data).toEqual(data);
    expect(source.body).toBe(body);
    expect(source.bodyLine).toBe(bodyLine);
    expect(source.file).toBe('updates/en/a.md');
  });

  it.each([
    '---\ntitle: x\n---\nFirst\nSecond',
    '---\r\ntitle: x\r\n\r\n---\r\nFirst\r\nSecond',
    '---\n---\nFirst',
  ])('agrees with an editor on the first line of the body in %j', (text) => {
    const { bodyLine } = read('a.md', text);
    expect(text.split(/\r?\n/)[bodyLine - 1]).toBe('First');
  });

  it('ends a page without a body at the last line', () => {
    const { data, body } = read('a.md', '---\ntitle: x\n---');
    expect({ data, body }).toEqual({ data: { title: 'x' }, body: '' });
  });

  it('counts lines of fields from the top of the file', () => {
    const { lineOf } = read('a.md', '---\ntitle: x\n\nstate: live\nlist:\n  - a\n  - b\n---\n');
    expect([
      lineOf(['title']),
      lineOf(['state']),
      lineOf(['list', 0]),
      lineOf(['list', 1]),
    ]).toEqual([2, 4, 6, 7]);
  });
});

describe('parseSource of YAML', () => {
  it.each([
    ['an open quote', 'a: 1\nb: "two\n', 3],
    ['a colon in a plain text', 'a: 1\ntitle: one: two\n', 2],
    ['a tab as indent', 'a:\n\tb: 1\n', 2],
    ['a second document', 'a: 1\n---\nb: 2\n', 2],
    ['an open bracket', 'a: [1, 2\nb: 3\n', 2],
    ['a text that begins with @', 'a: 1\nb: @example\n', 2],
    ['a text of several words that begins with an asterisk', 'a: 1\ntitle: *Important* day\n', 2],
    ['a text that begins with a backtick', 'a: 1\nb: `x`\n', 2],
  ])('refuses %s', (_, text, line) => {
    const fault = fail('actions/a.yaml', text);
    expect(fault.file).toBe('actions/a.yaml');
    expect(fault.expected).toBe('YAML: name: "text"');
    expect(fault.line).toBe(line);
    expect(fault.found).not.toBe('');
    expect(fault.fix).toBe(
      'put a text with ": " or "#" in it, or one that begins with a punctuation mark, in double quotes; indent with spaces',
    );
  });

  it.each([
    ['a text that begins with an asterisk', 'a: 1\ntitle: *Important*\n', 2, '*Important*, which'],
    ['an alias of nothing', 'a: 1\nb: *nothing\n', 2, '*nothing, which'],
    [
      'aliases that multiply',
      'a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n',
      2,
      '*a, which',
    ],
    ['an alias of the list that it stands in', 'a: &a\n  - 1\n  - *a\n', 3, '*a, which'],
  ])('refuses %s', (_, text, line, found) => {
    const fault = fail('actions/a.yaml', text);
    expect(fault).toMatchObject({ file: 'actions/a.yaml', line, expected: 'YAML: name: "text"' });
    expect(fault.found).toContain(found);
  });

  it('refuses a field twice, at the second', () => {
    expect(fail('actions/a.yaml', 'a: 1\nb: 2\na: 3\n')).toMatchObject({
      line: 3,
      expected: expect.stringContaining('each field once') as string,
      fix: 'take one of the two out',
    });
  });

  it.each([
    ['nothing', '', null],
    ['a comment alone', '# nothing yet\n', null],
    ['a map', 'a: 1\nb: two\n', { a: 1, b: 'two' }],
    ['Windows line ends', 'a: 1\r\nb: two\r\n', { a: 1, b: 'two' }],
    ['the tag of Norwegian as a text', 'tag: no\n', { tag: 'no' }],
    ['a day as a text', 'date: 2021-11-14\n', { date: '2021-11-14' }],
    ['a month as a text', 'date: 2021-11\n', { date: '2021-11' }],
    ['a year as a number', 'date: 2021\n', { date: 2021 }],
    ['a field without a value', 'a:\n', { a: null }],
    ['a list', '- a\n- b\n', ['a', 'b']],
    ['hyphens at its beginning', '---\na: 1\n', { a: 1 }],
  ])('reads %s', (_, text, data) => {
    const source = read('actions/a.yaml', text);
    expect(source.data).toEqual(data);
    expect(source.body).toBe('');
  });

  const text = [
    'id: garden',
    'name: { en: Garden, ar: حديقة }',
    '',
    '# a comment',
    'motto:',
    '  en: What grows.',
    '  ar: ماذا ينمو',
    'points:',
    '  - date: 2021',
    '    value: 1',
    '  - date: 2022',
    '    value: 2',
    'note: >',
    '  folded',
    '  text',
    'empty:',
    'last: 1',
  ].join('\n');
  const { lineOf } = read('site.yaml', text);

  it.each([
    ['a field that is not there', ['other'], 1],
    ['a field that is not there, in a place that is not there', ['other', 'en', 3], 1],
    ['a missing field of a map in one line', ['name', 'fr'], 2],
    ['a missing field of a text', ['id', 'en'], 1],
    ['the file', [], 1],
    ['a field', ['id'], 1],
    ['a field of a map in one line', ['name', 'ar'], 2],
    ['a field of a map', ['motto', 'ar'], 7],
    ['an item of a list', ['points', 1], 11],
    ['a field of an item', ['points', 1, 'value'], 12],
    ['a missing field of an item', ['points', 1, 'source'], 11],
    ['a folded text', ['note'], 13],
    ['a field without a value', ['empty'], 16],
    ['a field after all these', ['last'], 17],
    ['a field whose map begins below it', ['motto'], 5],
    ['a field whose list begins below it', ['points'], 8],
    ['a missing field of a map that begins below its name', ['motto', 'fr'], 5],
    ['an item that a list does not have', ['points', 2], 8],
  ])('knows the line of %s', (_, path: (string | number)[], line) => {
    expect(lineOf(path)).toBe(line);
  });
});
