import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'astro/zod';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { listWrittenTexts, type WrittenText } from '../../src/campaign/text/texts.ts';

const rendering = z.strictObject({
  write: z.string().min(1),
  not: z.array(z.string().min(1)).default([]),
});
const glossary = z
  .array(z.looseObject({ term: z.string() }))
  .parse(parse(readFileSync('docs/terms.yaml', 'utf8')))
  .map(({ term, ...languages }) => ({
    term,
    renderings: z.record(z.string(), rendering).parse(languages),
  }));

const { entries, site, siteSource } = await readCampaign('src/content', 'src/content');
const texts = listWrittenTexts(entries, site, siteSource);

/**
 * Finds what begins a word: an ending may follow, another word may not come before. Spaces of all
 * kinds are alike.
 */
const findBeginning = (beginning: string) =>
  new RegExp(
    `(?<![\\p{L}\\p{N}])${RegExp.escape(beginning).replaceAll(/\\x20|\\u00a0/g, '[ \\u00A0\\u202F]')}`,
    'iu',
  );

/** Places of a language's texts that use a word that its glossary replaces. */
function findReplaced(
  { language, file, text, lineAt }: WrittenText,
  terms: typeof glossary,
): string[] {
  return terms.flatMap(({ term, renderings }) => {
    const { write, not } = renderings[language] ?? { write: '', not: [] };
    return not.flatMap((word) => {
      const place = text.search(findBeginning(word));
      return place < 0
        ? []
        : [`${file}:${lineAt(place)} ${term}: found “${word}”, write “${write}”`];
    });
  });
}

describe('the glossary of the default campaign', () => {
  test('renders every term in every language of the campaign', () => {
    const languages = site.languages.map(({ tag }) => tag).sort();
    for (const { term, renderings } of glossary)
      expect(Object.keys(renderings).sort(), term).toEqual(languages);
  });

  test.each(glossary)('names what the campaign says: $term', ({ renderings }) => {
    for (const [language, { write }] of Object.entries(renderings)) {
      const found = texts.some(
        (text) => text.language === language && findBeginning(write).test(text.text),
      );
      expect(found, `${language}: ${write}`).toBe(true);
    }
  });

  test('finds a word that it replaces, whatever its case, ending and space, and no part of a word', () => {
    const at = (language: string, text: string) =>
      findReplaced({ file: 'x.md', language, text, lineAt: () => 1 }, glossary);
    expect(at('be', 'Падробленая копія')).toEqual([
      'x.md:1 false (of a copy): found “падроблен”, write “фальшыв”',
    ]);
    expect(at('fr', 'une vraie\u00A0copie')).toHaveLength(1);
    expect(at('en', 'an upstream server')).toEqual([]);
    expect(at('en', 'падробленая')).toEqual([]);
  });

  test('is kept by every text', () => {
    expect(texts.flatMap((text) => findReplaced(text, glossary))).toEqual([]);
  });
});
