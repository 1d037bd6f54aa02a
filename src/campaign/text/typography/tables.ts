import { be } from './be.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { ru } from './ru.ts';
import type { TypeTable } from './table.ts';

const tables: Readonly<Record<string, TypeTable>> = { be, en, fr, ru };

/** The table of a language: of be-tarask that of be. Another script has other rules, so be-Latn has none. */
export function findTypeTable(tag: string): TypeTable | undefined {
  const { language, script } = new Intl.Locale(tag);
  return script === undefined && Object.hasOwn(tables, language) ? tables[language] : undefined;
}
