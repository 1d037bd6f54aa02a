import { describe, expect, it } from 'vitest';
import { PathRegister, findPathFault, unseenCharacter } from '../../src/kit/core/text/safe-path.ts';
import { quoteName } from '../../src/kit/core/text/plain-characters.ts';

describe('findPathFault', () => {
  it.each([
    ['nothing', '', 'an empty path'],
    ['a name of 256 bytes', 'ж'.repeat(128), 'a path that is too long'],
    ['17 names', Array(17).fill('a').join('/'), 'a path that is too deep'],
    ['half a sign', 'a\ud83d.html', 'half a sign in the path'],
    [
      'NUL, which ends the name for the system',
      'index.html\0.png',
      'a control character in the path',
    ],
    ['an escape code', 'a\u001b[2Jauthentic', 'a control character in the path'],
    ['a control character of the upper half', 'a\u009b2J', 'a control character in the path'],
    ['a line end, which makes two lines of a list', 'a\nb', 'a control character in the path'],
    [
      'a change of the reading direction',
      'a\u202elmth.html',
      'a sign in the path that cannot be seen',
    ],
    ['a zero-width sign', 'in\u200bdex.html', 'a sign in the path that cannot be seen'],
    ['a sign without a glyph', 'a\u3164', 'a sign in the path that cannot be seen'],
    ['a byte order mark', '\ufeffa', 'a sign in the path that cannot be seen'],
    ['the sign for what could not be read', 'a\ufffd', 'a sign in the path that cannot be seen'],
    ['a space that is none', 'a\u00a0b', 'a sign in the path that cannot be seen'],
    ['letters and marks apart', 'e\u0301.html', 'a path that is not in the form NFC'],
    ['backslashes', '..\\..\\x', 'a backslash in the path'],
    ['a drive', 'C:x', 'a path with one of < > : " | ? *'],
    ['a stream in a file', 'index.html:hidden', 'a path with one of < > : " | ? *'],
    ['a pattern', '*.html', 'a path with one of < > : " | ? *'],
    ['the root', '/etc/passwd', 'an absolute path'],
    ['another machine', '//host/share', 'an absolute path'],
    ['a way out', '../x', 'a path with ".."'],
    ['a way out in the middle', 'a/../../x', 'a path with ".."'],
    ['a way out at the end', 'a/..', 'a path with ".."'],
    ['two slashes', 'a//b', 'a path with an empty name or "."'],
    ['a slash at the end', 'a/', 'a path with an empty name or "."'],
    ['the folder itself', './a', 'a path with an empty name or "."'],
    [
      'a dot at the end',
      'index.html.',
      'a name that begins with a space or ends with a space or dot',
    ],
    [
      'a folder that ends with a space',
      'a /b',
      'a name that begins with a space or ends with a space or dot',
    ],
    [
      'a space at the beginning',
      'a/ b',
      'a name that begins with a space or ends with a space or dot',
    ],
    ['three dots', 'a/.../b', 'a name that begins with a space or ends with a space or dot'],
    ['a device', 'aux', 'a name that is a device on Windows'],
    ['a device with an ending', 'en/NUL.html', 'a name that is a device on Windows'],
    ['a device as a folder', 'com1/x', 'a name that is a device on Windows'],
    ['a device with a small figure', 'COM¹.txt', 'a name that is a device on Windows'],
    ['a device with a space', 'con .html', 'a name that is a device on Windows'],
  ])('refuses %s', (_, path, found) => {
    expect(findPathFault(path)?.found).toBe(found);
  });

  it.each([
    'index.html',
    'en/a b.html',
    '.well-known/x',
    'en/_a/лист.html',
    '404.html',
    'auxiliary.html',
    'a..b',
    'en/com10',
    'a'.repeat(255),
    Array(16).fill('a').join('/'),
  ])('takes %s', (path) => {
    expect(findPathFault(path)).toBeUndefined();
  });
});

describe('PathRegister', () => {
  it.each([
    ['an unsafe path', [], '../a', 'file', 'a path with ".."'],
    ['a file twice', ['a'], 'a', 'file', 'the same path a second time'],
    ['a folder twice', ['a/'], 'a', 'folder', 'the same path a second time'],
    [
      'files alike but for case',
      ['en/Index.html'],
      'en/index.html',
      'file',
      'a path that is "en/Index.html" on some disks',
    ],
    [
      'folders alike but for case',
      ['En/a.html'],
      'en/b.html',
      'file',
      'a path that is "En" on some disks',
    ],
    [
      'letters that disks take for one',
      ['straße'],
      'STRASSE',
      'file',
      'a path that is "straße" on some disks',
    ],
    ['Cyrillic letters of two cases', ['Б'], 'б', 'file', 'a path that is "Б" on some disks'],
    ['a folder over a file', ['a'], 'a', 'folder', '"a" as a file and as a folder'],
    ['a file over a folder', ['a/b'], 'a', 'file', '"a" as a file and as a folder'],
    ['a file below a file', ['a'], 'a/b', 'file', '"a" as a file and as a folder'],
  ] as const)('refuses %s', (_, known, path, kind, found) => {
    const register = new PathRegister();
    for (const other of known)
      expect(
        register.add(other.replace(/\/$/, ''), other.endsWith('/') ? 'folder' : 'file'),
      ).toBeUndefined();
    expect(register.add(path, kind)?.found).toBe(found);
  });

  it('knows the folders that hold no file', () => {
    const register = new PathRegister();
    for (const [path, kind] of [
      ['a/b/c', 'file'],
      ['a', 'folder'],
      ['a/b', 'folder'],
      ['empty/too', 'folder'],
      ['empty', 'folder'],
    ] as const)
      expect(register.add(path, kind)).toBeUndefined();
    expect(register.emptyFolders().sort()).toEqual(['empty', 'empty/too']);
  });
});

it('counts as unseen what Unicode 17 does, in whatever version of Unicode the checker has', () => {
  const properties =
    /[\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\uFFFD]|(?! )\p{Zs}/u;
  const differing: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const character = String.fromCodePoint(code);
    if (properties.test(character) !== unseenCharacter.test(character))
      differing.push(code.toString(16));
  }
  expect(differing).toEqual([]);
});

describe('quoteName', () => {
  it.each([
    ['escape codes', '\u001b[2J\u009bx', '"\\u{1b}[2J\\u{9b}x"'],
    ['quotes and backslashes', 'a"\\', '"a\\"\\\\"'],
    ['signs that turn the text', 'a\u202eb', '"a\\u{202e}b"'],
    ['half a sign', '\ud83d', '"\\u{d83d}"'],
    ['a long name', 'ж'.repeat(121), `"${'ж'.repeat(120)}…"`],
    ['what can be read', 'en/лист 1.html', '"en/лист 1.html"'],
  ])('shows %s', (_, name, shown) => {
    expect(quoteName(name)).toBe(shown);
  });
});
