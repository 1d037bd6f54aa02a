import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';

/**
 * JSON Feed 1.1 (https://jsonfeed.org/version/1.1), as far as a feed of ours goes: no member that
 * the text does not name, and addresses relative or not.
 */
const text = z.string().min(1);
const author = z
  .strictObject({ name: text.optional(), url: text.optional(), avatar: text.optional() })
  .refine((value) => Object.keys(value).length > 0, 'an author with at least one member');
const language = z
  .string()
  .refine((tag) => Intl.getCanonicalLocales(tag)[0] === tag, 'a language tag of RFC 5646');

const item = z
  .strictObject({
    id: text,
    url: text.optional(),
    external_url: text.optional(),
    title: text.optional(),
    content_html: text.optional(),
    content_text: text.optional(),
    summary: text.optional(),
    image: text.optional(),
    banner_image: text.optional(),
    date_published: z.iso.datetime({ offset: true }).optional(),
    date_modified: z.iso.datetime({ offset: true }).optional(),
    authors: z.array(author).optional(),
    tags: z.array(text).optional(),
    language: language.optional(),
  })
  .refine(
    ({ content_html, content_text }) => content_html !== undefined || content_text !== undefined,
    'content_html, content_text or both',
  );

export const jsonFeed = z
  .strictObject({
    version: z.literal('https://jsonfeed.org/version/1.1'),
    title: text,
    home_page_url: text.optional(),
    feed_url: text.optional(),
    description: text.optional(),
    user_comment: text.optional(),
    next_url: text.optional(),
    icon: text.optional(),
    favicon: text.optional(),
    authors: z.array(author).optional(),
    language: language.optional(),
    expired: z.boolean().optional(),
    items: z
      .array(item)
      .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, 'each id once'),
  })
  .refine(
    ({ feed_url, next_url }) => next_url === undefined || next_url !== feed_url,
    'a next_url that is not the feed itself',
  );
export type JsonFeed = z.infer<typeof jsonFeed>;

/**
 * The JSON Feed of a language, held to the text of its format.
 * @throws ZodError where it is no such feed
 */
export const readJsonFeed = (folder: string, tag: string): JsonFeed =>
  jsonFeed.parse(JSON.parse(readFileSync(join(folder, tag, 'feed.json'), 'utf8')));
