import { describe, expect, test } from 'vitest';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import type { Source } from '../../src/campaign/schema/evidence.ts';

const { entries, locales } = await readCampaign('src/content', 'src/content');
const records = [
  ...entries.initiatives,
  ...entries.actions,
  ...entries.notices,
  ...entries.dates,
  ...entries.figures,
];

/** What the warning to whoever pays may not lack, in the languages that could be checked for it. */
const cardWarning: Record<string, RegExp> = {
  en: /Belarusian (bank )?card/,
  fr: /carte (bancaire )?bélarusse/,
};

/** A source without a date says why in its name. */
const isDated = ({ name, date }: Source) =>
  date !== undefined ||
  /undated|year/.test(typeof name === 'string' ? name : (name[locales.main] ?? ''));

describe('the default campaign', () => {
  test('names a source with its date for every record and every text', () => {
    expect(records.length).toBeGreaterThan(80);
    const originals = [...entries.guides, ...entries.updates].filter(
      ({ data }) => data.translation === undefined,
    );
    const undated = [...records, ...originals].filter(({ data }) => !data.sources.every(isDated));
    expect(undated.map(({ file }) => file)).toEqual([]);
    const texts = JSON.stringify([...records, ...entries.guides].map(({ data }) => data));
    expect(texts).not.toContain('single sources not listed');
    for (const { data } of entries.figures)
      for (const { date, source } of data.points) expect(source, date).toBeTruthy();
  });

  test('asks for money only with the warning that it must not come from the country or from its cards', () => {
    const paid = [...entries.initiatives, ...entries.actions].filter(
      ({ data }) => data.risk !== undefined,
    );
    expect(paid.length).toBeGreaterThan(3);
    for (const { file, data } of paid) {
      const warning = entries.notices.find(({ slug }) => slug === data.risk?.payer)!.data;
      for (const [tag, words] of Object.entries(cardWarning)) {
        if (warning.short[tag] !== undefined)
          expect(`${warning.short[tag]} ${warning.text[tag]}`, `${file} in ${tag}`).toMatch(words);
      }
    }
  });

  test('says of everything that is not live why, and of everything dangerous where to read first', () => {
    const dangerous = entries.actions.filter(({ data }) => data.state === 'dangerous');
    expect(dangerous.length).toBeGreaterThan(8);
    expect(
      dangerous.filter(({ data }) => data.guide !== 'staying-safe').map(({ file }) => file),
    ).toEqual([]);
    expect(
      entries.actions
        .filter(({ data }) => data.state !== 'live' && !data.reason?.[locales.main])
        .map(({ file }) => file),
    ).toEqual([]);
  });

  test('ties every request of a digest, and every event of it, to the digest', () => {
    const digests = new Set(
      entries.updates.filter(({ data }) => data.kind === 'digest').map(({ slug }) => slug),
    );
    const tied = (list: { data: { update?: string | undefined } }[], slug: string) =>
      list.filter(({ data }) => data.update === slug).length;
    expect(digests.size).toBe(2);
    for (const slug of digests) {
      expect(tied(entries.actions, slug), slug).toBeGreaterThan(7);
      expect(tied(entries.dates, slug), slug).toBeGreaterThan(5);
    }
    for (const { file, data } of entries.actions.filter(({ id }) => id.startsWith('nam-')))
      expect(data.update, file).toBeTruthy();
  });
});
