import { describe, expect, it } from 'vitest';
import { date } from '../../src/campaign/schema/facts.ts';

const schema = date({ main: 'en', all: ['en'] });
const isDay = (annual: string) =>
  schema.safeParse({
    kind: 'day',
    annual,
    title: { en: 'Frost' },
    text: { en: 'Cover the beds.' },
    sources: [{ name: 'Almanac' }],
  }).success;

describe('the day of each year', () => {
  it.each(['02-30', '04-31', '00-01', '13-01', '08-00', '08', '8-4', '2021-08-04'])(
    'is not %s',
    (annual) => {
      expect(isDay(annual)).toBe(false);
    },
  );

  it.each(['02-29', '08-04', '12-31'])('may be %s', (annual) => {
    expect(isDay(annual)).toBe(true);
  });
});
