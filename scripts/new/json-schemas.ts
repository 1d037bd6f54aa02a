import { z } from 'astro/zod';
import { collectionNames, rowOf } from '../../src/campaign/schema/collections.ts';
import { languagesOf, partialDate, type Locales } from '../../src/campaign/schema/fields.ts';
import { identifier } from '../../src/campaign/schema/identifier.ts';
import { languageRules } from '../../src/campaign/schema/language.ts';
import { site } from '../../src/campaign/schema/site.ts';
import { explainGuide } from './guide-fields.ts';
import type { ExplainedField } from './front-matter.ts';
import { explainRecordKind, recordKinds, type RecordWord } from './record.ts';
import { explainSite } from './site-fields.ts';
import type { NewFile } from './shared-fields.ts';
import { explainUpdate } from './update-fields.ts';

/** A JSON Schema (draft 7, which editors know best). */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

type Fields = Readonly<Record<string, ExplainedField>>;

/** What no JSON Schema is made of by itself, by what is asked for in its place. */
const replaced: ReadonlyMap<unknown, JsonSchema> = new Map<unknown, JsonSchema>([
  [partialDate, { type: ['string', 'integer'], pattern: String.raw`^\d{4}(-\d\d(-\d\d)?)?$` }],
  [identifier, { type: 'string', pattern: '^[a-z][a-z0-9]{25}$' }],
]);

/**
 * The JSON Schema of each kind of file, by the name of its collection, and of `site.yaml` as
 * `site`, of rules of a language as `languages`: what an editor of texts completes and checks by.
 * What it cannot say (a name that is there, a day that exists) is for `npm run check`.
 */
export function makeJsonSchemas(locales: Locales): Map<string, JsonSchema> {
  const explained = explainAll(locales);
  const schemas: [string, z.ZodType][] = [
    ['site', site(locales.all, locales.main)],
    ['languages', languageRules],
    ...collectionNames().map((name): [string, z.ZodType] => [name, rowOf(name).schema(locales)]),
  ];
  return new Map(
    schemas.map(([name, schema]) => [
      name,
      describe(makeJsonSchema(schema), explained[name] ?? {}),
    ]),
  );
}

const makeJsonSchema = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const other = replaced.get(zodSchema);
      if (other) {
        for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
        Object.assign(jsonSchema, other);
      }
      nameLanguages(jsonSchema);
    },
  });

/** Turns a map from any text into one from the languages of the campaign. */
function nameLanguages(schema: Record<string, unknown>): void {
  const locales = schema[languagesOf] as Locales | undefined;
  if (!locales) return;
  const item = schema['additionalProperties'];
  delete schema[languagesOf];
  delete schema['propertyNames'];
  Object.assign(schema, {
    properties: Object.fromEntries(locales.all.map((tag) => [tag, item])),
    required: [locales.main],
    additionalProperties: false,
  });
}

/** Puts the comments of new files where editors show them. */
function describe(schema: JsonSchema, fields: Fields): JsonSchema {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const comment = fields[name]?.comment;
    if (comment !== undefined && typeof property === 'object') property.description = comment;
  }
  return schema;
}

function explainAll({ main, all }: Locales): Readonly<Record<string, Fields>> {
  const file: NewFile = {
    title: '',
    today: '2026-01-01',
    languages: [main, ...all.filter((tag) => tag !== main)],
    namesIn: () => [],
  };
  const language = { tag: main, name: main, direction: 'ltr' } as const;
  return {
    site: explainSite({
      id: '',
      main,
      languages: [language],
      name: '',
      accent: { light: '', dark: '' },
      motto: {},
      description: {},
    }),
    guides: explainGuide(file),
    updates: explainUpdate({ ...file, id: '', date: '' }),
    ...Object.fromEntries(
      (Object.keys(recordKinds) as RecordWord[]).map((kind) => [
        recordKinds[kind].collection,
        explainRecordKind(kind, file, { date: file.today }),
      ]),
    ),
  };
}
