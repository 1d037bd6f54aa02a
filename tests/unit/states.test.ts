import { describe, expect, it } from 'vitest';
import {
  carryStates,
  parseStates,
  parseValue,
  printStates,
  StatesError,
} from '../../src/campaign/editions/states.ts';

const states = (values: Record<string, string>) => new Map(Object.entries(values));
const first = carryStates(
  undefined,
  states({ 'guides/en/mint': '1/live', 'mirrors/https://shed.example/': 'listed' }),
  1,
);

describe('parseStates', () => {
  it.each([
    ['no end of a line', 'guides/en/mint 1 1 1/live 1/live', 1],
    ['a word too few', 'guides/en/mint 1 1 1/live 1/live\nguides/en/sage 1 1 1/live\n', 2],
    ['a word too many', 'guides/en/mint 1 1 1/live 1/live x\n', 1],
    ['a number of no edition', 'guides/en/mint 0 1 1/live 1/live\n', 1],
    ['a later edition', 'guides/en/mint 1 4 1/live 2/live\n', 1],
    ['a change before its beginning', 'guides/en/mint 3 2 1/live 2/live\n', 1],
    ['an empty line', '\n', 1],
  ])('refuses %s', (_, text, line) => {
    expect(() => parseStates(text, 3)).toThrow(StatesError);
    try {
      parseStates(text, 3);
    } catch (error) {
      expect(error).toMatchObject({ line });
    }
  });

  it('reads what printStates has written', () => {
    expect(printStates(first)).toBe(
      'guides/en/mint 1 1 1/live 1/live\nmirrors/https://shed.example/ 1 1 listed listed\n',
    );
    expect(parseStates(printStates(first), 1)).toEqual(first);
    expect(parseStates('', 1)).toEqual([]);
  });
});

describe('carryStates', () => {
  it('knows of no change where nothing was known before', () => {
    for (const { first: from, since } of first) expect(since).toBe(from);
  });

  it('dates a change by the edition that has it first, however many follow', () => {
    const second = carryStates(first, states({ 'guides/en/mint': '1/dangerous' }), 2);
    const fifth = carryStates(second, states({ 'guides/en/mint': '1/dangerous' }), 5);
    expect(fifth[0]).toEqual({
      name: 'guides/en/mint',
      first: 1,
      since: 2,
      was: '1/live',
      value: '1/dangerous',
    });
  });

  it('makes a change back a change of its own', () => {
    const second = carryStates(first, states({ 'guides/en/mint': '1/dangerous' }), 2);
    const third = carryStates(second, states({ 'guides/en/mint': '1/live' }), 3);
    expect(third[0]).toMatchObject({ since: 3, was: '1/dangerous', value: '1/live' });
  });

  it('does not call new what is there for the first time', () => {
    const second = carryStates(first, states({ 'guides/en/sage': '1/live' }), 2);
    expect(second[0]).toMatchObject({ name: 'guides/en/sage', first: 2, since: 2 });
  });

  it('keeps a mirror that is gone as ended, and forgets other things', () => {
    const second = carryStates(first, states({}), 2);
    const third = carryStates(second, states({}), 3);
    expect(third).toEqual([
      {
        name: 'mirrors/https://shed.example/',
        first: 1,
        since: 2,
        was: 'listed',
        value: 'ended',
      },
    ]);
    expect(
      carryStates(third, states({ 'mirrors/https://shed.example/': 'listed' }), 4)[0],
    ).toMatchObject({ since: 4, was: 'ended', value: 'listed' });
  });
});

it('parseValue knows version, state and bans', () => {
  expect(parseValue('3/dangerous')).toEqual({
    version: 3,
    state: 'dangerous',
    designation: undefined,
  });
  expect(parseValue('1/live/designated+formation+materials').designation).toBe(
    'designated+formation+materials',
  );
});
