import { expect, test } from 'vitest';
import { findTranslation } from '../../src/lib/translation-state.ts';

test.each([
  ['is none in the main language', 'en', { version: 3, translations: {} }, undefined],
  [
    'that nobody has spoken of follows the first version, unchecked',
    'ar',
    { version: 3, translations: {} },
    { of: 1, checked: false, behind: 2 },
  ],
  [
    'that a native reader has checked says so',
    'ar',
    { version: 3, translations: { ar: { of: 3, checked: true } } },
    { of: 3, checked: true, behind: 0 },
  ],
  [
    'is that of its own language',
    'ar',
    { version: 2, translations: { fr: { of: 2, checked: true } } },
    { of: 1, checked: false, behind: 1 },
  ],
])('a translation %s', (_name, language, record, expected) => {
  expect(findTranslation(record, language, 'en')).toEqual(expected);
});
