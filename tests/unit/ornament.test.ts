import { describe, expect, it } from 'vitest';
import { makeIcon, parseOrnament } from '../../src/lib/ornament.ts';

describe('parseOrnament', () => {
  it.each([
    ['nothing', ''],
    ['no SVG', '<p>leaf</p>'],
    ['no viewBox', '<svg width="14" height="9"><path d="M0 0"/></svg>'],
    ['a viewBox that does not begin at 0', '<svg viewBox="1 0 14 9"><path d="M0 0"/></svg>'],
    ['a viewBox of fractions', '<svg viewBox="0 0 14.5 9"><path d="M0 0"/></svg>'],
    ['a viewBox with single quotes', "<svg viewBox='0 0 14 9'><path d='M0 0'/></svg>"],
    [
      'an attribute that only ends like viewBox',
      '<svg data-viewBox="0 0 14 9"><path d="M0 0"/></svg>',
    ],
    ['something before it', '<?xml version="1.0"?><svg viewBox="0 0 14 9"></svg>'],
    ['something after it', '<svg viewBox="0 0 14 9"></svg><script></script>'],
    ['an open end', '<svg viewBox="0 0 14 9"><path d="M0 0"/>'],
  ])('throws on %s', (_, svg) => {
    expect(() => parseOrnament(svg)).toThrow(
      new SyntaxError('not an ornament: <svg viewBox="0 0 W H">…</svg> expected'),
    );
  });

  it.each([
    [
      'the shapes without the spaces around them',
      '<svg viewBox="0 0 14 9">\n  <path d="M0 0"/>\n</svg>',
      { width: 14, height: 9, shapes: '<path d="M0 0"/>' },
    ],
    [
      'several shapes',
      '<svg viewBox="0 0 1 1"><rect x="1"/> <circle r="1"/></svg>',
      { width: 1, height: 1, shapes: '<rect x="1"/> <circle r="1"/>' },
    ],
    [
      'other attributes around the viewBox',
      '<svg xmlns="http://www.w3.org/2000/svg"\n viewBox="0 0 100 20" fill="none"><path d="M0 0"/></svg>',
      { width: 100, height: 20, shapes: '<path d="M0 0"/>' },
    ],
  ])('takes %s', (_, svg, expected) => {
    expect(parseOrnament(svg)).toEqual(expected);
  });

  it('leaves the attributes of <svg> behind, whatever they would do', () => {
    expect(
      JSON.stringify(
        parseOrnament('<svg onload="go()" viewBox="0 0 1 1" style="x"><path d="M0 0"/></svg>'),
      ),
    ).not.toMatch(/onload|style/);
  });
});

describe('makeIcon', () => {
  it('makes an address that needs no request', () => {
    expect(
      makeIcon(
        { width: 14, height: 9, shapes: '<path stroke="currentColor" d="M4 0.5h1"/>' },
        '#b3121f',
      ),
    ).toBe(
      "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0,0,9,9'%3E%3Cpath%20stroke='%23b3121f'%20d='M4%200.5h1'/%3E%3C/svg%3E",
    );
  });

  it('encodes a percent sign once, before the signs that it encodes with', () => {
    expect(makeIcon({ width: 1, height: 1, shapes: '<rect width="50%"/>' }, '#000000')).toContain(
      "%3Crect%20width='50%25'/%3E",
    );
  });

  it('holds nothing that ends an attribute, a tag or the address', () => {
    const icon = makeIcon(
      { width: 20, height: 9, shapes: '<rect x="1"/><circle fill="#123456" r="1"/>' },
      '#b3121f',
    );
    expect(icon).not.toMatch(/["<>#\s]/);
    expect(decodeURIComponent(icon.slice('data:image/svg+xml,'.length))).toBe(
      "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0,0,9,9'><rect x='1'/><circle fill='#123456' r='1'/></svg>",
    );
  });

  // Addresses lose their line breaks and tabs (WHATWG URL), but not what they parted.
  it.each([
    ['a name and an attribute', '<path\nd="M0 0"/>', "<path d='M0 0'/>"],
    ['two numbers', '<path d="M0 0L1\n0"/>', "<path d='M0 0L1 0'/>"],
    ['two numbers, as a tab,', '<path d="M0 0L1\t0"/>', "<path d='M0 0L1 0'/>"],
  ])('keeps apart what a line break parts: %s', (_, shapes, expected) => {
    const { href } = new URL(makeIcon({ width: 9, height: 9, shapes }, '#000000'));
    expect(decodeURIComponent(href).replace(/\s/g, ' ')).toContain(expected);
  });
});
