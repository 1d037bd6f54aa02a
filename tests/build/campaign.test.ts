import { describe, expect, test } from 'vitest';
import { readCampaign } from '../../src/campaign/read-campaign.ts';

const { entries, tongues } = await readCampaign('src/content', 'src/content');
const records = [...entries.initiatives, ...entries.actions, ...entries.dates, ...entries.figures];

/** What no card about money may lack, in the languages that could be checked for it. */
const cardWarning: Record<string, RegExp> = { en: /Belarusian (bank )?card/, fr: /carte (bancaire )?bélarusse/ };
const lacksWarning = (texts: Record<string, string | string[]>) => Object.entries(cardWarning).filter(([tag, words]) => texts[tag] !== undefined && !words.test([texts[tag]].flat().join(' '))).map(([tag]) => tag);

describe('the default campaign', () => {
  test('names a source with its date for every record and every text', () => {
    expect(records.length).toBeGreaterThan(80);
    const texts = [...entries.guides, ...entries.updates];
    expect([...records, ...texts].filter(({ data }) => data.sources.length === 0 || data.sources.some(({ date }) => date === undefined)).map(({ file }) => file)).toEqual([]);
    for (const { data } of entries.figures) for (const { date, source } of data.points) expect(source, date).toBeTruthy();
  });

  test('asks for money only with the warning that it must not come from the country or from its cards', () => {
    const giving = entries.actions.filter(({ data }) => data.kind === 'give');
    expect(giving.length).toBeGreaterThan(4);
    expect(giving.filter(({ data }) => lacksWarning(data.text).length > 0).map(({ file }) => file)).toEqual([]);
    const paid = entries.initiatives.filter(({ data }) => data.cost === 'money' || data.cost === 'donations');
    expect(paid.length).toBeGreaterThan(2);
    expect(paid.filter(({ data }) => lacksWarning(data.tasks ?? { en: '' }).length > 0).map(({ file }) => file)).toEqual([]);
  });

  test('says of everything that is not live why, and of everything dangerous where to read first', () => {
    const dangerous = entries.actions.filter(({ data }) => data.state === 'dangerous');
    expect(dangerous.length).toBeGreaterThan(8);
    expect(dangerous.filter(({ data }) => data.guide !== 'staying-safe').map(({ file }) => file)).toEqual([]);
    expect(entries.actions.filter(({ data }) => data.state !== 'live' && !data.reason?.[tongues.main]).map(({ file }) => file)).toEqual([]);
  });

  test('ties every request of a digest, and every event of it, to the digest', () => {
    const digests = new Set(entries.updates.filter(({ data }) => data.kind === 'digest').map(({ slug }) => slug));
    const tied = (list: { data: { update?: string | undefined } }[], slug: string) => list.filter(({ data }) => data.update === slug).length;
    expect(digests.size).toBe(2);
    for (const slug of digests) {
      expect(tied(entries.actions, slug), slug).toBeGreaterThan(7);
      expect(tied(entries.dates, slug), slug).toBeGreaterThan(5);
    }
    for (const { file, data } of entries.actions.filter(({ id }) => id.startsWith('nam-'))) expect(data.update, file).toBeTruthy();
  });
});
