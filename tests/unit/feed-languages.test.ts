import { expect, describe, test } from 'vitest';
import {
  printParagraphs,
  type LanguageContext,
} from '../../src/integrations/post-build/feed-source.ts';
import { LocalizedText } from '../../src/lib/localized-text.ts';

const german = {
  language: { tag: 'de', direction: 'ltr' },
  records: {
    site: {
      languages: [
        { tag: 'fa', direction: 'rtl' },
        { tag: 'de', direction: 'ltr' },
      ],
    },
  },
} as unknown as LanguageContext;
const persian = new LocalizedText('علف <خیس>', 'fa');

describe('a paragraph of an item', () => {
  test.each<
    [what: string, texts: (string | LocalizedText)[], of: string | undefined, html: string]
  >([
    ['in the language of the feed says nothing', ['Tau'], undefined, '<p>Tau</p>'],
    [
      'without a language of its own says nothing',
      [new LocalizedText('Tau')],
      undefined,
      '<p>Tau</p>',
    ],
    [
      'that falls back to the main language says so, with its direction',
      ['Tau', persian],
      undefined,
      '<p>Tau</p><p lang="fa" dir="rtl">علف &lt;خیس></p>',
    ],
    [
      'in an item of another language says so, whatever its own is',
      [persian, 'Geprüft'],
      'fa',
      '<p lang="fa" dir="rtl">علف &lt;خیس></p><p lang="de" dir="ltr">Geprüft</p>',
    ],
  ])('%s', (_, texts, of, html) => {
    expect(printParagraphs(german, texts, of)).toBe(html);
  });
});
