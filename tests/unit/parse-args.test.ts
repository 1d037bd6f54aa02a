import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseWords } from '../../scripts/cli/command-line.ts';

const usage = 'npm run weed -- [--yes] [BED]';
const read = (...words: string[]) =>
  parseWords(
    words,
    { yes: { type: 'boolean' }, 'for-days': { type: 'string' } } as const,
    usage,
    1,
  );

afterEach(() => vi.unstubAllEnvs());

describe('words after a command', () => {
  test.each<[string, Record<string, string>, string[], string | RegExp]>([
    ['an unknown option', {}, ['--fast'], /'--fast'.*npm run weed/s],
    ['an option without its value', {}, ['--for-days'], /--for-days.*npm run weed/s],
    [
      'two words where one is read',
      {},
      ['mint', 'sage'],
      'Found 2 words (mint sage), expected at most 1.',
    ],
    [
      'an option that npm took for itself',
      { npm_config_yes: 'true', npm_lifecycle_event: 'weed' },
      ['mint'],
      'npm took --yes for itself. Put -- before all words: npm run weed -- … --yes …',
    ],
    [
      'an option with a dash that npm took for itself',
      { npm_config_for_days: '3' },
      [],
      'npm took --for-days for itself.',
    ],
    ['the question for help', {}, ['--help'], usage],
  ])('%s is refused in words', (_name, environment, words, message) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    expect(() => read(...words)).toThrow(message);
  });

  test.each<[string, Record<string, string>, string[]]>([
    [
      'where an .npmrc switches off what is called like an option',
      { npm_config_yes: '' },
      ['mint'],
    ],
    ['where npm has the option and the command too', { npm_config_yes: 'true' }, ['mint', '--yes']],
    [
      'where npm has the option and the command has it with a value',
      { npm_config_for_days: '3' },
      ['mint', '--for-days=3'],
    ],
  ])('are read %s', (_name, environment, words) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    expect(read(...words).positionals).toEqual(['mint']);
  });
});
