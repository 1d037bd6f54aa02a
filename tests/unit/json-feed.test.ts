import { describe, expect, it } from 'vitest';
import { jsonFeed } from '../helpers/json-feed.ts';

const item = { id: 'urn:mint', url: 'mint.html', content_html: '<p>Mint.</p>' };
const feed = { version: 'https://jsonfeed.org/version/1.1', title: 'Garden', items: [item] };

describe('the format of JSON Feed 1.1', () => {
  it.each<[fault: string, faulty: object, expected: string]>([
    ['a feed without a title', { ...feed, title: undefined }, 'title'],
    ['another version', { ...feed, version: 'https://jsonfeed.org/version/1' }, 'version'],
    ['an item without an id', { ...feed, items: [{ ...item, id: undefined }] }, 'id'],
    ['an item without content', { ...feed, items: [{ id: 'a' }] }, 'content_html'],
    ['one id twice', { ...feed, items: [item, item] }, 'each id once'],
    ['a member that it does not name', { ...feed, state: 'live' }, 'state'],
    [
      'a day without a time',
      { ...feed, items: [{ ...item, date_published: '2026-05-01' }] },
      'date',
    ],
    ['the author of version 1', { ...feed, author: { name: 'A' } }, 'author'],
    ['an author who is nobody', { ...feed, authors: [{}] }, 'at least one member'],
    ['a tag that is no language', { ...feed, language: 'EN-gb' }, 'language'],
    [
      'a next feed that is itself',
      { ...feed, feed_url: 'a', next_url: 'a' },
      'not the feed itself',
    ],
  ])('has no place for %s', (_fault, faulty, expected) => {
    const { success, error } = jsonFeed.safeParse(faulty);
    expect(success).toBe(false);
    expect(JSON.stringify(error?.issues)).toContain(expected);
  });

  it('takes a feed', () => {
    expect(jsonFeed.safeParse(feed).success).toBe(true);
  });
});
