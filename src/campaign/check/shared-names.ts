import { namingOf, type Entries } from '../schema/collections.ts';

/** Words of the names that the records give in one form for all languages: organisations, sites, sources. */
export function listSharedNames(entries: Entries): string[] {
  const names: string[] = [];
  const collect = (value: unknown, key = ''): void => {
    if (typeof value === 'string') {
      if (['name', 'source', 'aliases'].includes(key)) names.push(value);
    } else if (Array.isArray(value)) value.forEach((item) => collect(item, key));
    else if (typeof value === 'object' && value !== null)
      Object.entries(value).forEach(([name, item]) => collect(item, name));
  };
  for (const { data } of namingOf(entries)) collect(data);
  return [...new Set(names)];
}
