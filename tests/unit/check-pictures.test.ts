import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkPictures } from '../../src/campaign/check/check-pictures.ts';
import { parseOrnament } from '../../src/lib/ornament.ts';
import type { Site } from '../../src/campaign/schema/site.ts';

const site: Site = {
  id: 'garden',
  main: 'en',
  languages: [{ tag: 'en', name: 'English', direction: 'ltr' }],
  name: { en: 'Garden week' },
  description: { en: 'A small campaign about gardens.' },
  motto: { en: 'What grows where.' },
  accent: { light: '#1f6f3a', dark: '#86d29c' },
  font: 'serif',
  menu: ['search'],
  ornament: 'leaf.svg',
  home: { ways: [], sections: [] },
  bans: {},
  readersAtRisk: [],
  archives: ['zip', 'car'],
  textLicence: 'CC0',
};

const misshapen =
  'one <svg viewBox="0 0 W H"> that holds only <path>, <rect>, <circle> or <polygon> with plain numbers';

describe('checkPictures', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ornament-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const check = (svg: string) => {
    writeFileSync(join(folder, 'leaf.svg'), svg);
    return checkPictures(folder, site);
  };
  const withShapes = (shapes: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 9">${shapes}</svg>`;
  const ofLength = (length: number) => {
    const [before, after] = ['<svg viewBox="0 0 1 1"><path d="', '"/></svg>'];
    return before + '0'.repeat(length - before.length - after.length) + after;
  };

  it.each([
    ['is missing', () => {}],
    [
      'has its name in another case',
      () => writeFileSync(join(folder, 'Leaf.svg'), withShapes('<path d="M0 0"/>')),
    ],
    ['is a folder', () => mkdirSync(join(folder, 'leaf.svg'))],
    [
      'lies in a folder',
      () => {
        mkdirSync(join(folder, 'images'));
        writeFileSync(join(folder, 'images', 'leaf.svg'), withShapes('<path d="M0 0"/>'));
      },
    ],
  ])('says so where the file %s', (_, prepare) => {
    prepare();
    expect(checkPictures(folder, site)).toEqual([
      {
        file: 'site.yaml',
        where: 'field "ornament"',
        found: 'no file "leaf.svg"',
        expected: 'an SVG file next to site.yaml',
        fix: 'add the file, or name the one that is there',
      },
    ]);
  });

  it('bounds a drawing by its bytes, compressed, and lets it be larger than an ornament', () => {
    const draw = (svg: string) => {
      writeFileSync(join(folder, 'leaf.svg'), withShapes('<path d="M0 0"/>'));
      writeFileSync(join(folder, 'door.svg'), svg);
      return checkPictures(folder, { ...site, drawing: 'door.svg' });
    };
    const numbers = Array.from({ length: 1400 }, (_, n) => (n * 7919) % 997).join(' ');
    const door = (d: string) =>
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 220"><path d="M${d}"/></svg>`;
    expect(draw(door('0 0h9'.repeat(300)))).toEqual([]);
    expect(draw(door(numbers))[0]).toMatchObject({
      file: 'door.svg',
      expected: 'at most 1500: it is in the page that people see first',
    });
    expect(draw(door('0 0').replace('<path', '<path onload="x()"'))[0]?.found).toContain('<svg');
  });

  it('refuses a file of 901 characters', () => {
    expect(check(ofLength(901))).toEqual([
      {
        file: 'leaf.svg',
        found: '901 characters',
        expected: 'at most 900: it is in each page',
        fix: 'draw it simpler, or shorten its numbers',
      },
    ]);
  });

  it.each([
    ['an empty file', ''],
    ['no SVG', '<p>leaf</p>'],
    ['a drawing without shapes', withShapes('')],
    ['a drawing without a viewBox', '<svg width="14" height="9"><path d="M0 0"/></svg>'],
    ['a viewBox of fractions', '<svg viewBox="0 0 14.5 9"><path d="M0 0"/></svg>'],
    ['a viewBox that begins elsewhere', '<svg viewBox="-1 0 14 9"><path d="M0 0"/></svg>'],
    ['an XML line', `<?xml version="1.0"?>${withShapes('<path d="M0 0"/>')}`],
    ['a document type', `<!DOCTYPE svg>${withShapes('<path d="M0 0"/>')}`],
    ['a comment', withShapes('<!-- leaf --><path d="M0 0"/>')],
    ['a script', withShapes('<script>go()</script><path d="M0 0"/>')],
    ['a script after the drawing', `${withShapes('<path d="M0 0"/>')}<script>go()</script>`],
    ['a style', withShapes('<style>path{}</style><path d="M0 0"/>')],
    ['a link', withShapes('<a href="https://evil.example/"><path d="M0 0"/></a>')],
    ['a picture', withShapes('<image href="x.png"/>')],
    ['a use of another drawing', withShapes('<use href="#a"/>')],
    ['foreign elements', withShapes('<foreignObject></foreignObject>')],
    ['a group', withShapes('<g><path d="M0 0"/></g>')],
    ['text between shapes', withShapes('<path d="M0 0"/>leaf')],
    ['a shape that is not closed', withShapes('<path d="M0 0">')],
    ['a shape with an end tag', withShapes('<path d="M0 0"></path>')],
    ['a shape in capitals', withShapes('<PATH d="M0 0"/>')],
    ['an element whose name begins like a shape', withShapes('<rectangle x="0"/>')],
    ['a handler with a call', withShapes('<path onclick="go()" d="M0 0"/>')],
    ['an address', withShapes('<path fill="url(https://evil.example/)" d="M0 0"/>')],
    ['a style attribute', withShapes('<path style="color:red" d="M0 0"/>')],
    ['single quotes', withShapes("<path d='M0 0'/>")],
    ['entities', withShapes('<path d="&#60;"/>')],
    ['a name space', withShapes('<svg:path d="M0 0"/>')],
    ['two drawings', withShapes('<path d="M0 0"/>').repeat(2)],
    ['a drawing in a drawing', withShapes(withShapes('<path d="M0 0"/>'))],
    ['a handler without brackets', withShapes('<path onclick="location=name" d="M0 0"/>')],
    [
      'a handler that needs no click',
      withShapes('<path onfocus="location=name" tabindex="0" autofocus="" d="M0 0"/>'),
    ],
    [
      'a handler of the drawing itself',
      '<svg onload="go()" viewBox="0 0 14 9"><path d="M0 0"/></svg>',
    ],
    [
      'a handler of the drawing itself, after its viewBox',
      '<svg viewBox="0 0 14 9" onload="location=name"><path d="M0 0"/></svg>',
    ],
    ['a quote that is never closed', withShapes('<path d="M0 0/>')],
    ['a quote that swallows the next shape', withShapes('<path d="M0 0/><rect x="1"/>')],
    ['a class or an id', withShapes('<path id="main" class="hidden" d="M0 0"/>')],
    ['an attribute without a value', withShapes('<path hidden d="M0 0"/>')],
    ['a drawing without width', '<svg viewBox="0 0 0 9"><path d="M0 0"/></svg>'],
    ['a drawing without height', '<svg viewBox="0 0 14 0"><path d="M0 0"/></svg>'],
  ])('refuses %s', (_, svg) => {
    expect(check(svg)).toEqual([
      {
        file: 'leaf.svg',
        found: svg.slice(0, 60),
        expected: misshapen,
        fix: 'take out everything else: styles, scripts, links, comments, the XML line',
      },
    ]);
  });

  it('finds both faults of a long text that is no drawing', () => {
    expect(check('x'.repeat(1000)).map(({ found }) => found)).toEqual([
      '1000 characters',
      'x'.repeat(60),
    ]);
  });

  it.each([
    ['a path', withShapes('<path stroke="currentColor" d="M4 0.5h1M3,1.5h-1"/>')],
    [
      'each of the shapes',
      withShapes(
        '<path d="M0 0"/><rect x="1" y="1" width="2" height="2"/><circle cx="1" cy="1" r="1"/><polygon points="0,0 1,1 2,0"/>',
      ),
    ],
    ['a colour', withShapes('<path fill="#b3121f" d="M0 0"/>')],
    [
      'the size of the drawing, before and after its viewBox',
      '<svg width="14" viewBox="0 0 14 9" height="9" fill="none"><path d="M0 0"/></svg>',
    ],
    [
      'line breaks and indents',
      '<svg\n  xmlns="http://www.w3.org/2000/svg"\n  viewBox="0 0 14 9"\n>\n  <path\n    d="M0 0"\n  />\n</svg>\n',
    ],
    ['a byte order mark, which editors add', `\uFEFF${withShapes('<path d="M0 0"/>')}`],
    ['exactly 900 characters', ofLength(900)],
    ['900 characters and a line break at the end', `${ofLength(900)}\n`],
  ])('accepts %s', (_, svg) => {
    expect(check(svg)).toEqual([]);
    expect(() => parseOrnament(svg.replace('\uFEFF', '').trim())).not.toThrow();
  });
});
