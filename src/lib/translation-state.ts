/** How far a translation in a record is to be trusted. */

interface TranslatedRecord {
  version: number;
  translations: Readonly<Record<string, { of: number; checked: boolean }>>;
}

export interface TranslationState {
  /** The version of the original that it follows. */
  of: number;
  /** Whether a native reader has read it. */
  checked: boolean;
  /** How many versions the original is ahead. */
  behind: number;
}

/**
 * The state of a record's texts in a language; undefined in the main one, where they are the
 * original.
 */
export function findTranslation(
  { version, translations }: TranslatedRecord,
  language: string,
  main: string,
): TranslationState | undefined {
  if (language === main) return undefined;
  const { of, checked } = translations[language] ?? { of: 1, checked: false };
  return { of, checked, behind: version - of };
}
