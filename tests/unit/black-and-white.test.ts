import { expect, test } from 'vitest';
import { toBlackAndWhite } from '../../src/lib/black-and-white.ts';

test.each([
  ['a dark area', '<path d="M0 0" fill="#2c2723"/>', ' fill="#000" stroke="none"/>'],
  ['an area of the accent', '<path d="M0 0" fill="#b3121f"/>', ' fill="#000" stroke="none"/>'],
  ['a pale area gets an outline', '<path d="M0 0" fill="#f6d"/>', ' fill="#fff" stroke="#000"/>'],
  [
    'a pale area with a pale outline gets one of ink',
    '<path d="M0 0" fill="#fff" stroke="#eee"/>',
    ' fill="#fff" stroke="#000"/>',
  ],
  ['a white name', '<path d="M0 0" fill="White"/>', ' fill="#fff" stroke="#000"/>'],
  ['a line of ink', '<path d="M0 0" stroke="currentColor"/>', ' fill="none" stroke="#000"/>'],
  ['a pale line has ink with it', '<path d="M0 0" stroke="#eee"/>', ' fill="#000" stroke="#fff"/>'],
  [
    'an area keeps its outline',
    '<path fill="#fff" d="M0 0" stroke="#111"/>',
    ' fill="#fff" stroke="#000"/>',
  ],
])('%s', (_, shape, end) => {
  expect(toBlackAndWhite(shape)).toBe(`<path d="M0 0"${end}`);
});

test('widths of lines stay, and so does the order of shapes', () => {
  expect(
    toBlackAndWhite('<rect x="1" stroke-width="5" stroke="#000" /><circle r="2" fill="#000"/>'),
  ).toBe(
    '<rect x="1" stroke-width="5" fill="none" stroke="#000"/>' +
      '<circle r="2" fill="#000" stroke="none"/>',
  );
});
