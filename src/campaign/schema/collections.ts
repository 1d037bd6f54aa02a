import { type z } from 'astro/zod';
import { action, initiative, mirror, notice, outsideSite } from './directory.ts';
import { date, figure } from './facts.ts';
import type { Tongues } from './fields.ts';
import { interfaceStrings } from './interface.ts';
import { guide, subject, update } from './pages.ts';
import { leaflet, letter } from './sheets.ts';

/** The schema of each folder of a campaign. `texts` are markdown, a folder a language; `records` are YAML files. */
export const schemasFor = (tongues: Tongues) => ({
  texts: { guides: guide(tongues), updates: update(tongues) },
  records: {
    initiatives: initiative(tongues),
    actions: action(tongues),
    notices: notice(tongues),
    sites: outsideSite(tongues),
    mirrors: mirror(tongues),
    dates: date(tongues),
    figures: figure(tongues),
    leaflets: leaflet(tongues),
    letters: letter(tongues),
    subjects: subject(tongues),
    interface: interfaceStrings,
  },
});

type Schemas = ReturnType<typeof schemasFor>;
type AllSchemas = Schemas['texts'] & Schemas['records'];
export type CollectionName = keyof AllSchemas;
export type DataOf<C extends CollectionName> = z.output<AllSchemas[C]>;

/** One file of a campaign that has passed its schema. */
export interface Entry<C extends CollectionName = CollectionName> {
  /** `<lang>/<slug>` for texts, the file's name for records. */
  id: string;
  /** Path below the campaign folder. */
  file: string;
  data: DataOf<C>;
  /** Only in texts. */
  language?: string;
  slug: string;
  body: string;
  bodyLine: number;
  lineOf: (path: readonly PropertyKey[]) => number;
}

export type Entries = { [C in CollectionName]: Entry<C>[] };

/** All records but the strings of the interface: what has its languages side by side. */
export const recordsOf = ({
  guides: _guides,
  updates: _updates,
  interface: _strings,
  ...records
}: Entries): Entry[] => Object.values(records).flat();
