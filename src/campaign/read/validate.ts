import type { z } from 'astro/zod';
import { findNearest, type Fault } from './fault.ts';
import type { SourceFile } from './source-file.ts';

/**
 * Checks the fields of a file against its schema. Returns the data, typed and with defaults, or the
 * faults.
 * @param advice what else helps where a field is missing, behind the words to add it
 */
export function validate<T extends z.ZodType>(
  source: SourceFile,
  schema: T,
  advice = '',
): { data: z.output<T> } | { faults: Fault[] } {
  const result = schema.safeParse(source.data);
  if (result.success) return { data: result.data };
  const { issues } = result.error;
  const misspelt = new Set(issues.flatMap((issue) => listMisspelt(issue, schema)));
  // a field under a wrong name is one fault, not two
  const causes = issues.filter(({ path, code }, index) => {
    const [name] = path;
    // what is empty is too short, and has no letters: one fault
    const isSecond = issues.findIndex((other) => isSamePath(other.path, path)) < index;
    if (isSecond && valueAt(source.data, path) === '') return false;
    const isMissing = valueAt(source.data, path) === undefined && code !== 'unrecognized_keys';
    return !(isMissing && path.length === 1 && misspelt.has(String(name)));
  });
  return { faults: causes.flatMap((issue) => describeIssue(source, issue, schema, advice)) };
}

const isSamePath = (a: readonly PropertyKey[], b: readonly PropertyKey[]): boolean =>
  a.length === b.length && a.every((name, index) => name === b[index]);

/** The names of all fields of a whole file. */
const namesOf = (issue: z.core.$ZodIssue, schema: z.ZodType): string[] =>
  'shape' in schema && issue.path.length === 0 ? Object.keys(schema.shape as object) : [];

/** The fields that were meant by those that nothing reads. */
const listMisspelt = (issue: z.core.$ZodIssue, schema: z.ZodType): string[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.flatMap((key) => findNearest(key, namesOf(issue, schema)) ?? [])
    : [];

function describeIssue(
  source: SourceFile,
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  advice: string,
): Fault[] {
  const value = valueAt(source.data, issue.path);
  const name = issue.path.join('.');
  const place = {
    file: source.file,
    line: source.lineOf(issue.path),
    where: name === '' ? 'the whole file' : `field "${name}"`,
  };
  const add = `add the field "${name}"${advice}`;
  const found = value === undefined ? 'nothing' : shorten(JSON.stringify(value));

  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = namesOf(issue, schema);
      return issue.keys.map((key) => {
        const near = findNearest(key, known);
        return {
          ...place,
          line: source.lineOf([...issue.path, key]),
          where: `field "${[...issue.path, key].join('.')}"`,
          found: 'a field that nothing reads',
          expected:
            known.length > 0
              ? `one of ${known.join(', ')}`
              : 'only the fields that the other files of this folder have',
          fix: near ? `did you mean "${near}"?` : 'take the field out, or fix its name',
        };
      });
    }
    case 'invalid_value': {
      const near =
        typeof value === 'string' ? findNearest(value, issue.values.map(String)) : undefined;
      return [
        {
          ...place,
          found,
          expected: `one of ${issue.values.join(', ')}`,
          fix: near ? `did you mean "${near}"?` : 'write one of these',
        },
      ];
    }
    case 'invalid_key':
      return [
        {
          ...place,
          found: `the name "${String(issue.path.at(-1))}"`,
          expected: issue.issues[0]?.message ?? 'another name',
          fix: 'fix the name',
        },
      ];
    case 'invalid_type':
      return [
        {
          ...place,
          found,
          expected: `a ${nameType(issue.expected)}`,
          fix:
            value === undefined
              ? add
              : typeof value === 'number' && issue.expected === 'string'
                ? `put it in quotes: "${value}"`
                : `write a ${nameType(issue.expected)}`,
        },
      ];
    case 'invalid_union':
      return [
        {
          ...place,
          found,
          expected: 'a text, or a map of texts by language',
          fix: value === undefined ? add : 'write one of the two',
        },
      ];
    default:
      return [
        {
          ...place,
          found:
            typeof value === 'string' && issue.code === 'too_small'
              ? `${found}, ${value.length} characters`
              : found,
          expected: issue.message,
          fix: paramOf(issue, 'fix') ?? (value === undefined ? add : remedy(issue.message)),
          unknownLanguage: paramOf(issue, 'unknownLanguage'),
        },
      ];
  }
}

/** What a schema says by itself of an issue: how to fix a value, which language is unknown. */
function paramOf(issue: z.core.$ZodIssue, name: string): string | undefined {
  const param: unknown = issue.code === 'custom' ? issue.params?.[name] : undefined;
  return typeof param === 'string' ? param : undefined;
}

/** What to do about a value, where the expectation alone does not say it. */
function remedy(expected: string): string {
  if (expected.includes('YYYY'))
    return 'write year, month and day with hyphens, such as 2027-03-15, and only a day that exists';
  if (expected.startsWith('at least')) return 'write a longer one';
  if (expected.startsWith('at most')) return 'write a shorter one';
  if (expected.startsWith('a text in the main language')) return 'add the line';
  return 'fix the value';
}

const typeNames: Record<string, string> = {
  string: 'text',
  int: 'whole number',
  record: 'map of texts by language ("en: …")',
  array: 'list',
  object: 'group of fields',
  boolean: 'value true or false',
};
const nameType = (type: string) => typeNames[type] ?? type;

const shorten = (text: string) => (text.length > 80 ? `${text.slice(0, 77)}…` : text);

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
