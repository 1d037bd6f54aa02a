import { describe, expect, it } from 'vitest';
import { findForeignWords } from '../../src/lib/foreign-words.ts';

describe('findForeignWords', () => {
  it.each([
    ['Cyrillic in English', 'en', 'They called it слова, #ДваСловы.', ['слова', 'ДваСловы']],
    ['Arabic in French', 'fr', 'le mot ماء ici', ['ماء']],
    ['Arabic in Belarusian', 'be', 'слова ماء тут', ['ماء']],
    ['Cyrillic in Belarusian of Latin letters', 'be-Latn', 'heta слова', ['слова']],
    ['Greek in Japanese', 'ja', '水 ひらがな カタカナ νερό', ['νερό']],
  ])('finds %s', (_name, tag, text, expected) => {
    expect(findForeignWords(text, tag)).toEqual(expected);
  });

  it.each([
    ['names in Latin letters', 'ru', 'Откройте Tor Browser и файл SHA256SUMS.'],
    ['letters as signs', 'en', 'a width of 5 μm and the letter ў'],
    ['letters with marks', 'ar', 'الماءُ'],
    ['a variant of a language', 'be-tarask', 'сьвята'],
    ['a language of unknown letters', 'art', 'слова'],
  ])('lets %s stand', (_name, tag, text) => {
    expect(findForeignWords(text, tag)).toEqual([]);
  });
});
