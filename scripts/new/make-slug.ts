import { toAsciiDigits } from '../../src/kit/core/text/plain-characters.ts';

/** How long a name may be, as `slug` of the schemas has it. */
const maxLength = 60;

/**
 * Letters of Cyrillic as passports have them (ICAO Doc 9303, part 3, section 6 B): Russian, and
 * what other languages write otherwise.
 */
const cyrillic: Readonly<Record<string, string>> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'i' },
  ...{ к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f' },
  ...{ х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: 'ie', ы: 'y', ь: '', э: 'e', ю: 'iu' },
  ...{ я: 'ia', і: 'i', ў: 'u', ґ: 'g', ї: 'i', є: 'ie' },
};

/**
 * Letters of Persian and Arabic, as the Library of Congress has them (ALA-LC), without its signs
 * above and below. Short vowels are not written: a name of one's own (`--name`) reads better.
 */
const arabic: Readonly<Record<string, string>> = {
  ...{ ا: 'a', آ: 'a', أ: 'a', إ: 'i', ب: 'b', پ: 'p', ت: 't', ة: 'h', ث: 's', ج: 'j', چ: 'ch' },
  ...{ ح: 'h', خ: 'kh', د: 'd', ذ: 'z', ر: 'r', ز: 'z', ژ: 'zh', س: 's', ش: 'sh', ص: 's' },
  ...{ ض: 'z', ط: 't', ظ: 'z', ع: '', غ: 'gh', ف: 'f', ق: 'q', ک: 'k', ك: 'k', گ: 'g', ل: 'l' },
  ...{ م: 'm', ن: 'n', و: 'v', ؤ: 'v', ه: 'h', ی: 'y', ي: 'y', ى: 'a', ئ: '', ء: '' },
};

/** Letters of Latin that no sign above or below makes of another. */
const latin: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' },
};

/**
 * Makes the name of a file of a title: in letters a-z, digits and hyphens.
 * @param own letters that the language of the title writes in another way than its script
 * @returns the name, or the letters for which there is no rule
 */
export function makeSlug(
  title: string,
  own: Readonly<Record<string, string>>,
): { slug: string } | { unknown: string } {
  const letters = { ...cyrillic, ...arabic, ...latin, ...own };
  const unknown = new Set<string>();
  const spell = (letter: string): string => {
    const spelled = letters[letter];
    if (spelled !== undefined) return spelled;
    const plain = letter.normalize('NFD').replace(/\p{M}/gu, '');
    if (/^[a-z]$/.test(plain)) return plain;
    const base = letters[plain];
    if (base === undefined) unknown.add(letter);
    return base ?? '';
  };
  const name = toAsciiDigits(title.normalize('NFC').toLowerCase())
    // within a word of Cyrillic an apostrophe is no end of it, after a French article it is
    .replace(/(?<=\p{Script=Cyrillic})['’ʼ](?=\p{Script=Cyrillic})/gu, '')
    .replace(/\p{L}/gu, spell)
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return unknown.size > 0 ? { unknown: [...unknown].join(' ') } : { slug: shorten(name) };
}

/** Cuts behind a whole word, if there is one. */
function shorten(name: string): string {
  if (name.length <= maxLength) return name;
  const cut = name.lastIndexOf('-', maxLength);
  return name.slice(0, cut > 0 ? cut : maxLength);
}
