import { describe, expect, test } from 'vitest';
import { pruneStyle } from '../../src/integrations/post-build/prune-style.ts';

const prune = (css: string, ...names: string[]) => pruneStyle(css, new Set(names));

describe('a style loses', () => {
  test.each<[string, string, string[], string]>([
    [
      'a rule for an element that is not there',
      'p{color:red}dl{color:#00f}',
      ['p'],
      'p{color:red}',
    ],
    [
      'a rule for a class that is not there',
      '.card{color:red}.state{color:#00f}',
      ['p', '.state'],
      '.state{color:#00f}',
    ],
    ['one selector of several', 'h1,h2,h3{color:red}', ['h1', 'h3'], 'h1,h3{color:red}'],
    ['a rule within what is not there', '.card p{color:red}', ['p'], ''],
    [
      'rules in a query',
      '@media print{nav{color:red}p{color:#00f}}',
      ['p'],
      '@media print{p{color:#00f}}',
    ],
    ['a query without rules', '@media print{nav{color:red}}p{color:red}', ['p'], 'p{color:red}'],
    [
      'a rule for an attribute that no element has',
      '[rel=next]{color:red}[aria-current=page]{color:#00f}',
      ['[aria-current=page]', '[aria-current=true]'],
      '[aria-current=page]{color:#00f}',
    ],
  ])('%s', (_name, css, names, expected) => {
    expect(prune(css, ...names)).toBe(expected);
  });
});

describe('a style keeps', () => {
  test.each([
    [
      'what names no element',
      ':root{--accent:red}:focus-visible{outline:3px solid}[hidden]{color:red}',
    ],
    [
      'states and places of what is there',
      'p:first-child{color:red}p li+li:before{content:"› "}p>li{color:red}',
    ],
    ['what something must not be', 'p:not(.card){color:red}'],
    ['the order of its rules', 'p{color:red}li p{color:#00f}p:first-child{color:#0f0}'],
  ])('%s', (_name, css) => {
    expect(prune(css, 'p', 'li')).toBe(css);
  });

  test('for one page what it dropped for another', () => {
    const css = 'p{color:red}li{color:#00f}';
    expect([
      prune(css, 'p'),
      prune(css, 'li'),
      prune(css, 'p', 'dl'),
      prune(css, 'p', 'li'),
    ]).toEqual(['p{color:red}', 'li{color:#00f}', 'p{color:red}', css]);
  });
});
