import { be } from './be.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { ru } from './ru.ts';
import type { Words } from './words.ts';

/** All languages of the page, by their tags. */
export const languages = { be, en, fr, ru } as const satisfies Record<string, Words>;

export type Language = keyof typeof languages;

const isLanguage = (tag: string): tag is Language => Object.hasOwn(languages, tag);

/** The first of a reader's languages that the page has; English if none is. */
export const pickLanguage = (tags: readonly string[]): Language =>
  tags.map((tag) => tag.split('-')[0] ?? '').find(isLanguage) ?? 'en';

/** A sentence with its `{…}` filled in. */
export const fill = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
